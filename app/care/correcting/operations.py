"""Correcting a child's data: phone and needs are the guardian's to write; who the child is, the school is asked."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from app.care.consents.opening import opened_ask
from app.care.correcting.models import DataCorrection
from app.care.correcting.problems import NothingWrong, PutRightAlready
from app.care.correcting.telling import tell_answered
from app.core.changes import note_change
from app.core.db import db
from app.events.registration.mending import mend
from app.people.models import Person
from app.people.needs import Needs, write_needs
from app.people.operations import Details
from app.people.profile import RECORD
from app.people.queries import current_enrolment


@dataclass(frozen=True)
class Wanted:
    """How it should be: the name, the birth date, and anything else in words; "" or None stays as it is."""

    name: str = ""
    born_on: date | None = None
    words: str = ""


def write_own(page_id: int, ask_id: int, phone: str | None, needs: Needs, *, at: datetime) -> None:
    """Write down by which number a child is reached, and what has to be looked after. Raises `NotOpened`."""
    ask = opened_ask(page_id, ask_id)
    person = db.session.get_one(Person, ask.person_id, with_for_update=True)
    if person.phone != phone:
        person.phone = phone
        note_change(RECORD, person.id, "corrected", by=None, at=at, fields="phone")
    write_needs(person.id, needs, by=None, at=at)


def ask(page_id: int, ask_id: int, wanted: Wanted, *, at: datetime) -> DataCorrection:
    """Ask for what is wrong to be put right; while nobody has answered, a second time takes the place of the first.

    Raises `NotOpened`, `NothingWrong`.
    """
    asked = opened_ask(page_id, ask_id)
    person = db.session.get_one(Person, asked.person_id, with_for_update=True)
    new = Wanted(
        wanted.name if wanted.name != person.name else "",
        wanted.born_on if wanted.born_on != person.born_on else None,
        wanted.words,
    )
    if new == Wanted() or asked.guardian_id is None:
        raise NothingWrong
    row = open_correction(person.id)
    if row is None:
        row = DataCorrection(person_id=person.id, guardian_id=asked.guardian_id)
        db.session.add(row)
    row.name, row.born_on, row.words, row.asked_at = new.name, new.born_on, new.words, at
    db.session.flush()
    return row


def put_right(correction_id: int, *, by: int, at: datetime) -> DataCorrection:
    """Say that it is so: name and birth date are changed, what was asked in words was done by hand; a second time
    changes nothing.

    Raises `PutRightAlready` once it was refused, `BirthDateInUse` while a place leans on the birth date.
    """
    row = db.session.get_one(DataCorrection, correction_id, with_for_update=True, populate_existing=True)
    if row.is_done:
        return row
    if row.decided_at is not None:
        raise PutRightAlready
    mend(row.person_id, _details(row), None, by=by, at=at)
    row.decided_at, row.decided_by_id, row.is_done = at, by, True
    tell_answered(row, at=at)
    return row


def refuse(correction_id: int, why: str, *, by: int, at: datetime) -> DataCorrection:
    """Say why it stays as it is; the guardian reads it. Raises `PutRightAlready`."""
    row = db.session.get_one(DataCorrection, correction_id, with_for_update=True, populate_existing=True)
    if row.decided_at is not None:
        raise PutRightAlready
    row.decided_at, row.decided_by_id, row.is_done, row.refused_why = at, by, False, why
    tell_answered(row, at=at)
    return row


def open_correction(person_id: int) -> DataCorrection | None:
    """Return what nobody has answered yet."""
    latest = latest_correction(person_id)
    return latest if latest and latest.decided_at is None else None


def latest_correction(person_id: int) -> DataCorrection | None:
    """Return what was asked for last, answered or not."""
    theirs = select(DataCorrection).where(DataCorrection.person_id == person_id)
    return db.session.scalar(theirs.order_by(DataCorrection.id.desc()).limit(1))


def _details(row: DataCorrection) -> Details:
    person, known = row.person, current_enrolment(row.person_id)
    as_it_is = Details(person.name, person.born_on, *((known.school_id, known.class_name) if known else (None, "")))
    return replace(as_it_is, name=row.name or person.name, born_on=row.born_on or person.born_on)
