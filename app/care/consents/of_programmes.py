"""What a guardian's answer does to an application for a programme; beside what it does to places in events."""

from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from app.core.access import Principal
from app.core.db import db
from app.events.registration import leaning
from app.pairing.accepting.consent_changes import follow_consent
from app.people.consents import recording
from app.people.consents.models import ConsentInForce
from app.people.consents.recording import past_of
from app.people.consents.scopes import programme_of
from app.programmes.applications import answering
from app.programmes.applications.consenting import holds
from app.programmes.applications.queries import applications_of_schools, applications_run_by
from app.programmes.models import OPEN, UNANSWERED, Application, Programme, Side


def lock_application(person_id: int, scope: str) -> Application | None:
    """Return what somebody has or may get within a scope, with its side locked first; None for another scope."""
    programme_id = programme_of(scope)
    return answering.lock_of(person_id, programme_id) if programme_id else None


def free_application(person_id: int, scope: str, *, at: datetime) -> None:
    """Give back what somebody has within a scope; the next of the reserve moves up. What is over stays as it was."""
    answering.guardian_refused(lock_application(person_id, scope), at=at)


def let_go(consent: ConsentInForce) -> None:
    """Let what is over lean on a row of its own, which covers nothing to come, before a consent ends."""
    leans = select(Application.id).where(Application.consent_id == consent.id).limit(1)
    if db.session.scalar(leans) is None:
        return
    answering.end_consent(consent, past_of(consent))


def end_outgrown(person_id: int, scope: str, *, at: datetime) -> None:
    """End what was agreed to for less than a programme is now: a new answer is to all of it, and has its own proof."""
    programme_id = programme_of(scope)
    held = recording.in_force(person_id, scope) if programme_id else None
    if held and not holds(held, db.session.get_one(Programme, programme_id, populate_existing=True)):
        let_go(held)
        leaning.end_consent(held, at=at)


def follow_pairs(person_id: int, scope: str, *, at: datetime) -> None:
    """Let pairs by class follow what was just said about pairing."""
    programme_id = programme_of(scope)
    if programme_id:
        follow_consent(person_id, programme_id, at=at)


def host_of_programme(scope: str) -> int | None:
    """Return the host whose programme a scope is about, None for another scope."""
    programme_id = programme_of(scope)
    return db.session.get_one(Programme, programme_id).host_id if programme_id else None


def application_within(person_id: int, scope: str) -> Application | None:
    """Return what somebody has or may get within a scope, to be shown."""
    programme_id = programme_of(scope)
    if programme_id is None:
        return None
    theirs = (Application.person_id == person_id, Application.programme_id == programme_id)
    whole = joinedload(Application.side).joinedload(Side.programme).joinedload(Programme.host)
    return db.session.scalar(select(Application).where(*theirs, Application.state.in_(OPEN)).options(whole))


def applications_to_call(principal: Principal) -> Select[Application]:
    """Return the applications whose guardians somebody may call: of the host's programmes, and of own pupils."""
    run = applications_run_by(principal).with_only_columns(Application.id)
    own = applications_of_schools(principal).with_only_columns(Application.id)
    theirs = or_(Application.id.in_(run), Application.id.in_(own))
    return select(Application).where(theirs, Application.state.in_(UNANSWERED)).options(joinedload(Application.person))
