"""Where a host asks nobody from 14 on, the guardian is told all the same (DOMAIN rule 1): by a text message to the
number of the school's roster, with the address of what the minor takes part in; no name, and nothing to answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from app.care.consents.texting import has_number, signed_up_alone
from app.core.changes import Change, note_change
from app.core.clock import local_day
from app.core.db import db
from app.core.jobs import enqueue
from app.core.languages import CHINESE
from app.core.links import public_url
from app.events.models import Event, Registration, RegistrationState, SignUpRules, Slot
from app.events.registration.consenting import is_untold
from app.messages.channels.carrier import Letter
from app.people.consents.guardians import guardians_of, is_on_roster
from app.people.consents.models import Guardian

SEND_NEWS = "care.guardian_news"
KIND = "guardian_told"  # of the letter: what an approved template is for; and the word in the change log
_PAUSE = timedelta(days=1)
_AT_ONCE = 500
_YOUNG = timedelta(days=5 * 366)  # since the fourteenth birthday: whoever is of age for long need not be looked at


def whom_to_inform(at: datetime) -> Sequence[int]:
    """Return the places to come that no guardian had to agree to, whose guardian has a number and nobody has told;
    of a minor one a day."""
    asks_nobody = select(SignUpRules.organisation_id).where(~SignUpRules.asks_guardians)
    is_young = Registration.fourteen_on > local_day(at) - _YOUNG
    theirs = (Registration.state == RegistrationState.CONFIRMED, Registration.consent_id.is_(None), is_young)
    found = (
        select(Registration)
        .join(Registration.slot)
        .join(Slot.event)
        .where(Event.host_id.in_(asks_nobody), Event.cancelled_at.is_(None), Slot.starts_at > at, *theirs)
        .where(*signed_up_alone(), has_number(), ~_was_told(), ~_was_told_lately(at))
        .order_by(Slot.starts_at.desc(), Registration.id.desc())
        .limit(_AT_ONCE)
    )
    return list({one.person_id: one.id for one in db.session.scalars(found) if is_untold(one)}.values())


def inform_guardian(registration_id: int, *, at: datetime) -> None:
    """Have the guardian on the roster told; whoever's place is gone meanwhile is left alone."""
    one = db.session.get_one(Registration, registration_id)
    guardian = next(filter(is_on_roster, guardians_of(one.person_id)), None)
    if guardian is None or not is_untold(one):
        return
    note_change("registration", registration_id, KIND, by=None, at=at)
    enqueue(SEND_NEWS, {"registration": registration_id, "guardian": guardian.id}, at=at)


def news_for(registration_id: int, guardian_id: int) -> Letter | None:
    """Return what goes out, None where there is nothing to tell any more."""
    one, guardian = db.session.get(Registration, registration_id), db.session.get(Guardian, guardian_id)
    if one is None or guardian is None or guardian.contact is None or not (is_untold(one) and is_on_roster(guardian)):
        return None
    address = public_url("events.show", event_id=one.slot.event_id)
    with force_locale(CHINESE):
        subject = _("Your child takes part in an event")
        body = _("Your child takes part in an event. You do not have to answer. What it is: %(link)s", link=address)
    return Letter(
        key=f"guardian-news-{registration_id}",
        address=guardian.contact.phone or "",
        name=guardian.contact.name,
        kind=KIND,
        language=CHINESE,
        subject=subject,
        body=body,
        link=address,
        tail=str(one.slot.event_id),
    )


def _was_told() -> ColumnElement[bool]:
    return exists().where(*_told(), Change.record_id == Registration.id)


def _was_told_lately(at: datetime) -> ColumnElement[bool]:
    other = aliased(Registration)
    same = (other.person_id == Registration.person_id, Change.record_id == other.id)
    return exists().where(*_told(), *same, Change.at > at - _PAUSE)


def _told() -> tuple[ColumnElement[bool], ...]:
    return Change.record == "registration", Change.what == KIND
