"""Telling whoever acts for a minor what a guardian's answer made of the place."""

from collections.abc import Iterable
from datetime import datetime

from app.core.db import db
from app.events.models import Registration, RegistrationState
from app.events.registration.telling import slot_facts
from app.messages.letters import only_while
from app.messages.models import Message, MessageKind
from app.messages.sending import News, Reader, tell


def tell_given(confirmed: Iterable[Registration], *, at: datetime) -> None:
    """Tell that a guardian has agreed and the place counts."""
    _tell(MessageKind.CONSENT_GIVEN, confirmed, at=at)


def tell_withdrawn(ended: Iterable[Registration], *, at: datetime) -> None:
    """Tell that a guardian has said no and the place was given back; of a series once."""
    _tell(MessageKind.CONSENT_WITHDRAWN, [one for one in ended if not one.slot.follows], at=at)


@only_while(MessageKind.CONSENT_GIVEN)
def is_confirmed(message: Message, _at: datetime) -> bool:
    """Return whether a place still is what a message says."""
    registration = _of(message)
    return registration is None or registration.state is RegistrationState.CONFIRMED


@only_while(MessageKind.CONSENT_WITHDRAWN)
def has_no_place(message: Message, _at: datetime) -> bool:
    """Return whether somebody still is without the place."""
    registration = _of(message)
    return registration is None or not registration.is_open


def _of(message: Message) -> Registration | None:
    return db.session.get(Registration, message.registration_id)


def _tell(kind: MessageKind, people: Iterable[Registration], *, at: datetime) -> None:
    for one in people:
        event = one.slot.event
        facts = {"event": event.title, "contact": event.contact, **slot_facts(event, one.slot)}
        tell(News(kind, event.host_id, facts, event.id), Reader(one.person_id, one.id), at=at)
