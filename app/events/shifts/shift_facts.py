"""What the rules of shifts lean on, read in two statements however many people come together.

The first of them locks the people: whoever asks about one of them for another shift waits, and then sees this one.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, func, or_, select, true

from app.core.clock import end_of_day, local_day, start_of_day
from app.core.db import db, table_of
from app.events.models import PLACED, Event, PersonSkill, Registration, SignUpRules, Skill, Slot, SlotForm
from app.events.rules import Rules, read_rules
from app.people.models import Person


class Shift(NamedTuple):
    """What counts of a shift; ``skill`` is the name of the one it needs, "" for none."""

    starts_at: datetime
    ends_at: datetime
    place: str
    skill_id: int | None
    skill: str
    lacks_insurance: bool
    rules: Rules


class Stay(NamedTuple):
    """Where somebody is expected otherwise."""

    starts_at: datetime
    ends_at: datetime
    place: str
    form: SlotForm
    title: str


class Volunteer(NamedTuple):
    """What counts of somebody who would take a shift."""

    born_on: date
    has_skill: bool
    stays: Sequence[Stay] = ()
    person_id: int | None = None


def read_shift(slot_id: int, person_ids: Sequence[int]) -> Shift | None:
    """Return what counts of a shift, or None if the slot is none; until the transaction ends, nobody else reads the
    other places of the people who would take it: two shifts at the same time cannot both find one of them free."""
    db.session.flush()  # a newcomer was entered a moment ago
    found = db.session.connection().execute(_SHIFT, {"slot_id": slot_id, "persons": list(person_ids)}).first()
    if found is None:
        return None
    return Shift(
        found.starts_at,
        found.ends_at,
        found.place,
        found.skill_id,
        found.skill or "",
        found.is_risky and found.insured_for != found.starts_at,
        read_rules(found),
    )


def read_volunteers(slot_id: int, shift: Shift, person_ids: Sequence[int]) -> list[Volunteer]:
    """Return what counts of some people: of their other places, those near enough to matter."""
    way = timedelta(minutes=shift.rules.travel_minutes)
    asked = {
        "slot_id": slot_id,
        "skill_id": shift.skill_id,
        "on": local_day(shift.starts_at),
        "persons": list(person_ids),
        "since": min(start_of_day(local_day(shift.starts_at)), shift.starts_at - way),
        "until": max(end_of_day(local_day(shift.ends_at)), shift.ends_at + way),
    }
    found = db.session.connection().execute(_VOLUNTEERS, asked).all()
    return [_volunteer(list(rows)) for _person_id, rows in groupby(found, key=lambda row: row.id)]


def _volunteer(rows: list[Any]) -> Volunteer:
    stays = [Stay(row.starts_at, row.ends_at, row.place, row.form, row.title) for row in rows if row.starts_at]
    return Volunteer(rows[0].born_on, bool(rows[0].has_skill), stays, rows[0].id)


_SLOT, _EVENT, _SKILL, _RULES = (table_of(model) for model in (Slot, Event, Skill, SignUpRules))
_PERSON, _PLACE, _OWN = (table_of(model) for model in (Person, Registration, PersonSkill))
_WHERE = func.coalesce(func.nullif(_SLOT.c.place, ""), _EVENT.c.place).label("place")
_SHIFT = (  # built once, of plain columns: part of every sign-up
    select(
        *(_SLOT.c[name] for name in ("starts_at", "ends_at", "is_risky", "insured_for", "skill_id")),
        _WHERE,
        _SKILL.c.name.label("skill"),
        *(column for column in _RULES.c if column.name in Rules.__dataclass_fields__),
    )
    .join_from(_SLOT, _EVENT, _EVENT.c.id == _SLOT.c.event_id)
    .join(_PERSON, true())
    .outerjoin(_SKILL, _SKILL.c.id == _SLOT.c.skill_id)
    .outerjoin(_RULES, _RULES.c.organisation_id == _EVENT.c.host_id)
    .where(_SLOT.c.id == bindparam("slot_id"), _SLOT.c.form == SlotForm.SHIFT)
    .where(_PERSON.c.id.in_(bindparam("persons", expanding=True)))
    .order_by(_PERSON.c.id)
    .with_for_update(key_share=True, of=_PERSON)
)
_HAS_SKILL = exists().where(
    _OWN.c.person_id == _PERSON.c.id,
    _OWN.c.skill_id == bindparam("skill_id"),
    _OWN.c.ended_at.is_(None),
    or_(_OWN.c.expires_on.is_(None), _OWN.c.expires_on >= bindparam("on")),
)
_ELSEWHERE = (
    select(
        _PLACE.c.person_id,
        _SLOT.c.starts_at,
        _SLOT.c.ends_at,
        _SLOT.c.form,
        _WHERE,
        (_EVENT.c.title + " · " + _SLOT.c.title).label("title"),
    )
    .join_from(_PLACE, _SLOT, _SLOT.c.id == _PLACE.c.slot_id)
    .join(_EVENT, _EVENT.c.id == _SLOT.c.event_id)
    .where(
        _PLACE.c.person_id.in_(bindparam("persons", expanding=True)),
        _PLACE.c.state.in_(PLACED),
        _PLACE.c.slot_id != bindparam("slot_id"),
        _EVENT.c.cancelled_at.is_(None),
        _SLOT.c.ends_at > bindparam("since"),
        _SLOT.c.starts_at < bindparam("until"),
    )
    .subquery()
)
_VOLUNTEERS = (
    select(
        _PERSON.c.id,
        _PERSON.c.born_on,
        _HAS_SKILL.label("has_skill"),
        *(_ELSEWHERE.c[name] for name in ("starts_at", "ends_at", "place", "form", "title")),
    )
    .outerjoin_from(_PERSON, _ELSEWHERE, _ELSEWHERE.c.person_id == _PERSON.c.id)
    .where(_PERSON.c.id.in_(bindparam("persons", expanding=True)))
    .order_by(_PERSON.c.id, _ELSEWHERE.c.starts_at)
)
