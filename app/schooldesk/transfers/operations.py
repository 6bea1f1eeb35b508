"""Asking another school for a pupil, and answering."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from app.core.changes import note_change
from app.core.db import db
from app.core.problems import Problem
from app.people.models import Enrolment, Person
from app.people.queries import current_enrolment
from app.schooldesk.claims.slips import void_slips_of
from app.schooldesk.models import Transfer, TransferAnswer

RECORD = "transfer"  # in the change log
MOST_OPEN = 30  # of a school at a time: nobody finds out by trying who is a pupil where


class AnsweredAlready(Problem):
    """Somebody else was quicker."""

    code = "transfer_answered"
    words = _l("This request has been answered already.")


class LeftAlready(Problem):
    """The pupil belongs to neither school by now."""

    code = "transfer_left"
    words = _l("This pupil has left your school by now. There is nothing to confirm.")


class TooManyOpen(Problem):
    """Whoever asks for everybody is not taking pupils in."""

    code = "transfers_too_many"
    words = _l("%(most)d requests wait for an answer. Please wait, or withdraw some.")


@dataclass(frozen=True)
class Newcomer:
    """Whom a school asks for, as it knows the pupil, and into which class."""

    name: str
    born_on: date
    from_school_id: int
    class_name: str


def ask(newcomer: Newcomer, to_school_id: int, *, by: int, at: datetime) -> Transfer:
    """Ask another school for a pupil; the same again is the first. Whether there is such a pupil is not told."""
    same = (Transfer.name == newcomer.name, Transfer.born_on == newcomer.born_on)
    waiting = select(Transfer).where(Transfer.to_school_id == to_school_id, Transfer.answered_at.is_(None))
    if known := db.session.scalar(waiting.where(*same)):
        return known
    if len(db.session.scalars(waiting.limit(MOST_OPEN)).all()) >= MOST_OPEN:
        raise TooManyOpen(most=MOST_OPEN)
    asked = Transfer(
        person_id=_pupil(newcomer),
        name=newcomer.name,
        born_on=newcomer.born_on,
        from_school_id=newcomer.from_school_id,
        to_school_id=to_school_id,
        class_name=newcomer.class_name,
        asked_at=at,
        asked_by_id=by,
    )
    db.session.add(asked)
    db.session.flush()
    return asked


def confirm(transfer_id: int, *, by: int, at: datetime) -> Transfer:
    """Let a pupil go: from now on the new school's, with the places to come; a second time changes nothing.

    What the pupil signed up for at the old school stays in that one's list. Raises `AnsweredAlready`, `LeftAlready`.
    """
    asked = db.session.get_one(Transfer, transfer_id, with_for_update=True)
    if asked.answer is TransferAnswer.CONFIRMED:
        return asked
    person_id = _answer(asked, TransferAnswer.CONFIRMED, by=by, at=at).person_id
    old = current_enrolment(person_id) if person_id else None
    if old is None or old.school_id != asked.from_school_id:
        raise LeftAlready
    old.ended_at = at
    db.session.flush()
    db.session.add(
        Enrolment(
            person_id=old.person_id,
            school_id=asked.to_school_id,
            class_name=asked.class_name,
            boards=False,
            asked_at=asked.asked_at,
            confirmed_at=at,
            answered_by_id=asked.asked_by_id,
        )
    )
    void_slips_of(old.person_id, at=at)
    note_change(RECORD, transfer_id, "confirmed", by=by, at=at)
    db.session.flush()
    return asked


def refuse(transfer_id: int, *, by: int, at: datetime) -> Transfer:
    """Say that the pupil stays; a second time changes nothing. Raises `AnsweredAlready`."""
    return _close(transfer_id, TransferAnswer.REFUSED, by=by, at=at)


def withdraw(transfer_id: int, *, by: int, at: datetime) -> Transfer:
    """Take a request back; a second time changes nothing. Raises `AnsweredAlready`."""
    return _close(transfer_id, TransferAnswer.WITHDRAWN, by=by, at=at)


def asked_of(school_ids: frozenset[int]) -> Select[Transfer]:
    """Return the requests to schools for their pupils, the latest first; those for nobody they know are not theirs."""
    return _requests(Transfer.from_school_id.in_(school_ids) & Transfer.person_id.is_not(None))


def asked_by(school_ids: frozenset[int]) -> Select[Transfer]:
    """Return what schools have asked for, the latest first."""
    return _requests(Transfer.to_school_id.in_(school_ids))


def _requests(condition: ColumnElement[bool]) -> Select[Transfer]:
    loaded = (joinedload(Transfer.from_school), joinedload(Transfer.to_school), joinedload(Transfer.asked_by))
    return select(Transfer).where(condition).options(*loaded).order_by(Transfer.id.desc())


def _pupil(newcomer: Newcomer) -> int | None:
    """Return the one pupil whom the old school has confirmed under that name and birth date."""
    found = db.session.scalars(
        select(Enrolment.person_id)
        .join(Enrolment.person)
        .where(
            Person.name == newcomer.name,
            Person.born_on == newcomer.born_on,
            Enrolment.school_id == newcomer.from_school_id,
            Enrolment.confirmed_at.is_not(None),
            Enrolment.ended_at.is_(None),
        )
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def _close(transfer_id: int, answer: TransferAnswer, *, by: int, at: datetime) -> Transfer:
    asked = db.session.get_one(Transfer, transfer_id, with_for_update=True)
    if asked.answer is answer:
        return asked
    _answer(asked, answer, by=by, at=at)
    note_change(RECORD, transfer_id, answer, by=by, at=at)
    return asked


def _answer(asked: Transfer, answer: TransferAnswer, *, by: int, at: datetime) -> Transfer:
    if asked.answered_at is not None:
        raise AnsweredAlready
    asked.answer, asked.answered_at, asked.answered_by_id = answer, at, by
    return asked
