"""Who did not come without a word, and what follows from it: mild, visible, and put right by staff.

Whoever missed so many events of a unit within so many days (`app.events.rules`) signs up for this unit's events some
hours later than the others. ``Person.opens_later_until`` says until when that may hold anywhere, so that sign-up reads
one column; `why_later` says what holds for one unit.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update

from app.core.changes import note_change
from app.core.db import db
from app.core.filters import moment
from app.events.leave.absence_problems import NothingToForgive, OpensLater
from app.events.models import Absence, AbsenceKind, Event, Registration, RegistrationState, Slot
from app.events.rules import Rules, rules_of
from app.events.rules import change_rules as change_unit_rules
from app.people.models import Person

BATCH = 500  # people in one transaction
_COUNTS = (Absence.kind == AbsenceKind.UNEXCUSED, Absence.forgiven_at.is_(None))
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def why_later(person_id: int, slot_id: int, *, at: datetime) -> OpensLater | None:
    """Return why somebody cannot sign up yet for a slot that is open to others, None if nothing was missed.

    To be asked only while ``Person.opens_later_until`` lies ahead.
    """
    slot = db.session.get_one(Slot, slot_id)
    rules = rules_of(slot.event.host_id)
    opens = slot.opens_at + rules.later_hours * _HOUR
    if not rules.missed_until_later or at >= opens:
        return None
    since = at - rules.missed_within_days * _DAY
    theirs = (Absence.person_id == person_id, Absence.host_id == slot.event.host_id, Absence.missed_at > since)
    missed = db.session.scalar(select(func.count()).select_from(Absence).where(*theirs, *_COUNTS)) or 0
    return OpensLater(opens=moment(opens), missed=missed) if missed >= rules.missed_until_later else None


def note_no_shows(missing: Select[int, int, int, datetime], *, at: datetime) -> int:
    """Write down that people did not come without a word: a batch of ``missing``, which yields registration, person,
    host and beginning. Returns how many; 0 at the end. The system itself does it, so that nobody singles anybody out.
    """
    rows = db.session.execute(missing.limit(BATCH)).all()
    if rows:
        db.session.execute(insert(Absence), [_unexcused(row, at) for row in rows])
        recount({row.person_id for row in rows}, at=at)
    return len(rows)


def forget(registration_ids: Collection[int], *, at: datetime) -> None:
    """Take back that people did not come: they were there after all."""
    theirs = (Absence.registration_id.in_(registration_ids), Absence.kind == AbsenceKind.UNEXCUSED)
    person_ids = set(db.session.scalars(select(Absence.person_id).where(*theirs)))
    if person_ids:
        db.session.execute(delete(Absence).where(*theirs))
        recount(person_ids, at=at)


def plead(registration_id: int, reason: str, *, at: datetime) -> Absence:
    """Tell the host afterwards why somebody did not come; said again, the last words count."""
    absence = _unexcused_of(registration_id)
    absence.reason, absence.pleaded_at = reason, at
    return absence


def forgive(registration_id: int, why: str, *, by: int, at: datetime) -> Absence:
    """Let an absence count no more; a second time changes nothing. Raises `NothingToForgive`."""
    absence = _unexcused_of(registration_id)
    if absence.forgiven_at is None:
        absence.forgiven_at, absence.forgiven_by_id, absence.forgiven_why = at, by, why
        note_change("registration", registration_id, "forgiven", by=by, at=at, why=why)
        db.session.flush()
        recount([absence.person_id], at=at)
    return absence


def recount(person_ids: Collection[int], *, at: datetime) -> None:
    """Make ``opens_later_until`` of people what their absences and the units' rules say."""
    counting = select(Absence.person_id, Absence.host_id, Absence.missed_at).where(
        Absence.person_id.in_(person_ids), *_COUNTS
    )
    rows = db.session.execute(counting.order_by(Absence.person_id, Absence.host_id, Absence.missed_at.desc())).all()
    rules = {host_id: rules_of(host_id) for host_id in {row.host_id for row in rows}}
    until: dict[int, datetime | None] = dict.fromkeys(person_ids)
    for (person_id, host_id), of_both in groupby(rows, key=lambda row: (row.person_id, row.host_id)):
        ends = holds_until([row.missed_at for row in of_both], rules[host_id])
        if ends and ends > at:
            until[person_id] = max(ends, until[person_id] or ends)
    db.session.execute(update(Person), [{"id": one, "opens_later_until": ends} for one, ends in until.items()])


def recount_unit(host_id: int, *, at: datetime) -> None:
    """Do so for everybody who missed something of a unit, whose rules are other ones now."""
    theirs = select(Absence.person_id).where(Absence.host_id == host_id, *_COUNTS).distinct()
    person_ids = list(db.session.scalars(theirs))
    if person_ids:
        recount(person_ids, at=at)


def change_rules(host_id: int, rules: Rules, *, by: int, at: datetime) -> None:
    """Let other rules of a unit hold, for what was missed before, too."""
    change_unit_rules(host_id, rules, by=by, at=at)
    recount_unit(host_id, at=at)


def holds_until(missed_at: list[datetime], rules: Rules) -> datetime | None:
    """Return until when the consequence holds after events that began then, the latest first; None for not at all."""
    needed = rules.missed_until_later
    if not needed or len(missed_at) < needed:
        return None
    return missed_at[needed - 1] + rules.missed_within_days * _DAY


def missed_in(slot: Slot) -> Select[int, int, int, datetime]:
    """Return whom a slot expected who have no absence on record: confirmed in time, fourteen on the day or older.

    Never under 14 (DOMAIN 10), never who was entered after it began, and never a place that was held or cancelled.
    """
    known = select(Absence.id).where(Absence.registration_id == Registration.id).exists()
    return (
        select(Registration.id, Registration.person_id, Event.host_id, Slot.starts_at)
        .join(Registration.slot)
        .join(Slot.event)
        .where(Registration.slot_id == slot.id, Registration.state == RegistrationState.CONFIRMED, ~known)
        .where(Registration.registered_at < Slot.starts_at)
        .order_by(Registration.id)
    )


def _unexcused(row: Row[int, int, int, datetime], at: datetime) -> dict[str, Any]:
    return {
        "registration_id": row.id,
        "person_id": row.person_id,
        "host_id": row.host_id,
        "missed_at": row.starts_at,
        "kind": AbsenceKind.UNEXCUSED,
        "at": at,
    }


def _unexcused_of(registration_id: int) -> Absence:
    theirs = select(Absence).where(Absence.registration_id == registration_id).with_for_update()
    absence = db.session.scalar(theirs)
    if absence is None or absence.kind is not AbsenceKind.UNEXCUSED:
        raise NothingToForgive
    return absence
