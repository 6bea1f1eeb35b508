"""The skills of a unit's list: who has them, by whose word, and where to get them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import joinedload

from app.core.changes import Vocabulary, note_change, note_edit
from app.core.db import db, table_of
from app.events.models import Event, PersonSkill, Skill, Slot
from app.events.shifts.shift_problems import SkillInUse, SkillKnown

RECORD = "skill"
VOCABULARY = Vocabulary(
    happened={
        "made": _l("Put on the list"),
        "confirmed": _l("Confirmed for %(people)s people"),
        "ended": _l("Taken back from one person"),
        "retired": _l("Off the list now"),
        "restored": _l("Put back on the list"),
    },
    fields={"name": _l("Name of the skill or training"), "meaning": _l("What it is")},
)


def add_skill(organisation_id: int, name: str, meaning: str, *, by: int, at: datetime) -> Skill:
    """Put a skill on a unit's list. Raises `SkillKnown`."""
    _refuse_known(organisation_id, name)
    skill = Skill(organisation_id=organisation_id, name=name, meaning=meaning, made_at=at, made_by_id=by)
    db.session.add(skill)
    db.session.flush()
    note_change(RECORD, skill.id, "made", by=by, at=at)
    return skill


def edit_skill(skill_id: int, name: str, meaning: str, *, by: int, at: datetime) -> Skill:
    """Call it something else or say better what it is. Raises `SkillKnown`."""
    skill = _locked(skill_id)
    if name != skill.name and skill.retired_at is None:
        _refuse_known(skill.organisation_id, name)
    before = {"name": skill.name, "meaning": skill.meaning}
    skill.name, skill.meaning = name, meaning
    note_edit(RECORD, skill_id, before, {"name": name, "meaning": meaning}, by=by, at=at)
    return skill


def retire_skill(skill_id: int, *, by: int, at: datetime) -> Skill:
    """Take a skill off the list; who has it keeps it. A second time changes nothing. Raises `SkillInUse`."""
    skill = _locked(skill_id)
    if skill.retired_at is None:
        to_come = select(Slot.id).where(or_(Slot.skill_id == skill_id, Slot.teaches_skill_id == skill_id))
        if db.session.scalar(to_come.where(Slot.ends_at > at).limit(1)):
            raise SkillInUse
        skill.retired_at = at
        note_change(RECORD, skill_id, "retired", by=by, at=at)
    return skill


def restore_skill(skill_id: int, *, by: int, at: datetime) -> Skill:
    """Put it back; a second time changes nothing. Raises `SkillKnown` when another took its name meanwhile."""
    skill = _locked(skill_id)
    if skill.retired_at is not None:
        _refuse_known(skill.organisation_id, skill.name)
        skill.retired_at = None
        note_change(RECORD, skill_id, "restored", by=by, at=at)
    return skill


def confirm_skill(
    skill_id: int, person_ids: Sequence[int], expires_on: date | None, *, by: int, at: datetime
) -> list[int]:
    """Say that people have a skill, and return for whom that is new; who had it has it until the new day."""
    _locked(skill_id)
    found = db.session.scalars(_current(skill_id).where(PersonSkill.person_id.in_(person_ids)).with_for_update())
    known = {one.person_id: one for one in found}
    for one in known.values():
        one.expires_on = expires_on
    new = sorted({*person_ids} - known.keys())
    values = {"skill_id": skill_id, "confirmed_at": at, "confirmed_by_id": by, "expires_on": expires_on}
    db.session.add_all(PersonSkill(person_id=person_id, **values) for person_id in new)
    db.session.flush()
    if new:
        note_change(RECORD, skill_id, "confirmed", by=by, at=at, people=len(new))
    return new


def end_skill(person_skill_id: int, *, by: int, at: datetime) -> PersonSkill:
    """Take a confirmation back; places that leaned on it stay. A second time changes nothing."""
    held = db.session.get_one(PersonSkill, person_skill_id, with_for_update={"key_share": True})
    if held.ended_at is None:
        held.ended_at, held.ended_by_id = at, by
        note_change(RECORD, held.skill_id, "ended", by=by, at=at)
    return held


def skills_on_list(organisation_id: int) -> list[Skill]:
    """Return a unit's skills, the retired ones last."""
    own = select(Skill).where(Skill.organisation_id == organisation_id)
    return list(db.session.scalars(own.order_by(Skill.retired_at.is_not(None), Skill.name, Skill.id)))


def skills_to_choose(organisation_ids: Iterable[int]) -> list[Skill]:
    """Return the skills on some units' lists that a shift may need or teach."""
    own = Skill.organisation_id.in_(list(organisation_ids)), Skill.retired_at.is_(None)
    return list(db.session.scalars(select(Skill).where(*own).order_by(Skill.name, Skill.id)))


def skills_of(person_id: int, organisation_ids: Sequence[int]) -> list[PersonSkill]:
    """Return what some units have confirmed of a person and not taken back, expired ones too."""
    theirs = PersonSkill.person_id == person_id, PersonSkill.ended_at.is_(None)
    found = select(PersonSkill).join(PersonSkill.skill).where(*theirs, Skill.organisation_id.in_(organisation_ids))
    return list(db.session.scalars(found.options(joinedload(PersonSkill.skill)).order_by(Skill.name, PersonSkill.id)))


def holders(skill_id: int, after_id: int, most: int) -> list[PersonSkill]:
    """Return who has a skill, in the order of confirmation, from the one after ``after_id``."""
    found = _current(skill_id).where(PersonSkill.id > after_id).options(joinedload(PersonSkill.person))
    return list(db.session.scalars(found.order_by(PersonSkill.id).limit(most)))


def next_training(skill_id: int, at: datetime) -> Any:
    """Return the title, the beginning and the event of the next open slot that teaches a skill, or None."""
    return next(iter(trainings(skill_id, at, most=1)), None)


def trainings(skill_id: int, at: datetime, most: int) -> Sequence[Any]:
    """Return the next slots that teach a skill and still take people: title, beginning, event."""
    asked = {"skill_id": skill_id, "at": at, "most": most}
    return db.session.connection().execute(_TRAINING, asked).all()


def _current(skill_id: int) -> Any:
    return select(PersonSkill).where(PersonSkill.skill_id == skill_id, PersonSkill.ended_at.is_(None))


def _refuse_known(organisation_id: int, name: str) -> None:
    same = Skill.organisation_id == organisation_id, Skill.name == name, Skill.retired_at.is_(None)
    if db.session.scalar(select(Skill.id).where(*same)):
        raise SkillKnown


def _locked(skill_id: int) -> Skill:
    return db.session.get_one(Skill, skill_id, with_for_update={"key_share": True}, populate_existing=True)


_SLOT, _EVENT = table_of(Slot), table_of(Event)
_TRAINING = (
    select((_EVENT.c.title + " · " + _SLOT.c.title).label("title"), _SLOT.c.starts_at, _SLOT.c.event_id, _SLOT.c.id)
    .join_from(_SLOT, _EVENT, _EVENT.c.id == _SLOT.c.event_id)
    .where(
        _SLOT.c.teaches_skill_id == bindparam("skill_id"),
        _SLOT.c.starts_at > bindparam("at"),
        _SLOT.c.closes_at > bindparam("at"),
        _EVENT.c.published_at.is_not(None),
        _EVENT.c.cancelled_at.is_(None),
    )
    .order_by(_SLOT.c.starts_at, _SLOT.c.id)
    .limit(bindparam("most"))
)
