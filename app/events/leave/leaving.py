"""Asking for leave (请假): who cannot come says why, before it begins."""

from datetime import datetime

from sqlalchemy import delete, select

from app.core.db import db
from app.events.dates.series_problems import OneDateOfSeries
from app.events.models import Absence, AbsenceKind, Registration, RegistrationState, Slot
from app.events.problems import TooLateToCancel
from app.events.registration import admission, places
from app.events.registration.locking import lock_place


def leave(registration_id: int, reason: str, *, by: int, at: datetime) -> Registration:
    """Give a place back with a reason, until the start; a second time changes nothing.

    After the moment until which leaving is free it is written down as an excused absence. The line is served. Of a
    leading date that means leaving the series. Raises `OneDateOfSeries` for the others, `TooLateToCancel`.
    """
    registration, slot = _locked(registration_id, at)
    if slot.follows:
        raise OneDateOfSeries
    if registration.is_active:
        admission.check_who_stays(slot, [registration], at=at)
        if at >= slot.leave_free_until:
            _excuse(registration, slot, reason, by=by, at=at)
        places.end(slot, [registration], RegistrationState.CANCELLED, by=by, at=at, reason=reason)
        admission.give_invitations_back([registration])
        places.serve(slot, at=at)
    return registration


def leave_date(registration_id: int, reason: str, *, by: int, at: datetime) -> Registration:
    """Ask for leave for one date of a series: the place in the series stays. Asked again, the last reason counts."""
    registration, slot = _locked(registration_id, at)
    if slot.leads_id is not None and registration.is_active:
        _excuse(registration, slot, reason, by=by, at=at)
    return registration


def come_after_all(registration_id: int, *, at: datetime) -> Registration:
    """Take the leave for one date of a series back, until it begins."""
    registration, _slot = _locked(registration_id, at)
    theirs = (Absence.registration_id == registration_id, Absence.kind == AbsenceKind.EXCUSED)
    if registration.is_active:
        db.session.execute(delete(Absence).where(*theirs))
    return registration


def absence_of(registration_id: int) -> Absence | None:
    """Return what is on record about a place that was not used."""
    return db.session.scalar(select(Absence).where(Absence.registration_id == registration_id))


def _locked(registration_id: int, at: datetime) -> tuple[Registration, Slot]:
    slot, registration = lock_place(registration_id)
    if at >= slot.starts_at and registration.is_active:
        raise TooLateToCancel
    return registration, slot


def _excuse(registration: Registration, slot: Slot, reason: str, *, by: int, at: datetime) -> None:
    absence = absence_of(registration.id) or Absence(registration_id=registration.id, kind=AbsenceKind.EXCUSED)
    absence.person_id, absence.host_id = registration.person_id, slot.event.host_id
    absence.missed_at, absence.reason, absence.at, absence.by_id = slot.starts_at, reason, at, by
    db.session.add(absence)
    db.session.flush()
