"""Making claim slips, and taking a pupil over with one."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, select, update
from sqlalchemy.orm import contains_eager

from app.accounts.problems import SlipOver
from app.core.changes import note_change
from app.core.clock import local_day
from app.core.codes import fingerprint
from app.core.crypto import derived_code, new_nonce
from app.core.db import db
from app.people.ages import CHILD_UNTIL, age_on
from app.people.models import ActsFor, Enrolment, Person, Relation, SchoolClass
from app.people.operations import MOST_PERSONS
from app.people.problems import TooManyPersons
from app.people.queries import acted_for_by
from app.schooldesk.claims import twins
from app.schooldesk.claims.problems import AccountActsForOthers, ClaimedAlready, WrongBirthDate
from app.schooldesk.models import ClaimSlip

LASTS = timedelta(days=30)
SLIP = "claim_slip"  # in the change log
_PURPOSE = "claim slip"


def make_slips(class_id: int, person_ids: Collection[int], *, by: int, at: datetime) -> int:
    """Make slips for pupils of a class; those made for them before are void. Returns how many.

    Pupils from 14 on who have an account of their own get none.
    """
    one = db.session.get_one(SchoolClass, class_id, with_for_update=True)
    pupils = [pupil for pupil in db.session.scalars(_pupils(one)) if pupil.person_id in person_ids]
    wanted = [pupil.person_id for pupil in pupils if not _is_their_own(pupil.person, local_day(at))]
    _void(wanted, at=at)
    for person_id in wanted:
        nonce = new_nonce()
        code_hash = fingerprint(derived_code(_PURPOSE, nonce))
        made = {"made_by_id": by, "made_at": at, "ends_at": at + LASTS}
        db.session.add(
            ClaimSlip(person_id=person_id, school_id=one.school_id, nonce=nonce, code_hash=code_hash, **made)
        )
    note_change("school_class", class_id, "slips", by=by, at=at, people=len(wanted))
    return len(wanted)


def claim(code: str, born_on: date, user_id: int, *, is_same: bool | None = None, at: datetime) -> Person:
    """Let an account act for the pupil of a slip: for oneself from 14 on, under 14 as the guardian. Whom the account
    has entered itself becomes one with the pupil where ``is_same`` says so; None asks.

    Raises `SlipOver`, `WrongBirthDate`, `MayBeSameChild`, `ClaimedAlready`, `AccountActsForOthers`, `TooManyPersons`,
    and what `merge` raises.
    """
    slip = db.session.scalar(select(ClaimSlip).where(ClaimSlip.code_hash == fingerprint(code)).with_for_update())
    if slip and slip.used_by_id == user_id:
        return slip.person  # a double tap
    if slip is None or not slip.is_open(at):
        raise SlipOver
    if slip.person.born_on != born_on:
        raise WrongBirthDate
    relation = relation_of(slip.person, at)
    twins.join(slip.person, relation, is_same, by=user_id, at=at)
    _refuse_account(user_id, slip.person, relation)
    if not _acts_already(user_id, slip.person_id):
        db.session.add(ActsFor(user_id=user_id, person_id=slip.person_id, relation=relation, since=at))
    slip.used_at, slip.used_by_id = at, user_id
    note_change(SLIP, slip.id, "used", by=user_id, at=at)
    db.session.flush()
    return slip.person


def relation_of(person: Person, at: datetime) -> Relation:
    """Return as what somebody takes a pupil over today."""
    return Relation.CHILD if age_on(person.born_on, local_day(at)) < CHILD_UNTIL else Relation.ONESELF


def code_of(slip: ClaimSlip) -> str:
    """Return the code that is printed on a slip; the database has only its hash."""
    return derived_code(_PURPOSE, slip.nonce)


def open_slip(code: str | None, *, at: datetime) -> ClaimSlip | None:
    """Return the slip with this code if it still counts."""
    slip = db.session.scalar(select(ClaimSlip).where(ClaimSlip.code_hash == fingerprint(code))) if code else None
    return slip if slip and slip.is_open(at) else None


def open_slips(one: SchoolClass, at: datetime) -> Select[ClaimSlip]:
    """Return the slips of a class's pupils that still count, by name."""
    is_open = (ClaimSlip.used_at.is_(None), ClaimSlip.voided_at.is_(None), ClaimSlip.ends_at > at)
    in_class = select(Enrolment.person_id).where(*_in_class(one))
    return (
        select(ClaimSlip)
        .join(ClaimSlip.person)
        .where(ClaimSlip.school_id == one.school_id, ClaimSlip.person_id.in_(in_class), *is_open)
        .options(contains_eager(ClaimSlip.person))
        .order_by(Person.name_pinyin, ClaimSlip.id)
    )


def void_slips_of(person_id: int, *, at: datetime) -> None:
    """Let no slip of a pupil count any more, as when the pupil leaves the school."""
    _void([person_id], at=at)


def _void(person_ids: Collection[int], *, at: datetime) -> None:
    is_open = (ClaimSlip.used_at.is_(None), ClaimSlip.voided_at.is_(None))
    db.session.execute(update(ClaimSlip).where(ClaimSlip.person_id.in_(person_ids), *is_open).values(voided_at=at))


def _pupils(one: SchoolClass) -> Select[Enrolment]:
    return select(Enrolment).join(Enrolment.person).where(*_in_class(one)).options(contains_eager(Enrolment.person))


def _in_class(one: SchoolClass) -> tuple[ColumnElement[bool], ...]:
    return (
        Enrolment.school_id == one.school_id,
        Enrolment.class_name == one.name,
        Enrolment.confirmed_at.is_not(None),
        Enrolment.ended_at.is_(None),
    )


def _is_their_own(person: Person, today: date) -> bool:
    """Return whether a pupil from 14 on has an account already."""
    oneself = exists().where(ActsFor.person_id == person.id, ActsFor.relation == Relation.ONESELF)
    return age_on(person.born_on, today) >= CHILD_UNTIL and bool(db.session.scalar(select(oneself)))


def _refuse_account(user_id: int, person: Person, relation: Relation) -> None:
    acting = acted_for_by(user_id)
    if relation is Relation.CHILD and len(acting) >= MOST_PERSONS:
        raise TooManyPersons(most=MOST_PERSONS)
    if relation is not Relation.ONESELF:
        return
    if any(one.person_id != person.id for one in acting):
        raise AccountActsForOthers
    theirs = select(ActsFor.user_id).where(ActsFor.person_id == person.id, ActsFor.relation == Relation.ONESELF)
    if db.session.scalars(theirs).first() not in (None, user_id):
        raise ClaimedAlready


def _acts_already(user_id: int, person_id: int) -> bool:
    acting = select(ActsFor.id).where(ActsFor.user_id == user_id, ActsFor.person_id == person_id)
    return db.session.scalar(acting) is not None
