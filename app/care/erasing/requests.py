"""Asking to have somebody erased, and deciding that (个人信息保护法 47; 儿童个人信息网络保护规定 20)."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.care.erasing.operations import is_erased
from app.care.erasing.problems import DecidedAlready, ErasedAlready
from app.care.models import Erasure
from app.core.db import db
from app.core.jobs import enqueue
from app.people.models import Person

DECIDED_WITHIN = timedelta(days=15)
ERASE = "people.erase"
PAGE = 50


def ask(person_id: int, *, by: int | None, at: datetime) -> Erasure:
    """Ask to have a person erased, as a guardian without an account by nobody; a second time is the first again.

    Raises `ErasedAlready`.
    """
    person = db.session.get_one(Person, person_id, with_for_update=True)
    if is_erased(person):
        raise ErasedAlready
    known = open_request(person_id)
    if known:
        return known
    made = Erasure(person_id=person_id, asked_at=at, asked_by_id=by, due_at=at + DECIDED_WITHIN)
    db.session.add(made)
    db.session.flush()
    return made


def take_back(person_id: int) -> bool:
    """Take a request back that nobody has decided; returns whether there was one."""
    known = open_request(person_id)
    if known:
        db.session.delete(known)
    return known is not None


def grant(erasure_id: int, *, by: int | None, at: datetime) -> None:
    """Have the person erased, now; a second time changes nothing. Raises `DecidedAlready` once it was refused."""
    row = db.session.get_one(Erasure, erasure_id, with_for_update=True, populate_existing=True)
    if row.is_granted is False:
        raise DecidedAlready
    if row.is_granted is None:
        row.decided_at, row.decided_by_id, row.is_granted = at, by, True
        enqueue(ERASE, {"erasure_id": erasure_id}, at=at)


def refuse(erasure_id: int, why: str, *, by: int, at: datetime) -> None:
    """Say why not; whoever asked reads it. Raises `DecidedAlready`."""
    row = db.session.get_one(Erasure, erasure_id, with_for_update=True, populate_existing=True)
    if row.decided_at:
        raise DecidedAlready
    row.decided_at, row.decided_by_id, row.is_granted, row.refused_why = at, by, False, why


def open_request(person_id: int) -> Erasure | None:
    """Return the request that waits for a decision."""
    return db.session.scalar(select(Erasure).where(Erasure.person_id == person_id, Erasure.decided_at.is_(None)))


def latest_request(person_id: int) -> Erasure | None:
    """Return the last request for a person, decided or not."""
    return db.session.scalar(select(Erasure).where(Erasure.person_id == person_id).order_by(Erasure.id.desc()).limit(1))


def waiting_requests() -> list[Erasure]:
    """Return what has to be decided, the most urgent first."""
    found = _with_person().where(Erasure.decided_at.is_(None)).order_by(Erasure.due_at, Erasure.id)
    return list(db.session.scalars(found))


def page_of_decided(before: int | None) -> list[Erasure]:
    """Return a page of what was decided, the latest request first; one more than `PAGE` if there is more."""
    found = _with_person().where(Erasure.decided_at.is_not(None)).order_by(Erasure.id.desc())
    return list(db.session.scalars((found.where(Erasure.id < before) if before else found).limit(PAGE + 1)))


def _with_person() -> Select[Erasure]:
    return select(Erasure).options(joinedload(Erasure.person))
