"""A minor has signed up without a grown-up, and the school knows a guardian's number: the link goes there as a text
message, once a day at most, and never in the quiet hours (DOMAIN rules 1 and 8). Without a channel nothing happens."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, exists, or_, select

from app.care.consents.asking import ask_by_text, code_of
from app.care.consents.models import GuardianAsk, GuardianLink
from app.core.db import db
from app.core.jobs import enqueue
from app.core.languages import CHINESE
from app.core.links import public_url
from app.events.models import Registration, RegistrationState
from app.messages.channels.carrier import Letter
from app.people.consents.guardians import guardians_of, is_on_roster
from app.people.consents.models import Guardian, GuardianContact, GuardianSource
from app.people.models import ActsFor, Relation

SEND_LINK = "care.guardian_link"
KIND = "guardian_link"  # of the letter: what an approved template is for
_PAUSE = timedelta(days=1)
_AT_ONCE = 100


def whom_to_text(at: datetime) -> Sequence[int]:
    """Return the places that wait for a guardian with a number, whom nobody has told: the minor signed up alone, and no
    parent's account reads its messages. Soonest to lapse first."""
    waits = (Registration.state == RegistrationState.HELD, Registration.held_until > at)
    found = select(Registration.id).where(*waits, *signed_up_alone(), has_number(), ~_was_told(at))
    return db.session.scalars(found.order_by(Registration.held_until).limit(_AT_ONCE)).all()


def text_guardian(registration_id: int, *, at: datetime) -> None:
    """Have the link sent to a guardian's phone; whoever was answered for meanwhile is left alone."""
    one = db.session.get_one(Registration, registration_id)
    guardian = next(filter(is_on_roster, guardians_of(one.person_id)), None)
    if guardian is None or one.state is not RegistrationState.HELD or one.is_agreed:
        return
    link = ask_by_text(registration_id, guardian, at=at)
    enqueue(SEND_LINK, {"link": link.id}, at=at)


def letter_with(link: GuardianLink, at: datetime) -> Letter | None:
    """Return what goes out, None where nothing is asked any more. The subject has nobody's name: it may be logged."""
    ask = next(iter(link.asks), None)
    guardian = ask.guardian if ask else None
    if guardian is None or not is_on_roster(guardian) or guardian.contact is None or not link.is_open(at):
        return None
    address = public_url("guardians.page", guardian_link=code_of(link))
    with force_locale(CHINESE):
        subject = _("Your child has signed up and needs your answer")
        body = _(
            "Your child has signed up for something and needs your answer. One minute, no account: %(link)s",
            link=address,
        )
    return Letter(
        key=f"guardian-link-{link.id}",
        address=guardian.contact.phone or "",
        name=guardian.contact.name,
        kind=KIND,
        language=CHINESE,
        subject=subject,
        body=body,
        link=address,
        tail=code_of(link),
    )


def signed_up_alone() -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a minor signed up without a grown-up, and no parent's account reads its messages."""
    return Registration.series_of_id.is_(None), _acts(Relation.ONESELF, by_whom=True), ~_acts(Relation.CHILD)


def has_number() -> ColumnElement[bool]:
    """Return the condition that a school knows the number of somebody who stands beside the minor."""
    return exists().where(
        Guardian.person_id == Registration.person_id,
        Guardian.source == GuardianSource.ROSTER,
        Guardian.removed_at.is_(None),
        GuardianContact.guardian_id == Guardian.id,
        GuardianContact.phone.is_not(None),
    )


def _acts(relation: Relation, *, by_whom: bool = False) -> ColumnElement[bool]:
    theirs = [ActsFor.person_id == Registration.person_id, ActsFor.relation == relation]
    if by_whom:
        theirs.append(ActsFor.user_id == Registration.registered_by_id)
    return exists().where(*theirs)


def _was_told(at: datetime) -> ColumnElement[bool]:
    return exists().where(
        GuardianAsk.person_id == Registration.person_id,
        GuardianLink.id == GuardianAsk.link_id,
        GuardianLink.made_by_id.is_(None),
        ~GuardianLink.is_page,
        or_(GuardianAsk.asked_at >= Registration.registered_at, GuardianAsk.asked_at > at - _PAUSE),
    )
