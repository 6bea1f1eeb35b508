"""What the demo county's people were told: the messages that come by themselves, entered in bulk among those that
operations sent, and most of them read."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import delete, insert, select

from app.checkin.models import Attendance
from app.core.db import db, table_of
from app.events.models import Registration, RegistrationState
from app.events.queries import with_event
from app.events.registration.telling import slot_facts
from app.messages.models import Message, MessageKind
from app.messages.plans import Plan

_PLAN, _READ, _LATELY = Plan(), 0.93, timedelta(days=4)
_MESSAGE = table_of(Message)
_FIRST = (MessageKind.REGISTERED, MessageKind.CONSENT_ASKED)
_LATER = (  # than the first word to somebody who signed up
    MessageKind.ANNOUNCEMENT,
    MessageKind.CANCELLED,
    MessageKind.CERTIFICATE,
    MessageKind.CERTIFICATE_VOID,
    MessageKind.CHANGED,
    MessageKind.RAIN_PLAN,
    MessageKind.RESUMED,
    MessageKind.DISPUTE_ANSWERED,
    MessageKind.NO_SHOW,
)


def write_letters(random: Random, at: datetime) -> None:
    """Tell everybody what the program would have told them by now, and let most of it be read.

    Messages are put in the order of their moments, for that is the order of an inbox.
    """
    sent = [dict(row) for row in db.session.execute(select(_MESSAGE)).mappings()]
    known = {(letter["registration_id"], letter["sent_at"]) for letter in sent if letter["kind"] not in _LATER}
    told = [
        letter
        for place in _places()
        for letter in _letters(place, at)
        if (place[0].id, place[0].registered_at) not in known
        or letter["kind"] not in _FIRST  # else operations told them
    ]
    letters = sorted([*sent, *told], key=lambda letter: (letter["sent_at"], letter["person_id"], letter["kind"]))
    for number, letter in enumerate(letters, 1):
        letter |= {"id": number, "read_at": letter.get("read_at") or _read_at(random, letter["sent_at"], at)}
    db.session.execute(delete(Message))
    db.session.connection().execute(insert(_MESSAGE), letters)


def _places() -> list[tuple[Registration, bool]]:
    came = set(db.session.scalars(select(Attendance.registration_id)))
    places = db.session.scalars(with_event(select(Registration)).order_by(Registration.id))
    return [(registration, registration.id in came) for registration in places]


def _letters(place: tuple[Registration, bool], at: datetime) -> Iterator[dict[str, Any]]:
    registration, came = place
    slot, is_confirmed = registration.slot, registration.state is RegistrationState.CONFIRMED
    is_asked = registration.state is RegistrationState.HELD or registration.consent_id is not None
    first = MessageKind.CONSENT_ASKED if is_asked else MessageKind.REGISTERED
    yield _letter(registration, first, registration.registered_at)
    if slot.event.is_cancelled or not is_confirmed:
        return
    for kind, before in (
        (MessageKind.REMINDER, timedelta(days=_PLAN.days_before)),
        (MessageKind.SOON, timedelta(hours=_PLAN.hours_before)),
    ):
        moment = slot.starts_at - before
        if registration.registered_at < moment <= at:
            yield _letter(registration, kind, moment, once=f"{kind}:{registration.id}:{slot.starts_at.isoformat()}")
    if came and slot.ends_at <= at:
        yield _letter(registration, MessageKind.THANKS, slot.ends_at, once=f"{MessageKind.THANKS}:{registration.id}")


def _letter(registration: Registration, kind: MessageKind, moment: datetime, once: str | None = None) -> dict[str, Any]:
    slot = registration.slot
    event = slot.event
    return {
        "person_id": registration.person_id,
        "kind": kind,
        "organisation_id": event.host_id,
        "template_id": None,
        "facts": {"event": event.title, "contact": event.contact, **slot_facts(event, slot)},
        "event_id": event.id,
        "registration_id": registration.id,
        "announcement_id": None,
        "is_urgent": False,
        "once": once,
        "sent_at": moment,
        "told_at": None,
        "told_by_id": None,
    }


def _read_at(random: Random, sent_at: datetime, at: datetime) -> datetime | None:
    """Return when it was read, if it was: hardly anything of long ago lies there unread, much of the last days does."""
    chance, waited = random.random(), timedelta(minutes=random.randint(2, 1500))
    is_read = chance < (0.35 if at - sent_at < _LATELY else _READ)
    return sent_at + waited if is_read and sent_at + waited < at else None
