"""Certificates: who is still without, whose they are, and whether one is genuine."""

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload

from app.certificates.models import Certificate
from app.checkin.models import Attendance
from app.core.access import Principal, Role
from app.core.codes import read_code
from app.core.db import db
from app.events.models import Event, Registration, RegistrationState, Slot
from app.events.queries import with_event
from app.people.models import ActsFor, Person

PAGE = 50


def still_without(event_id: int) -> Select[Registration]:
    """Return who was at an event in a confirmed place and has no valid certificate, by name."""
    has_one = exists().where(Certificate.registration_id == Registration.id, Certificate.revoked_at.is_(None))
    is_confirmed = Registration.state == RegistrationState.CONFIRMED
    was_there = exists().where(Attendance.registration_id == Registration.id)
    return (
        with_event(select(Registration))
        .join(Registration.person)
        .where(Slot.event_id == event_id, Event.cancelled_at.is_(None), is_confirmed, was_there, ~has_one)
        .order_by(Person.name_pinyin, Registration.id)
    )


def no_longer_there(event_id: int) -> list[Certificate]:
    """Return the valid certificates of an event whose holders, it was found later, were not there."""
    was_there = exists().where(Attendance.registration_id == Certificate.registration_id)
    doubtful = select(Certificate).where(Certificate.event_id == event_id, Certificate.revoked_at.is_(None), ~was_there)
    return list(db.session.scalars(doubtful.order_by(Certificate.number)))


def issued_for(event_id: int, after_number: str) -> list[Certificate]:
    """Return a page of an event's certificates by number, revoked or not; one more than `PAGE` if there is more."""
    statement = select(Certificate).where(Certificate.event_id == event_id, Certificate.number > after_number)
    return list(db.session.scalars(statement.order_by(Certificate.number).limit(PAGE + 1)))


def certificates_of(user_id: int) -> Select[Certificate]:
    """Return the certificates of the persons an account acts for, the latest first."""
    persons = select(ActsFor.person_id).where(ActsFor.user_id == user_id)
    return (
        select(Certificate)
        .join(Certificate.registration)
        .where(Registration.person_id.in_(persons))
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    )


def certificates_readable_by(principal: Principal) -> Select[Certificate]:
    """Return the certificates somebody may open: one's own persons', and those a host's staff issued."""
    persons = select(ActsFor.person_id).where(ActsFor.user_id == principal.user_id)
    issued = select(Event.id).where(Event.host_id.in_(principal.units(Role.STAFF)))
    return (
        select(Certificate)
        .join(Certificate.registration)
        .where(or_(Registration.person_id.in_(persons), Certificate.event_id.in_(issued)))
    )


def certificates_issued_by(principal: Principal) -> Select[Certificate]:
    """Return the certificates of the hosts somebody works for."""
    issued = select(Event.id).where(Event.host_id.in_(principal.units(Role.STAFF)))
    return select(Certificate).where(Certificate.event_id.in_(issued)).options(joinedload(Certificate.registration))


def genuine(code: str) -> Certificate | None:
    """Return the certificate with this code, valid or revoked, or None for one that was never issued."""
    read = read_code(code)
    return db.session.scalar(select(Certificate).where(Certificate.code == read)) if read else None
