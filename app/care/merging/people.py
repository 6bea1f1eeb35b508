"""What becomes of the accounts, schools, answers, skills and needs of a person who was entered twice."""

from typing import TypeVar

from sqlalchemy import Table, delete, select, update

from app.care.merging.rules import Merging, move
from app.core.db import db
from app.events.models import PersonSkill
from app.people.models import ActsFor, Enrolment, Relation
from app.people.needs import PersonNeeds, forget_needs, needs_of_all, together, write_needs
from app.questions.models import Answer, AnswerSheet

Row = TypeVar("Row", ActsFor, Enrolment, AnswerSheet, PersonSkill)
_CLOSEST = (Relation.ONESELF, Relation.CHILD, Relation.FRIEND)


def merge_accounts(table: Table, merging: Merging) -> None:
    """Let whoever acts for one act for the person; of an account that acts for both, the closer relation counts."""
    theirs = {one.user_id: one for one in _of(ActsFor, merging.other_id)}
    for kept in _of(ActsFor, merging.kept_id):
        if other := theirs.get(kept.user_id):
            db.session.delete(other)
            db.session.flush()
            kept.relation = min(kept.relation, other.relation, key=_CLOSEST.index)
            kept.since = min(kept.since, other.since)
    db.session.flush()
    move(table, merging)


def merge_schools(table: Table, merging: Merging) -> None:
    """Let the person belong to one school: the one that confirmed it, else the one asked last; the other is history."""
    current = [one for one in (*_of(Enrolment, merging.kept_id), *_of(Enrolment, merging.other_id)) if not one.ended_at]
    if len(current) == 2:
        stays = max(current, key=lambda one: (one.confirmed_at is not None, not one.refused_at, one.asked_at))
        for goes in current:
            if goes is not stays:
                goes.ended_at = merging.at
                stays.boards = stays.boards or (goes.boards and goes.school_id == stays.school_id)
    db.session.flush()
    move(table, merging)


def merge_answers(table: Table, merging: Merging) -> None:
    """Let there be one sheet for each set of questions: the newer one, with what only the older one answers."""
    kept = {one.set_id: one for one in _of(AnswerSheet, merging.kept_id)}
    for other in _of(AnswerSheet, merging.other_id):
        if own := kept.get(other.set_id):
            newer, older = sorted((own, other), key=_answered_at, reverse=True)
            answered = select(Answer.question_id).where(Answer.sheet_id == newer.id)
            more = (Answer.sheet_id == older.id, Answer.question_id.not_in(answered))
            db.session.execute(update(Answer).where(*more).values(sheet_id=newer.id))
            db.session.execute(delete(AnswerSheet).where(AnswerSheet.id == older.id))
            db.session.expire_all()
    move(table, merging)


def merge_skills(table: Table, merging: Merging) -> None:
    """Let a skill be confirmed once, for as long as the longer of the two."""
    kept = {one.skill_id: one for one in _of(PersonSkill, merging.kept_id) if one.ended_at is None}
    for other in _of(PersonSkill, merging.other_id):
        if other.ended_at is None and (own := kept.get(other.skill_id)):
            goes = other if _lasts_longer(own, other) else own
            goes.ended_at, goes.ended_by_id = merging.at, merging.by
    db.session.flush()
    move(table, merging)


def merge_needs(_table: Table, merging: Merging) -> None:
    """Look after everything that was written down for either."""
    both = (merging.kept_id, merging.other_id)
    found = needs_of_all(both)
    if merging.other_id in found:
        own = found.get(merging.kept_id)
        needs = together(own, found[merging.other_id]) if own else found[merging.other_id]
        written = db.session.scalars(select(PersonNeeds.written_at).where(PersonNeeds.person_id.in_(both)))
        write_needs(merging.kept_id, needs, by=merging.by, at=max(written))
        forget_needs([merging.other_id])


def _of(model: type[Row], person_id: int) -> list[Row]:
    return list(db.session.scalars(select(model).where(model.person_id == person_id).order_by(model.id)))


def _answered_at(sheet: AnswerSheet) -> tuple[object, int]:
    return sheet.edited_at or sheet.answered_at, sheet.id


def _lasts_longer(one: PersonSkill, other: PersonSkill) -> bool:
    return one.expires_on is None or (other.expires_on is not None and one.expires_on >= other.expires_on)
