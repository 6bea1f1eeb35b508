"""Telling people what staff decided about their sign-up, and putting right what should not have been told."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import delete, exists, select

from app.core.db import db
from app.events.models import OVER, Event, Registration, RegistrationState, Slot
from app.events.registration.telling import place_facts, slot_facts
from app.messages.letters import only_while
from app.messages.models import Delivery, Message, MessageKind
from app.messages.sending import News, Reader, tell_all
from app.messages.settling import tell_latest

_KINDS = {
    RegistrationState.CONFIRMED: MessageKind.REGISTERED,
    RegistrationState.HELD: MessageKind.CONSENT_ASKED,
    RegistrationState.WAITING: MessageKind.WAITING,
    RegistrationState.REFUSED: MessageKind.REFUSED,
    RegistrationState.CANCELLED: MessageKind.PLACE_CANCELLED,
}


def tell_decided(event: Event, people: Iterable[Registration], reason: str = "", *, at: datetime) -> None:
    """Tell people what their sign-up is now, and the reason if there is one."""
    slots = {slot.id: slot for slot in event.slots}
    facts = {**_facts(event), "reason": reason}
    for kind, group in groupby(sorted(people, key=_kind), key=_kind):
        readers = [_reader(one, slots[one.slot_id]) for one in group]
        tell_all(News(kind, event.host_id, facts, event.id), readers, at=at)


def tell_moved(event: Event, people: Iterable[Registration], was: Mapping[int, int], *, at: datetime) -> None:
    """Tell people that they are in another slot now; ``was`` is the slot before by registration. Back to where they
    were a moment ago, whoever has not read it is not told at all."""
    slots = {slot.id: slot for slot in event.slots}
    readers = []
    for one in people:
        before = {f"old_{name}": value for name, value in slot_facts(event, slots[was[one.id]]).items()}
        readers.append(Reader(one.person_id, one.id, {**place_facts(slots[one.slot_id]), **before}))
    tell_latest(News(MessageKind.CHANGED, event.host_id, {**_facts(event), "reason": ""}, event.id), readers, at=at)


def withdraw(event_id: int, registration_ids: Iterable[int], *, told_at: datetime) -> set[int]:
    """Take back what was told at a moment to people who have not read it and whom nothing has left the house for.

    Returns the registrations of those who know it already.
    """
    told = select(Message).where(
        Message.event_id == event_id,
        Message.kind.in_((*_KINDS.values(), MessageKind.OFFER)),
        Message.registration_id.in_(list(registration_ids)),
        Message.sent_at == told_at,
    )
    has_left = exists().where(Delivery.message_id == Message.id)
    secret = told.where(Message.read_at.is_(None), Message.told_at.is_(None), ~has_left)
    ids = [message.id for message in db.session.scalars(secret.with_for_update(of=Message))]
    db.session.execute(delete(Message).where(Message.id.in_(ids)))
    return {number for number in db.session.scalars(told.with_only_columns(Message.registration_id)) if number}


def put_right(event: Event, people: Sequence[Registration], *, at: datetime) -> None:
    """Tell people that an earlier message was a mistake, and what holds."""
    slots = {slot.id: slot for slot in event.slots}
    readers = [_reader(one, slots[one.slot_id], standing=one.state) for one in people]
    tell_all(News(MessageKind.PUT_RIGHT, event.host_id, _facts(event), event.id), readers, at=at)


@only_while(MessageKind.REFUSED, MessageKind.PLACE_CANCELLED)
def is_over_still(message: Message, _at: datetime) -> bool:
    """Return whether somebody still has no place when a message says so."""
    registration = db.session.get(Registration, message.registration_id)
    return registration is None or registration.state in OVER


def _reader(one: Registration, slot: Slot, **facts: str) -> Reader:
    return Reader(one.person_id, one.id, {**place_facts(slot), **facts})


def _facts(event: Event) -> dict[str, str]:
    return {"event": event.title, "contact": event.contact}


def _kind(one: Registration) -> MessageKind:
    return _KINDS[one.state]
