"""One person who signed up twice for the same thing: one place stays, and both codes lead to it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from app.care.merging.problems import BothCame
from app.care.merging.rules import Merging
from app.checkin.models import Attendance
from app.core.changes import note_change
from app.core.codes import new_code
from app.core.db import db
from app.events.models import (
    OPEN,
    PLACED,
    Absence,
    AbsenceKind,
    FormerCode,
    Registration,
    RegistrationState,
    Slot,
)
from app.events.registration import admission, places
from app.people.consents.scopes import PROGRAMME
from app.people.models import Person

_BEST_FIRST = OPEN  # confirmed, held, offered, waiting, applied


@dataclass(frozen=True)
class Double:
    """Two registrations of one person in one slot."""

    stays: Registration
    goes: Registration


def lock_places(people: Collection[int]) -> None:
    """Lock the slots in which these people have open registrations, then all their registrations, by id."""
    theirs = select(Registration).where(Registration.person_id.in_(people)).order_by(Registration.id)
    is_open = Registration.state.in_(OPEN)
    slot_ids = set(db.session.scalars(theirs.where(is_open).with_only_columns(Registration.slot_id)))
    leads = set(db.session.scalars(select(Slot.leads_id).where(Slot.id.in_(slot_ids), Slot.leads_id.is_not(None))))
    places.lock_slots(slot_ids | {one for one in leads if one is not None})
    db.session.scalars(theirs.with_for_update().execution_options(populate_existing=True)).all()


def doubles_of(people: Sequence[int]) -> list[Double]:
    """Return where two people have open registrations in the same slot, leading dates first.

    The first of ``people`` is the one that is kept. Raises `BothCame`.
    """
    found = db.session.scalars(
        select(Registration)
        .join(Registration.slot)
        .where(Registration.person_id.in_(people), Registration.state.in_(OPEN))
        .options(joinedload(Registration.slot))
        .order_by(Slot.starts_at, Slot.id)
    ).all()
    by_slot: dict[int, list[Registration]] = {}
    for one in found:
        by_slot.setdefault(one.slot_id, []).append(one)
    pairs = [two for two in by_slot.values() if len(two) == 2]
    came = _who_came([one for two in pairs for one in two])
    stays_in: dict[int, int] = {}
    return [_double(two, people, came, stays_in) for two in sorted(pairs, key=lambda two: bool(two[0].slot.follows))]


def end_doubles(merging: Merging) -> None:
    """Let one of each two registrations go, and its code lead to the one that stays."""
    for double in doubles_of([merging.kept_id, merging.other_id]):
        slot, goes = double.goes.slot, double.goes
        db.session.refresh(goes)
        if goes.is_open:  # of a series, the leading date has ended it by now
            places.end(slot, [goes], RegistrationState.CANCELLED, by=merging.by, at=merging.at)
            admission.give_invitations_back([goes])
            places.serve(slot, at=merging.at)
        _lead_on(goes, double.stays)
        note_change("registration", goes.id, "was_double", by=merging.by, at=merging.at)
    db.session.flush()


def move_places(merging: Merging) -> None:
    """Let what is left be the kept record's."""
    theirs = Registration.person_id == merging.other_id
    db.session.execute(update(Registration).where(theirs).values(person_id=merging.kept_id))


def weigh_places(merging: Merging) -> None:
    """Say anew what held places to come are worth, and those that a programme's consent covers: a guardian may have
    agreed for the other record, or said no to the event."""
    waits, by_programme = Registration.state == RegistrationState.HELD, Registration.consent_scope.startswith(PROGRAMME)
    theirs = (Registration.person_id == merging.kept_id, Registration.state.in_(PLACED), waits | by_programme)
    ahead = select(Registration).join(Registration.slot).where(*theirs, Slot.starts_at > merging.at)
    for one in db.session.scalars(ahead.execution_options(populate_existing=True)).all():
        places.weigh(one.slot, [one], at=merging.at)


def _double(
    two: Iterable[Registration], people: Sequence[int], came: Collection[int], stays_in: dict[int, int]
) -> Double:
    first, second = sorted(two, key=lambda one: people.index(one.person_id))
    if {first.id, second.id} <= set(came):
        raise BothCame(slot=first.slot.title)
    stays, goes = sorted((first, second), key=lambda one: _rank(one, came, stays_in))
    stays_in[stays.slot_id] = stays.person_id
    return Double(stays, goes)


def _rank(one: Registration, came: Collection[int], stays_in: Mapping[int, int]) -> tuple[bool, bool, int]:
    """Return what decides: who was there, then the record that stays in the leading date, then who has the better
    place; of two alike the kept record's."""
    in_lead = stays_in.get(one.slot.leads_id or 0, one.person_id)
    return one.id not in came, in_lead != one.person_id, _BEST_FIRST.index(one.state)


def _who_came(registrations: Iterable[Registration]) -> set[int]:
    ids = [one.id for one in registrations]
    return set(db.session.scalars(select(Attendance.registration_id).where(Attendance.registration_id.in_(ids))))


def _lead_on(goes: Registration, stays: Registration) -> None:
    code, goes.code = goes.code, new_code()
    db.session.flush()
    former = FormerCode.registration_id == goes.id
    db.session.execute(update(FormerCode).where(former).values(registration_id=stays.id))
    db.session.add(FormerCode(code=code, registration_id=stays.id))


def forgive_doubles(doubles: Iterable[Double], merging: Merging, why: str) -> None:
    """Let nobody answer twice for the same hour: what the record that goes missed counts no more."""
    ids = [one.goes.id for one in doubles]
    missed = (Absence.registration_id.in_(ids), Absence.kind == AbsenceKind.UNEXCUSED, Absence.forgiven_at.is_(None))
    values = {"forgiven_at": merging.at, "forgiven_by_id": merging.by, "forgiven_why": why}
    db.session.execute(update(Absence).where(*missed).values(values))


def is_somebody(person: Person) -> bool:
    """Return whether a record is of somebody, not merged into another one and not erased."""
    return person.merged_into_id is None and bool(person.name)
