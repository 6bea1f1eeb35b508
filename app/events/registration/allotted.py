"""Whose pupils may have places that were set aside for their school."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.core.db import db
from app.events.models import Allotment, AllottedSchool, Registration, RegistrationState, Slot
from app.people.ages import ADULT_FROM, CHILD_UNTIL, birthday
from app.people.models import Enrolment

Allotments = Mapping[int | None, Allotment]  # by the number in line of those who may have of it


def of(slot: Slot, members: Sequence[Registration]) -> Allotment | None:
    """Return the allotment that a party may take its places from, or None: see `_shared`."""
    if not slot.reserved:  # nothing is set aside any more: one statement less in the crowd
        return None
    return _shared(members, _of_people(slot, [one.person_id for one in members]))


def of_line(slot: Slot) -> Allotments:
    """Return the same for whoever stands in line for a slot."""
    if not slot.reserved:
        return {}
    waiting = select(Registration).where(
        Registration.slot_id == slot.id, Registration.state == RegistrationState.WAITING
    )
    lines: dict[int | None, list[Registration]] = {}
    for one in db.session.scalars(waiting):
        lines.setdefault(one.line, []).append(one)
    known = _of_people(slot, [one.person_id for members in lines.values() for one in members])
    shared = {line: _shared(members, known) for line, members in lines.items()}
    return {line: pool for line, pool in shared.items() if pool}


def _shared(members: Sequence[Registration], known: Mapping[int, Allotment]) -> Allotment | None:
    """Return the allotment that all of a party belong to; grown-ups may come along with the pupils."""
    pools = {known.get(one.person_id) for one in members if one.person_id in known or not _is_grown_up(one)}
    return pools.pop() if len(pools) == 1 else None


def _is_grown_up(one: Registration) -> bool:
    return birthday(one.fourteen_on, ADULT_FROM - CHILD_UNTIL) <= one.registered_on


def _of_people(slot: Slot, person_ids: Sequence[int]) -> dict[int, Allotment]:
    """Return the unreleased allotments of people whom their school knows."""
    found = (
        select(Enrolment.person_id, Allotment)
        .join(AllottedSchool, AllottedSchool.school_id == Enrolment.school_id)
        .join(Allotment, Allotment.id == AllottedSchool.allotment_id)
        .where(
            Allotment.slot_id == slot.id,
            Allotment.released_at.is_(None),
            Enrolment.person_id.in_(person_ids),
            Enrolment.ended_at.is_(None),
            Enrolment.confirmed_at.is_not(None),
        )
    )
    return {row.person_id: row.Allotment for row in db.session.execute(found)}
