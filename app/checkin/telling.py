"""Telling people what staff put right about their attendance, and sending an entry code once more."""

from datetime import datetime

from app.checkin.problems import NoCodeNeeded
from app.core.db import db
from app.events.models import Registration, RegistrationState
from app.events.registration.telling import slot_facts
from app.messages.models import MessageKind
from app.messages.sending import News, Reader, tell_all
from app.messages.settling import tell_latest

_AGAIN_AFTER = 10  # minutes, until a code can be sent once more


def tell_correction(
    registration_id: int, arrived_at: datetime | None, was: datetime | None, reason: str, *, at: datetime
) -> None:
    """Tell somebody what the attendance says now."""
    registration = db.session.get_one(Registration, registration_id)
    said = {"arrived_at": _said(arrived_at), "old_arrived_at": _said(was), "reason": reason}
    tell_latest(_news(MessageKind.DISPUTE_ANSWERED, registration), [_reader(registration, said)], at=at)


def send_code(registration_id: int, *, at: datetime) -> bool:
    """Send somebody the entry code once more; returns whether it was not sent a moment ago. Raises `NoCodeNeeded`."""
    registration = db.session.get_one(Registration, registration_id)
    if not has_a_code(registration, at):
        raise NoCodeNeeded
    turn = int(at.timestamp()) // 60 // _AGAIN_AFTER
    reader = _reader(registration, {}, once=f"{MessageKind.CODE}:{registration_id}:{turn}")
    return tell_all(_news(MessageKind.CODE, registration), [reader], at=at) == 1


def has_a_code(registration: Registration, at: datetime) -> bool:
    """Return whether the code of a place opens the door, now or later."""
    slot = registration.slot
    is_on = not slot.event.is_cancelled and at < slot.ends_at
    return is_on and registration.state is RegistrationState.CONFIRMED


def _news(kind: MessageKind, registration: Registration) -> News:
    event = registration.slot.event
    facts = {"event": event.title, "contact": event.contact, **slot_facts(event, registration.slot)}
    return News(kind, event.host_id, facts, event.id)


def _reader(registration: Registration, facts: dict[str, str | None], once: str | None = None) -> Reader:
    return Reader(registration.person_id, registration.id, facts, once)


def _said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
