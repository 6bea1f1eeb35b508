"""What a guardian's answer has to be before somebody takes part in a programme (DOMAIN rules 1 and 2)."""

from sqlalchemy import select

from app.core.db import db
from app.people.ages import adult_on
from app.people.consents.models import ConsentInForce
from app.people.consents.scopes import programme_scope
from app.programmes.models import Application, Programme

# What was agreed to is all that a programme is now, which may go further than it did then. The database is asked, for
# that may have been a moment ago.
HOLDS = Programme.widened_at.is_(None) | (ConsentInForce.since > Programme.widened_at)


def is_minor(one: Application) -> bool:
    """Return whether somebody was under 18 on the day of applying."""
    return one.applied_on < adult_on(one.fourteen_on)


def needs_proof(one: Application, programme: Programme) -> bool:
    """Return whether only a proven answer counts: under 14, for nights away, and out of the county."""
    return is_minor(one) and (one.applied_on < one.fourteen_on or programme.needs_proof)


def is_enough(one: Application, programme: Programme, consent: ConsentInForce | None) -> bool:
    """Return whether somebody may take part with what a guardian agreed to."""
    if not is_minor(one):
        return True
    return consent is not None and (consent.is_proven or not needs_proof(one, programme))


def holds(consent: ConsentInForce, programme: Programme) -> bool:
    """Return the same of a consent and a programme as they were read."""
    return programme.widened_at is None or consent.since > programme.widened_at


def in_force(one: Application) -> ConsentInForce | None:
    """Return what a guardian agreed to for this programme as it is now, locked; nothing for somebody of age."""
    if not is_minor(one):
        return None
    theirs = (ConsentInForce.person_id == one.person_id, ConsentInForce.scope == programme_scope(one.programme_id))
    found = select(ConsentInForce).join(Programme, Programme.id == one.programme_id).where(*theirs, HOLDS)
    return db.session.scalar(found.with_for_update(of=ConsentInForce))


def lean(one: Application, consent: ConsentInForce | None) -> None:
    """Let a place lean on a consent in force, or on none: then it may be taken back freely."""
    one.consent_id = consent.id if consent else None
    one.consent_scope = consent.scope if consent else None
    one.consent_proven = consent.is_proven if consent else None
