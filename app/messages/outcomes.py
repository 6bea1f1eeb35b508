"""What came of deliveries, written down by the job that has them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from app.core.clock import now
from app.core.db import db, table_of
from app.core.jobs import ATTEMPTS
from app.messages.channels.carrier import Undelivered
from app.messages.models import Delivery, DeliveryState
from app.messages.troubles import Trouble, trouble_kept

_DELIVERY = table_of(Delivery)
_TAKEN_UP_AGAIN = {trouble_kept(Trouble.STOPPED), trouble_kept(Trouble.OURS)}


@dataclass(frozen=True)
class Outcome:
    """What came of one delivery."""

    delivery_id: int
    state: DeliveryState
    error: str = ""
    provider_id: str = ""


def failed(delivery_id: int, trouble: Trouble) -> Outcome:
    """Return the outcome of what must not go out."""
    return Outcome(delivery_id, DeliveryState.FAILED, trouble_kept(trouble))


def take_up(job_id: int, delivery_ids: Sequence[int]) -> list[int]:
    """Return the deliveries that are still to be sent; those that an attempt before had begun with are parked.
    What rested because a person had stopped the job, or gave up with it, goes on: a person wants it again."""
    mine = select(Delivery).where(Delivery.id.in_(delivery_ids), Delivery.job_id == job_id).with_for_update()
    left = []
    for delivery in db.session.scalars(mine.order_by(Delivery.id)):
        if delivery.state is DeliveryState.SENDING:
            delivery.state = uncertain(delivery)
            delivery.error = trouble_kept(Trouble.UNKNOWN)
        elif delivery.state is DeliveryState.WAITING:
            left.append(delivery.id)
        elif delivery.state is DeliveryState.FAILED and delivery.error in _TAKEN_UP_AGAIN:
            delivery.state, delivery.error, delivery.attempts = DeliveryState.WAITING, "", 0
            left.append(delivery.id)
    return left


def note_and_begin(outcomes: Sequence[Outcome], next_id: int, job_id: int) -> bool:
    """Write down what came of those before, and that the next one is being sent; False when it must not be any more."""
    note(outcomes)
    own = (Delivery.id == next_id, Delivery.job_id == job_id, Delivery.state == DeliveryState.WAITING)
    begun = update(Delivery).where(*own).values(state=DeliveryState.SENDING, attempts=Delivery.attempts + 1, error="")
    return bool(db.session.connection().execute(begun).rowcount)


def note(outcomes: Sequence[Outcome]) -> None:
    """Write down what came of deliveries; one that was tried five times in vain has failed."""
    for outcome in outcomes:
        if outcome.state is DeliveryState.SENT:
            _note_sent(outcome)
            continue
        delivery = db.session.get_one(Delivery, outcome.delivery_id, with_for_update=True)
        delivery.state, delivery.error = outcome.state, outcome.error
        delivery.provider_id = outcome.provider_id or delivery.provider_id
        if outcome.state is DeliveryState.PARKED:
            delivery.state = uncertain(delivery)
        elif outcome.state is DeliveryState.WAITING and delivery.attempts >= ATTEMPTS:
            delivery.state = DeliveryState.FAILED


def _note_sent(outcome: Outcome) -> None:
    """Without a record: thousands go out in a row, and on SQLite nobody else can write meanwhile."""
    told = {"provider_id": outcome.provider_id} if outcome.provider_id else {}
    sent = {"state": DeliveryState.SENT, "error": outcome.error, "sent_at": now()} | told
    db.session.connection().execute(update(_DELIVERY).where(_DELIVERY.c.id == outcome.delivery_id).values(sent))


def count_in_vain(waiting: list[Delivery], away: Undelivered, counted: set[int]) -> list[Delivery]:
    """Count an attempt for all that the channel did not even hear of; returns those that may still be tried."""
    for delivery in waiting:
        if delivery.id not in counted:
            delivery.attempts += 1
            delivery.error = trouble_kept(Trouble.AWAY, away.detail)
        if delivery.attempts >= ATTEMPTS:
            delivery.state = DeliveryState.FAILED
    return [delivery for delivery in waiting if delivery.state is DeliveryState.WAITING]


def uncertain(delivery: Delivery) -> DeliveryState:
    """Return the state of what may have gone out: a code is simply asked for again."""
    return DeliveryState.PARKED if delivery.message_id else DeliveryState.FAILED
