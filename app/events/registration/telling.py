"""Telling those who have a place: what it is, what changed, what was called off."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.db import db
from app.events.dates.series_facts import series_facts
from app.events.models import OPEN, Event, Offer, Registration, RegistrationState, Slot
from app.events.registration.wishes import Wish
from app.messages.letters import only_while
from app.messages.models import Message, MessageKind
from app.messages.sending import News, Reader, tell, tell_all
from app.messages.settling import tell_latest

_KIND_OF_STATE = {
    RegistrationState.CONFIRMED: MessageKind.REGISTERED,
    RegistrationState.HELD: MessageKind.CONSENT_ASKED,
    RegistrationState.WAITING: MessageKind.WAITING,
    RegistrationState.APPLIED: MessageKind.APPLIED,
}


def tell_place(wish: Wish, registration: Registration, *, at: datetime, is_last: bool) -> None:
    """Tell whoever has just signed up what came of it: a place, of a child's what is still missing; or a stand in line.
    One statement: everybody signs up at the same second."""
    _tell(_KIND_OF_STATE[registration.state], wish, registration, at=at, is_last=is_last)


def tell_line(wish: Wish, registration: Registration, *, at: datetime, is_last: bool) -> None:
    """Tell whoever is about to stand in line so."""
    _tell(MessageKind.WAITING, wish, registration, at=at, is_last=is_last)


def _tell(kind: MessageKind, wish: Wish, registration: Registration, *, at: datetime, is_last: bool) -> None:
    facts = {
        "event": wish.event_title,
        "slot": wish.slot_title,
        "starts_at": wish.starts_at.isoformat(),
        "ends_at": wish.ends_at.isoformat(),
        "place": wish.slot_place or wish.event_place,
        "contact": wish.contact,
        **(series_facts(wish.slot_id) if wish.leads else {}),
    }
    news = News(kind, wish.host_id, facts, wish.event_id)
    tell(news, Reader(registration.person_id, registration.id), at=at, is_last=is_last)


def tell_state(slot: Slot, members: Iterable[Registration], *, at: datetime) -> None:
    """Tell people of a slot what their registration is worth now: a place, a held one, a stand in line."""
    event, facts = slot.event, place_facts(slot)
    kinds: dict[MessageKind, list[Reader]] = {}
    for one in members:
        kinds.setdefault(_KIND_OF_STATE[one.state], []).append(Reader(one.person_id, one.id, facts))
    for kind, readers in kinds.items():
        tell_all(News(kind, event.host_id, _facts(event), event.id), readers, at=at)


def tell_offer(slot: Slot, members: Iterable[Registration], offer: Offer, *, at: datetime) -> None:
    """Tell those of a party that it is their turn, and until when they may say so."""
    event, place = slot.event, place_facts(slot)
    readers = [Reader(one.person_id, one.id, place) for one in members]
    facts = {**_facts(event), "until": offer.lapses_at.isoformat()}
    tell_all(News(MessageKind.OFFER, event.host_id, facts, event.id), readers, at=at)


@only_while(MessageKind.WAITING)
def still_waits(message: Message, _at: datetime) -> bool:
    """Return whether somebody still stands in line."""
    registration = db.session.get(Registration, message.registration_id)
    return registration is None or registration.state is RegistrationState.WAITING


@only_while(MessageKind.OFFER)
def is_still_offered(message: Message, at: datetime) -> bool:
    """Return whether an offer can still be answered."""
    registration = db.session.get(Registration, message.registration_id)
    if registration is None or registration.offer is None:
        return registration is None
    return registration.state is RegistrationState.OFFERED and at < registration.offer.lapses_at


@only_while(MessageKind.REGISTERED, MessageKind.CONSENT_ASKED)
def has_the_place(message: Message, _at: datetime) -> bool:
    """Return whether the place that a message is about is still held, in what was not called off."""
    registration = db.session.get(Registration, message.registration_id)
    return registration is None or (registration.is_active and not registration.slot.event.is_cancelled)


@only_while(MessageKind.REMINDER, MessageKind.SOON)
def is_still_to_come(message: Message, at: datetime) -> bool:
    """Return whether somebody is still to come when a reminder says so."""
    registration = db.session.get(Registration, message.registration_id)
    if registration is None:
        return True
    said, begins = datetime.fromisoformat(message.facts["starts_at"]), registration.slot.starts_at
    return has_the_place(message, at) and said == begins > at


def tell_everybody(kind: MessageKind, event: Event, *, at: datetime, is_urgent: bool = False, **facts: Any) -> None:
    """Tell all who have a place in what is not over."""
    readers = [
        Reader(one.person_id, one.id, slot_facts(event, slot)) for slot in event.slots for one in _guests(slot, at)
    ]
    tell_all(News(kind, event.host_id, {**_facts(event), **facts}, event.id, is_urgent=is_urgent), readers, at=at)


def how_many_to_tell(event: Event, *, at: datetime) -> int:
    """Return how many people `tell_everybody` would tell."""
    return len({one.person_id for slot in event.slots for one in _guests(slot, at)})


def tell_change(event: Event, was: dict[int, dict[str, Any]], reason: str = "", *, at: datetime) -> None:
    """Tell all with a place in a slot whose time or place is another one now; ``was`` are the facts of the slots
    before, by their ids, see `plans_of`. Nobody is told of a draft or of what was called off."""
    readers = []
    for slot in _told_about(event):
        now, before = slot_facts(event, slot), was.get(slot.id, {})
        if any(value != now[name] for name, value in before.items()):
            facts = {**now, **{f"old_{name}": value for name, value in before.items()}}
            readers += [Reader(one.person_id, one.id, facts) for one in _guests(slot, at)]
    if readers:
        facts = {**_facts(event), "reason": reason}
        tell_latest(News(MessageKind.CHANGED, event.host_id, facts, event.id), readers, at=at)


def tell_rain(event: Event, rain_plan: str, was: str, *, at: datetime) -> None:
    """Tell all with a place what holds in the rain; "" is that everything is as planned."""
    facts = {**_facts(event), "rain_plan": rain_plan, "old_rain_plan": was}
    readers = [
        Reader(one.person_id, one.id, slot_facts(event, slot))
        for slot in _told_about(event)
        for one in _guests(slot, at)
    ]
    tell_latest(News(MessageKind.RAIN_PLAN, event.host_id, facts, event.id), readers, at=at)


def plans_of(event: Event, slots: Collection[Slot] | None = None) -> dict[int, dict[str, Any]]:
    """Return when and where the slots of an event are, before they are changed."""
    told = ("starts_at", "ends_at", "place")
    return {
        slot.id: {name: value for name, value in slot_facts(event, slot).items() if name in told}
        for slot in (event.slots if slots is None else slots)
    }


def slot_facts(event: Event, slot: Slot) -> dict[str, str]:
    """Return what a message says of a slot."""
    return {
        "slot": slot.title,
        "starts_at": slot.starts_at.isoformat(),
        "ends_at": slot.ends_at.isoformat(),
        "place": slot.place or event.place,
    }


def place_facts(slot: Slot) -> dict[str, Any]:
    """Return what a message says of a place in a slot: of one that leads a series, all dates."""
    return {**slot_facts(slot.event, slot), **(series_facts(slot.id) if slot.leads else {})}


def _told_about(event: Event) -> list[Slot]:
    return list(event.slots) if event.is_published and not event.is_cancelled else []


def _facts(event: Event) -> dict[str, str]:
    return {"event": event.title, "contact": event.contact}


def _guests(slot: Slot, at: datetime) -> list[Any]:
    """Return the places that count, unless it is over."""
    if slot.ends_at <= at:
        return []
    theirs = select(Registration.id, Registration.person_id)
    return list(db.session.execute(theirs.where(Registration.slot_id == slot.id, Registration.state.in_(OPEN))))
