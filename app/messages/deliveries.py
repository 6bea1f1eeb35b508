"""Deliveries that need somebody: what failed is tried again, what is parked is looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, text
from sqlalchemy.orm import contains_eager, joinedload

from app.core.access import Principal, Role
from app.core.db import db
from app.core.jobs import Job
from app.messages.delivering import SEND, SEND_MANY, post
from app.messages.letters import contact_of
from app.messages.models import Delivery, DeliveryState, Message
from app.messages.problems import NotToBeSentAgain
from app.messages.troubles import Trouble

TROUBLED = (DeliveryState.FAILED, DeliveryState.PARKED)
PAGE = 50
_IS_TROUBLE = Delivery.state.in_(TROUBLED) & Delivery.error.not_like(f"{Trouble.OUT_OF_DATE}|%")  # nobody misses that
_AS_INDEXED = text("deliveries.state IN ('failed', 'parked')")  # SQLite takes the index only when told so in its words


def send_again(delivery_id: int, *, at: datetime) -> None:
    """Send a delivery once more because a person says so, with all its attempts. Raises `NotToBeSentAgain` when it is
    not in trouble (any more), or when its address is not used any more."""
    delivery = db.session.get_one(Delivery, delivery_id, with_for_update=True)
    contact = contact_of(delivery)
    if delivery.state not in TROUBLED or delivery.message is None or contact is None or not contact.is_on:
        raise NotToBeSentAgain
    delivery.state, delivery.attempts, delivery.error = DeliveryState.WAITING, 0, ""
    db.session.flush()
    post(delivery.channel, [delivery.id], is_urgent=delivery.message.is_urgent, at=at)


def note_sent(delivery_id: int, *, at: datetime) -> None:
    """Write down that a parked delivery did go out, as somebody found; a second time nothing happens."""
    delivery = db.session.get_one(Delivery, delivery_id, with_for_update=True)
    if delivery.state is DeliveryState.PARKED:
        delivery.state, delivery.sent_at, delivery.error = DeliveryState.SENT, at, ""


@dataclass(frozen=True)
class Tally:
    """How the letters of one sending job stand. It is given back between its rounds, so the attempts are theirs."""

    attempts: int
    sent: int
    waiting: int
    troubled: int


def tallies(jobs: Iterable[Job]) -> dict[int, Tally]:
    """Return how the letters stand of those jobs that send some, by the job's number."""
    ids = [one.id for one in jobs if one.kind in (SEND, SEND_MANY)]
    sent, troubled = Delivery.state == DeliveryState.SENT, Delivery.state.in_(TROUBLED)
    numbers = (func.count().filter(sent), func.count().filter(~sent & ~troubled), func.count().filter(troubled))
    counted = select(Delivery.job_id, func.max(Delivery.attempts), *numbers).where(Delivery.job_id.in_(ids))
    rows = db.session.execute(counted.group_by(Delivery.job_id)).all() if ids else ()
    return {number: Tally(*told) for number, *told in rows if number}


def parked(after: int | None) -> tuple[list[Delivery], int | None]:
    """Return a page of what nobody can know, the latest first, and the id after which the next page starts."""
    found = deliveries_parked()
    if after:
        found = found.where(Delivery.id < after)
    whole = joinedload(Delivery.message).joinedload(Message.organisation)
    rows = list(
        db.session.scalars(found.options(whole, joinedload(Delivery.user)).order_by(Delivery.id.desc()).limit(PAGE + 1))
    )
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def deliveries_parked() -> Select[Delivery]:
    """Return what nobody can know whether it arrived."""
    return select(Delivery).where(_AS_INDEXED, Delivery.state == DeliveryState.PARKED)


def deliveries_run_by(principal: Principal) -> Select[Delivery]:
    """Return the deliveries of what the hosts tell that somebody works for."""
    own = Message.organisation_id.in_(principal.units(Role.STAFF))
    return select(Delivery).join(Delivery.message).where(own).options(contains_eager(Delivery.message))


def not_arrived() -> ColumnElement[bool]:
    """Return the condition, over deliveries joined with their messages, that something did not arrive, in no way: it
    was not read in the inbox, nobody was told in person, and no other address has it."""
    other = select(Delivery.id).where(Delivery.message_id == Message.id, Delivery.state == DeliveryState.SENT)
    is_unheard = Message.read_at.is_(None) & Message.told_at.is_(None) & ~other.correlate(Message).exists()
    return _IS_TROUBLE & is_unheard


def troubles_with(person_id: int, event_id: int) -> list[Delivery]:
    """Return what a person was told about an event and did not get, the latest first."""
    own = select(Delivery).join(Delivery.message).where(Message.person_id == person_id, Message.event_id == event_id)
    found = own.where(_IS_TROUBLE).options(contains_eager(Delivery.message))
    return list(db.session.scalars(found.order_by(Delivery.id.desc()).limit(5)))
