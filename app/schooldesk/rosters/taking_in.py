"""Taking a roster in: new pupils are entered without an account, those who are here put right, all or nobody."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.changes import note_change
from app.core.crypto import seal
from app.core.db import db
from app.people.classes import RECORD
from app.people.models import Enrolment, Gender, Person, PersonKind, SchoolClass
from app.schooldesk.rosters.guardians import add_guardian, replace_guardian
from app.schooldesk.rosters.lines import Line, Pupil
from app.schooldesk.rosters.matching import Outcome, outcomes
from app.schooldesk.rosters.models import SEALED_FOR, Effect, RosterImport, RosterItem
from app.schooldesk.rosters.problems import LineUnclear, RosterChanged


def take_in(class_id: int, lines: Sequence[Line], key: str, *, by: int, at: datetime) -> RosterImport:
    """Take the lines of a class's roster in; the same key a second time returns the first.

    Whoever is entered is a pupil whom the school has confirmed. Raises `LineUnclear` when somebody still has to decide,
    and `RosterChanged` when the class was put away meanwhile.
    """
    one = db.session.get_one(SchoolClass, class_id, with_for_update=True)
    made = db.session.scalar(select(RosterImport).where(RosterImport.key == key))
    if made:
        return made
    if one.archived_at is not None:
        raise RosterChanged
    found = outcomes(one, lines, lock=True)
    if any(outcome.effect in (Effect.WRONG, Effect.UNCLEAR) for outcome in found):
        raise LineUnclear
    taken = RosterImport(class_id=class_id, key=key, entered=0, changed=0, at=at, by_id=by)
    db.session.add(taken)
    db.session.flush()
    for outcome in found:
        _take(taken, one, outcome, by=by, at=at)
    note_change(RECORD, class_id, "roster", by=by, at=at, entered=taken.entered, changed=taken.changed)
    db.session.flush()
    return taken


def _take(taken: RosterImport, one: SchoolClass, outcome: Outcome, *, by: int, at: datetime) -> None:
    pupil = outcome.line.pupil
    if pupil is None:
        return
    if outcome.effect is Effect.NEW:
        person_id = _enter(one, pupil, by=by, at=at)
        taken.entered += 1
        db.session.add(RosterItem(import_id=taken.id, person_id=person_id, effect=Effect.NEW))
    elif outcome.effect is Effect.CHANGED and outcome.enrolment:
        before = seal(SEALED_FOR, json.dumps(facts_of(outcome.enrolment)))
        person_id = outcome.enrolment.person_id
        _put_right(one, outcome.enrolment, pupil, outcome.changes, by=by, at=at)
        taken.changed += 1
        db.session.add(RosterItem(import_id=taken.id, person_id=person_id, effect=Effect.CHANGED, before=before))


def _enter(one: SchoolClass, pupil: Pupil, *, by: int, at: datetime) -> int:
    person = Person(name=pupil.name, born_on=pupil.born_on, kind=PersonKind.PUPIL, created_at=at)
    _write_down(person, pupil)
    db.session.add(person)
    db.session.flush()
    if pupil.phone:
        add_guardian(person.id, one.school_id, pupil, by=by, at=at)
    db.session.add(
        Enrolment(
            person_id=person.id,
            school_id=one.school_id,
            class_name=one.name,
            asked_at=at,
            confirmed_at=at,
            answered_by_id=by,
        )
    )
    return person.id


def _put_right(
    one: SchoolClass, known: Enrolment, pupil: Pupil, changes: frozenset[str], *, by: int, at: datetime
) -> None:
    known.person.born_on = pupil.born_on
    _write_down(known.person, pupil)
    if "guardian" in changes:
        replace_guardian(known.person_id, one.school_id, pupil, by=by, at=at)
    known.class_name = one.name
    if known.confirmed_at is None:
        known.confirmed_at, known.answered_by_id = at, by


def _write_down(person: Person, pupil: Pupil) -> None:
    """Keep what the school knows of a pupil; what a line leaves out stays."""
    person.gender = Gender(pupil.gender) if pupil.gender else person.gender
    person.student_no = pupil.student_no or person.student_no or ""


def facts_of(known: Enrolment) -> dict[str, Any]:
    """Return what a roster may change of a pupil, as it is."""
    return {
        "enrolment": known.id,
        "born": known.person.born_on.isoformat(),
        "gender": known.person.gender,
        "student_no": known.person.student_no,
        "class": known.class_name,
        "confirmed_at": known.confirmed_at.isoformat() if known.confirmed_at else None,
        "answered_by": known.answered_by_id,
    }
