"""Taking a roster back as one step, but for those whom somebody took over or signed up since."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from app.core.changes import note_change
from app.core.crypto import unseal
from app.core.db import db
from app.events.models import Registration
from app.people.classes import RECORD
from app.people.models import ActsFor, Enrolment, Person
from app.schooldesk.rosters.guardians import forget_guardians, put_guardians_back
from app.schooldesk.rosters.models import SEALED_FOR, Effect, RosterImport, RosterItem
from app.schooldesk.rosters.problems import TooLateToTakeBack

UNDO_WITHIN = timedelta(days=7)


def can_be_taken_back(taken: RosterImport, at: datetime) -> bool:
    """Return whether a list can be taken back at a moment."""
    return taken.undone_at is None and at < taken.at + UNDO_WITHIN


def take_back(import_id: int, *, by: int, at: datetime) -> list[str]:
    """Take a list back; return the names of those who stay, because somebody took them over, or they have a place.

    A second time changes nothing. Raises `TooLateToTakeBack`.
    """
    taken = db.session.get_one(RosterImport, import_id, with_for_update=True)
    if taken.undone_at is not None:
        return []
    if not can_be_taken_back(taken, at):
        raise TooLateToTakeBack
    items = db.session.scalars(
        select(RosterItem).where(RosterItem.import_id == import_id).options(joinedload(RosterItem.person))
    ).all()
    busy = _busy([item.person_id for item in items if item.effect is Effect.NEW])
    stay = [item.person.name for item in items if not _put_back(item, busy, taken.at)]
    taken.undone_at, taken.undone_by_id = at, by
    note_change(RECORD, taken.class_id, "roster_undone", by=by, at=at, stay=len(stay))
    return stay


def _busy(person_ids: Iterable[int]) -> frozenset[int]:
    """Return who was taken over by an account, or has ever been signed up."""
    wanted = list(person_ids)
    taken_over = select(ActsFor.person_id).where(ActsFor.person_id.in_(wanted))
    signed_up = select(Registration.person_id).where(Registration.person_id.in_(wanted))
    return frozenset(db.session.scalars(taken_over)) | frozenset(db.session.scalars(signed_up))


def _put_back(item: RosterItem, busy: frozenset[int], taken_at: datetime) -> bool:
    """Let a pupil be again what they were; returns whether that could be."""
    if item.effect is Effect.CHANGED:
        return _restore(item, taken_at)
    if item.person_id in busy:
        return False
    try:
        with db.session.begin_nested():
            _forget(item.person_id)
    except IntegrityError:  # something else leans on the pupil by now, such as a parent's answer
        return False
    return True


def _forget(person_id: int) -> None:
    forget_guardians(person_id)
    db.session.execute(delete(Enrolment).where(Enrolment.person_id == person_id))
    db.session.execute(delete(RosterItem).where(RosterItem.person_id == person_id))
    db.session.execute(delete(Person).where(Person.id == person_id))


def _restore(item: RosterItem, taken_at: datetime) -> bool:
    facts = json.loads(unseal(SEALED_FOR, item.before) or "{}")
    known = db.session.get(Enrolment, facts.get("enrolment", 0), with_for_update=True)
    if known is None or known.ended_at is not None:
        return False
    born_on = date.fromisoformat(facts["born"])
    leaning = select(Registration.id).where(Registration.person_id == item.person_id).limit(1)
    if known.person.born_on != born_on and db.session.scalar(leaning):
        return False
    known.person.born_on = born_on
    known.person.gender, known.person.student_no = facts["gender"], facts["student_no"]
    put_guardians_back(item.person_id, known.school_id, taken_at)
    known.class_name, known.answered_by_id = facts["class"], facts["answered_by"]
    known.confirmed_at = datetime.fromisoformat(facts["confirmed_at"]) if facts["confirmed_at"] else None
    item.before = ""
    return True
