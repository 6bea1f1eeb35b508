"""Asking to take part: the school recommends, a family applies, the host enters whom a partner sent."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, select

from app.core.changes import note_change
from app.core.clock import local_day
from app.core.db import db
from app.people.ages import age_on
from app.people.models import Enrolment, Person
from app.programmes.applications import places
from app.programmes.applications.telling import tell_state
from app.programmes.models import OPEN, Application, ApplicationSource, ApplicationState, Entry, Quota, Side
from app.programmes.problems import AppliedAlready, NobodyChosen, NotOpen, QuotaUsed, SchoolsRecommend, WrongAge
from app.questions.answering import Given, write_answers

RECORD = places.RECORD


def nominate(quota_id: int, person_ids: Collection[int], statement: str, *, by: int, at: datetime) -> list[Application]:
    """Recommend pupils of a school within its quota; those it has recommended already stay as they are.

    Raises `NobodyChosen`, `NotOpen`, `QuotaUsed`, `WrongAge`, `AppliedAlready`.
    """
    quota = db.session.get_one(Quota, quota_id)
    side = places.lock_side(quota.side_id)
    db.session.refresh(quota)
    check_open(side, at)
    known = {one.person_id for one in _open_of(side.programme_id, person_ids) if one.school_id == quota.school_id}
    new = [person_id for person_id in dict.fromkeys(person_ids) if person_id not in known]
    pupils = _pupils(quota.school_id, new)
    if not pupils and not known:
        raise NobodyChosen
    used = _used(quota)
    if used + len(pupils) > quota.places:
        raise QuotaUsed(places=quota.places, used=used)
    made = [_make(side, one.person, ApplicationSource.SCHOOL, statement, one, by=by, at=at) for one in pupils]
    for one in made:
        one.endorsed_at, one.endorsed_by_id = at, by
        _note(one, "nominated", by, at)
    return made


def apply(
    side_id: int, person_id: int, statement: str, given: Mapping[int, Given], *, by: int, at: datetime
) -> Application:
    """Let a family ask for a place; a second time mends what was said before, while nothing is decided.

    Raises `SchoolsRecommend`, `NotOpen`, `WrongAge`, `AppliedAlready` on another side, and what `write_answers` raises.
    """
    side = places.lock_side(side_id)
    programme = side.programme
    if programme.entry is not Entry.APPLICATION:
        raise SchoolsRecommend
    check_open(side, at)
    known = next(iter(_open_of(programme.id, [person_id])), None)
    if known and (known.side_id != side_id or known.state is not ApplicationState.APPLIED):
        raise AppliedAlready(name=known.person.name)
    if programme.question_set_id:
        write_answers(programme.question_set_id, person_id, given, by=by, at=at)
    if known:
        known.statement = statement
        return known
    person, enrolment = db.session.get_one(Person, person_id), _enrolment(person_id)
    made = _make(side, person, ApplicationSource.FAMILY, statement, enrolment, by=by, at=at)
    _note(made, "applied", by, at)
    return made


def enter(side_id: int, person_id: int, *, class_name: str = "", by: int, at: datetime) -> Application:
    """Enter somebody whom a partner named; whoever is on the side already stays. The host may do so at any time.

    Raises `AppliedAlready` for somebody on another side.
    """
    side = places.lock_side(side_id)
    known = next(iter(_open_of(side.programme_id, [person_id])), None)
    if known and known.side_id != side_id:
        raise AppliedAlready(name=known.person.name)
    if known:
        return known
    person, enrolment = db.session.get_one(Person, person_id), _enrolment(person_id)
    made = _make(side, person, ApplicationSource.HOST, "", enrolment, by=by, at=at)
    made.class_name = class_name or made.class_name
    _note(made, "entered", by, at)
    return made


def endorse(application_id: int, *, by: int, at: datetime) -> Application:
    """Let the school stand behind an application; a second time changes nothing."""
    one = places.locked(application_id)
    if one.endorsed_at is None and one.is_open:
        one.endorsed_at, one.endorsed_by_id = at, by
        _note(one, "endorsed", by, at)
    return one


def check_open(side: Side, at: datetime) -> None:
    """Raise `NotOpen` unless people can be recommended and apply on a side now."""
    programme = side.programme
    if not programme.is_published or programme.is_cancelled or not side.is_open(at):
        raise NotOpen(side=side.title)


def _make(
    side: Side,
    person: Person,
    source: ApplicationSource,
    statement: str,
    enrolment: Enrolment | None,
    *,
    by: int,
    at: datetime,
) -> Application:
    programme, today = side.programme, local_day(at)
    age = age_on(person.born_on, today)
    if not programme.min_age <= age <= programme.max_age:
        raise WrongAge(name=person.name, age=age, least=programme.min_age, most=programme.max_age)
    if _open_of(programme.id, [person.id]):
        raise AppliedAlready(name=person.name)
    made = Application(
        programme_id=programme.id,
        side_id=side.id,
        person_id=person.id,
        fourteen_on=person.fourteen_on,
        applied_on=today,
        applied_at=at,
        applied_by_id=by,
        source=source,
        state=ApplicationState.APPLIED,
        statement=statement,
        school_id=enrolment.school_id if enrolment else None,
        class_name=enrolment.class_name if enrolment else "",
    )
    db.session.add(made)
    db.session.flush()
    db.session.refresh(made)
    tell_state(made, at=at)
    return made


def _open_of(programme_id: int, person_ids: Collection[int]) -> list[Application]:
    theirs = (Application.programme_id == programme_id, Application.person_id.in_(person_ids))
    return list(db.session.scalars(select(Application).where(*theirs, Application.state.in_(OPEN))))


def _pupils(school_id: int, person_ids: Collection[int]) -> list[Enrolment]:
    own = (Enrolment.school_id == school_id, Enrolment.ended_at.is_(None), Enrolment.confirmed_at.is_not(None))
    found = select(Enrolment).where(*own, Enrolment.person_id.in_(person_ids)).order_by(Enrolment.person_id)
    return list(db.session.scalars(found))


def _enrolment(person_id: int) -> Enrolment | None:
    return db.session.scalar(
        select(Enrolment).where(Enrolment.person_id == person_id, Enrolment.ended_at.is_(None)).limit(1)
    )


def _used(quota: Quota) -> int:
    theirs = (Application.side_id == quota.side_id, Application.school_id == quota.school_id)
    counted = select(func.count()).where(*theirs, Application.source == ApplicationSource.SCHOOL)
    return db.session.scalar(counted.where(Application.state.in_(OPEN))) or 0


def _note(one: Application, what: str, by: int, at: datetime) -> None:
    note_change(RECORD, one.id, what, by=by, at=at)
