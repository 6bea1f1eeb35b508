"""What happens at the door: devices, scans, corrections."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from app.checkin import no_shows
from app.checkin.guests import Guest, lock_guests, on_record
from app.checkin.models import Attendance, Correction, CorrectionKind, Device, Source, Verdict
from app.checkin.problems import EventOver, NotTakingPlace, NotThisDay
from app.checkin.taking_in import Door, Reporter, Seen, settle
from app.checkin.telling import tell_correction
from app.core.clock import local_day
from app.core.codes import fingerprint
from app.core.db import db
from app.core.filters import day
from app.events.models import PLACED, Event, Registration
from app.events.problems import EventCancelled

_DAY = timedelta(days=1)
_NAMELESS = frozenset({Verdict.UNKNOWN, Verdict.OTHER_EVENT})


@dataclass(frozen=True)
class Gate:
    """A device as it reports: which, at the door of which event, since when."""

    device_id: int
    event_id: int
    opened_at: datetime


@dataclass(frozen=True)
class Judged:
    """The answer to one scan; without a guest where the person is none of the door's business."""

    key: UUID
    verdict: Verdict
    guest: Guest | None
    arrived_at: datetime | None


def open_device(event_id: int, *, by: int, at: datetime) -> tuple[Device, str]:
    """Open a phone as a device at the door of one event; returns it and its token, which is shown only now."""
    event = db.session.get_one(Event, event_id)
    if not event.starts_at - _DAY <= at <= event.ends_at + _DAY:
        raise EventOver
    token = secrets.token_urlsafe(32)
    device = Device(
        event_id=event_id,
        token_hash=fingerprint(token),
        opened_by_id=by,
        opened_at=at,
        expires_at=event.ends_at + _DAY,
    )
    db.session.add(device)
    db.session.flush()
    return device, token


def close_device(device_id: int, *, at: datetime) -> Device:
    """Close a phone that was lost or given away; its token is worth nothing from now on."""
    device = db.session.get_one(Device, device_id)
    device.revoked_at = device.revoked_at or at
    return device


def report_scans(gate: Gate, batch: Sequence[Seen], *, at: datetime, is_last: bool = False) -> list[Judged]:
    """Take a batch of scans in from a device; return the answers, in the same order.

    A key that the device reported before gets its first answer again. Times before the device was opened or in the
    future are moved to the nearest possible one: the clock of a phone may say anything. With ``is_last`` nothing else
    follows in the transaction, and what is written travels with the commit.
    """
    door = Door(Reporter(gate.event_id, gate.device_id), batch)
    new = {seen.key: _possible(seen, gate.opened_at, at) for seen in reversed(batch) if seen.key not in door.reported}
    arrivals = settle(door.guests.values(), door.records, door.judge(new.values(), at=at), is_last=is_last)
    _take_no_shows_back(door.guests.values(), arrivals, at)
    return [_answer(door, seen, arrivals) for seen in batch]


def check_in(registration_id: int, *, by: int, at: datetime) -> Judged:
    """Check a person in by hand, as staff; written down as a scan of theirs. Twice is as good as once."""
    event_id = db.session.get_one(Registration, registration_id).slot.event_id
    seen = Seen(uuid4(), None, registration_id, at, Source.STAFF)
    door = Door(Reporter(event_id, user_id=by), [seen])
    arrivals = settle(door.guests.values(), door.records, door.judge([seen], at=at))
    _take_no_shows_back(door.guests.values(), arrivals, at)
    return _answer(door, seen, arrivals)


def correct(
    registration_id: int, arrived_at: datetime | None, reason: str, *, by: int, at: datetime
) -> datetime | None:
    """Put right since when somebody was there (None: was not); returns the arrival that follows from it.

    Raises `NotThisDay` for an arrival before the day of the slot, `EventCancelled` for one at what was called off, and
    `NotTakingPlace` where the place was given back.
    """
    guests = lock_guests([], [registration_id])
    guest, was = guests[registration_id], _arrival(registration_id)
    if arrived_at and local_day(arrived_at) < local_day(guest.starts_at):
        raise NotThisDay(day=day(guest.starts_at))
    if arrived_at and guest.cancelled_at:
        raise EventCancelled
    if arrived_at and guest.state not in PLACED:
        raise NotTakingPlace
    db.session.add(
        Correction(
            registration_id=registration_id,
            kind=CorrectionKind.PRESENT if arrived_at else CorrectionKind.ABSENT,
            arrived_at=arrived_at,
            reason=reason,
            made_at=at,
            made_by_id=by,
        )
    )
    db.session.flush()
    arrivals = settle(guests.values(), on_record(guests))
    _take_no_shows_back(guests.values(), arrivals, at)
    arrival = arrivals.get(registration_id)
    tell_correction(registration_id, arrival, was, reason, at=at)
    return arrival


def _take_no_shows_back(guests: Iterable[Guest], arrivals: Mapping[int, datetime], at: datetime) -> None:
    """On a later day somebody may have been written down as missing; on the day itself nobody was: nothing is asked."""
    late = [guest.id for guest in guests if guest.id in arrivals and local_day(guest.ends_at) < local_day(at)]
    if late:
        no_shows.take_back(late, at=at)


def _arrival(registration_id: int) -> datetime | None:
    return db.session.scalar(select(Attendance.arrived_at).where(Attendance.registration_id == registration_id))


def _possible(seen: Seen, opened_at: datetime, at: datetime) -> Seen:
    return replace(seen, happened_at=min(max(seen.happened_at, opened_at), at))


def _answer(door: Door, seen: Seen, arrivals: dict[int, datetime]) -> Judged:
    verdict, guest = door.reported[seen.key].verdict, door.meant(seen)
    if guest is None or verdict in _NAMELESS:
        return Judged(seen.key, verdict, None, None)
    return Judged(seen.key, verdict, guest, arrivals.get(guest.id))
