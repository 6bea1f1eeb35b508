"""The family answers: yes, no, or not in time; a guardian agrees, or takes that back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.core.clock import local_day
from app.core.db import db
from app.people.consents.models import ConsentInForce
from app.programmes.applications import consenting, places
from app.programmes.models import OPEN, UNANSWERED, Application, ApplicationState, Programme
from app.programmes.problems import NothingToAnswer

_TO_ANSWER = (ApplicationState.ACCEPTED, ApplicationState.HELD, ApplicationState.CONFIRMED)


def say_yes(application_id: int, *, by: int, at: datetime) -> Application:
    """Take the place one was chosen for; a second time changes nothing. Raises `NothingToAnswer`."""
    one = places.locked(application_id)
    if one.state not in _TO_ANSWER or one.side.programme.is_cancelled:
        raise NothingToAnswer
    places.say_yes(one, by=by, at=at)
    return one


def decline(application_id: int, *, by: int | None, at: datetime) -> Application:
    """Give the place back, or take the application back; the next of the reserve moves up. A second time changes
    nothing. Raises `NothingToAnswer` once the programme is over."""
    one = places.locked(application_id)
    if is_over(one, at=at):
        raise NothingToAnswer
    if places.end(one, ApplicationState.DECLINED, by=by, at=at):
        places.fill(one.side, at=at)
    return one


def take_back(application_id: int, words: str, *, by: int, at: datetime) -> Application:
    """Let the school take its recommendation back, and say why; a second time changes nothing. Raises
    `NothingToAnswer` once the programme is over."""
    one = places.locked(application_id)
    if is_over(one, at=at):
        raise NothingToAnswer
    if places.end(one, ApplicationState.CANCELLED, by=by, at=at, words=words):
        places.fill(one.side, at=at)
    return one


def lapse(application_id: int, *, at: datetime) -> Application:
    """Let a place go that nobody answered in time; the next of the reserve moves up."""
    one = places.locked(application_id)
    is_due = one.confirm_by is not None and one.confirm_by <= at and not one.side.programme.is_cancelled
    if is_due and places.end(one, ApplicationState.LAPSED, by=None, at=at):
        places.fill(one.side, at=at)
    return one


def due_answers(at: datetime) -> Sequence[int]:
    """Return the applications whose families have not answered in time."""
    late = (Application.state.in_(UNANSWERED), Application.confirm_by <= at)
    found = select(Application.id).join(Programme, Programme.id == Application.programme_id)
    return db.session.scalars(
        found.where(*late, Programme.cancelled_at.is_(None)).order_by(Application.confirm_by, Application.id)
    ).all()


def lock_of(person_id: int, programme_id: int) -> Application | None:
    """Return the application of somebody for a programme that is not over, its side locked first."""
    theirs = (Application.person_id == person_id, Application.programme_id == programme_id)
    found = db.session.scalar(select(Application.id).where(*theirs, Application.state.in_(OPEN)))
    return places.locked(found) if found else None


def guardian_agreed(one: Application | None, *, at: datetime) -> bool:
    """Let a guardian's yes count: it is the family's answer, too. Returns whether the place counts by it."""
    if one is None:
        return False
    if places.say_yes(one, by=None, at=at):
        return one.state is ApplicationState.CONFIRMED
    return places.weigh(one, at=at)


def guardian_refused(one: Application | None, *, at: datetime) -> None:
    """Let a guardian's no count: the place goes to the next of the reserve. Once the programme is over it stays what it
    was."""
    if one is None or is_over(one, at=at):
        return
    if places.end(one, ApplicationState.DECLINED, by=None, at=at):
        places.fill(one.side, at=at)


def is_over(one: Application, *, at: datetime) -> bool:
    """Return whether the programme of an application is over."""
    return local_day(at) > one.side.programme.ends_on


def end_consent(consent: ConsentInForce, past: ConsentInForce | None) -> None:
    """Let a consent hold no longer: what is over leans on a row of its own from now on."""
    leaning = select(Application).where(Application.consent_id == consent.id).with_for_update(of=Application)
    for one in db.session.scalars(leaning):
        consenting.lean(one, past)
    db.session.flush()
