"""Who gets a message by which channel: written down first, in one transaction with the work of sending it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from app.core.clock import now
from app.core.db import db, table_of
from app.core.jobs import Urgency, enqueue
from app.core.working import Work
from app.messages.channels.switchboard import carrier_of, channels_on
from app.messages.models import Channel, Contact, Delivery, Message, MessageKind
from app.messages.quiet import leaves_at
from app.people.models import ActsFor

SEND, SEND_MANY = "messages.send", "messages.send_many"  # the second one leaves a lane free for the first
_FEW = 5
_BEFORE = (MessageKind.REMINDER, MessageKind.SOON)  # worth nothing any more once it has begun
_DELIVERY = table_of(Delivery)
Wanted = dict[tuple[Channel, bool], list[dict[str, Any]]]  # rows by channel, the urgent ones apart


def deliver(work: Work) -> None:
    """Find out who receives some messages by a channel, and have them sent."""
    work.finish(write_down, deliveries_wanted(work.payload["messages"], at=now()), at=now())


def deliveries_wanted(message_ids: Sequence[int], *, at: datetime) -> Wanted:
    """Return every delivery of some messages that is not there yet; read before the write, in which others wait."""
    messages = {one.id: one for one in db.session.scalars(select(Message).where(Message.id.in_(message_ids)))}
    in_time = [one for one in messages.values() if _is_in_time(one, at)]
    groups: Wanted = defaultdict(list)
    for row in _receivers(in_time):
        groups[row["channel"], messages[row["message_id"]].is_urgent].append(row | {"made_at": at})
    return groups


def write_down(groups: Wanted, *, at: datetime) -> None:
    """Write down deliveries, and the work of sending them. Any that is there by now breaks it off."""
    for (channel, is_urgent), rows in groups.items():
        made = db.session.connection().scalars(insert(_DELIVERY).returning(_DELIVERY.c.id), rows)
        post(channel, sorted(made), is_urgent=is_urgent, at=at, run_at=at if is_urgent else leaves_at(at))


def post(
    channel: Channel, delivery_ids: Sequence[int], *, is_urgent: bool, at: datetime, run_at: datetime | None = None
) -> None:
    """Have deliveries sent once this transaction is committed, by one job; no other one may touch them then."""
    are_many = len(delivery_ids) > _FEW and not is_urgent
    urgency = Urgency.NOW if is_urgent else (Urgency.BULK if are_many else Urgency.NORMAL)
    payload = {"channel": channel, "deliveries": list(delivery_ids), "is_urgent": is_urgent}
    job_id = enqueue(SEND_MANY if are_many else SEND, payload, at=at, run_at=run_at, urgency=urgency)
    db.session.execute(update(Delivery).where(Delivery.id.in_(delivery_ids)).values(job_id=job_id))


def _receivers(messages: Iterable[Message]) -> list[dict[str, Any]]:
    """Return the rows of the deliveries to make: the accounts that act for the person, where they want it."""
    by_person: dict[int, list[Message]] = defaultdict(list)
    for message in messages:
        by_person[message.person_id].append(message)
    wanted = select(ActsFor.person_id, Contact.user_id, Contact.channel, Contact.address)
    wanted = wanted.join(Contact, Contact.user_id == ActsFor.user_id).where(ActsFor.person_id.in_(by_person))
    wanted = wanted.where(Contact.is_on, Contact.channel.in_(channels_on())).order_by(Contact.id)
    known = _known([one.id for group in by_person.values() for one in group])
    rows = []
    for person_id, user_id, channel, address in db.session.execute(wanted):
        carrier = carrier_of(channel)
        for message in by_person[person_id]:
            key = (message.id, channel, address)
            if key not in known and carrier and carrier.carries(message.kind):
                known.add(key)  # two guardians may share an address
                rows.append(dict(zip(("message_id", "channel", "address"), key, strict=True)) | {"user_id": user_id})
    return rows


def _known(message_ids: Sequence[int]) -> set[tuple[int, Channel, str]]:
    there = select(Delivery.message_id, Delivery.channel, Delivery.address).where(Delivery.message_id.in_(message_ids))
    return {(message_id or 0, channel, address) for message_id, channel, address in db.session.execute(there)}


def _is_in_time(message: Message, at: datetime) -> bool:
    if message.kind not in _BEFORE or "starts_at" not in message.facts:
        return True
    return leaves_at(at) < datetime.fromisoformat(message.facts["starts_at"])
