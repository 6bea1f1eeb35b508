"""Giving the places of a slot by lot, once, so that nobody can steer it and anybody can draw it again.

The seed is derived from the server's key and the slot, so nobody chooses it; its hash is published from the day the
lottery is set up. Who takes part is settled when sign-up closes; at the moment of the draw the seed is published, see
`app.events.ways.lots`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from app.core.changes import note_change
from app.core.crypto import keyed_hash
from app.core.db import db
from app.core.filters import moment
from app.core.problems import Busy
from app.events.acts.telling_decisions import tell_decided
from app.events.dates import series
from app.events.models import Event, LotteryDraw, Registration, RegistrationState, Slot, SlotForm, WayIn
from app.events.problems import SignUpClosed
from app.events.registration import consenting, places
from app.events.shifts.shift_rules import why_not_on_shift
from app.events.ways import lots

Tickets = Mapping[str, list[Registration]]  # those who come together, by their application number


def seed_of(slot: Slot) -> str:
    """Return the seed of a slot's lottery: a secret until it is drawn. The event's moment tells slots apart that have
    the same number on SQLite, one after the other."""
    return slot.draw_seed or keyed_hash("lottery", f"{slot.id}:{slot.event.created_at.isoformat()}")


def slots_to_draw(at: datetime) -> list[int]:
    """Return the slots whose moment has come."""
    due = (
        select(Slot.id)
        .join(Slot.event)
        .where(Slot.draws_at <= at, Slot.draws_at.is_not(None), Slot.drawn_at.is_(None), Slot.ends_at > at)
        .where(Event.published_at.is_not(None), Event.cancelled_at.is_(None))
    )
    return list(db.session.scalars(due.order_by(Slot.draws_at, Slot.id)))


def draw(slot_id: int, *, at: datetime) -> bool:
    """Draw a slot's lottery and tell everybody; returns whether this did it. A second time changes nothing.

    In the order drawn each party gets its places if all fit. One that does not fit ends the draw, unless the slot lets
    smaller ones pass. The rest stands in line in the order drawn, or is refused where there is no waiting list.
    """
    slot = places.lock_slot(slot_id)
    if slot.drawn_at or slot.draws_at is None or slot.draws_at > at or slot.event.is_cancelled:
        return False
    tickets = tickets_of(slot_id)
    sizes = {number: places.size(slot, members) for number, members in tickets.items()}
    slot.draw_seed, slot.drawn_at = seed_of(slot), at
    record = LotteryDraw(
        slot_id=slot_id, places=max(slot.free, 0), smaller_may_pass=slot.smaller_may_pass, tickets=sizes
    )
    db.session.add(record)
    told = _give_out(slot, record, tickets, at=at)
    others = [one for members in tickets.values() for one in members if one.id not in told]
    tell_decided(slot.event, others, _("Not drawn by lot"), at=at)
    places.serve(slot, at=at)
    return True


def tickets_of(slot_id: int) -> Tickets:
    """Return who takes part in a lottery that was not drawn yet."""
    found = (
        select(Registration)
        .where(Registration.slot_id == slot_id, Registration.state == RegistrationState.APPLIED)
        .where(Registration.application_no.is_not(None))
        .order_by(Registration.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    tickets: dict[str, list[Registration]] = {}
    for one in db.session.scalars(found):
        tickets.setdefault(str(one.application_no), []).append(one)
    return tickets


def check_not_drawn(slot_id: int) -> None:
    """Raise `SignUpClosed` when a lottery is drawn already, and keep it from being drawn until this transaction ends:
    whoever applied in the last second is in the draw or is told no. Raises `Busy` when it became no lottery a moment
    ago: whoever applied would wait for a draw that never comes."""
    known = select(Slot).where(Slot.id == slot_id).with_for_update(read=True)
    slot = db.session.scalars(known.execution_options(populate_existing=True)).one()
    if slot.way_in is not WayIn.LOTTERY:
        raise Busy
    if slot.drawn_at:
        raise SignUpClosed(closed=moment(slot.closes_at))


def _give_out(slot: Slot, record: LotteryDraw, tickets: Tickets, *, at: datetime) -> set[int]:
    """Write down what came of each ticket, in one go: two thousand take no ten thousand statements. Returns whom the
    rules of a shift spoke against, who know it already."""
    order = lots.drawn_order(slot.draw_seed, tickets)
    won = lots.winners(order, record.tickets, record.places, smaller_may_pass=record.smaller_may_pass)
    slot.taken += sum(record.tickets[number] for number in won)
    lucky = [one for number in won for one in tickets[number]]
    worths = consenting.worths(slot, lucky, at=at)
    _write([(one, {**columns, "decided_at": at}) for one, columns in worths])
    rest = [tickets[number] for number in order if number not in set(won)]
    if slot.has_waiting_list:
        _line_up(slot, rest)
    else:
        no = {"state": RegistrationState.REFUSED, "decided_at": at, "cancelled_at": at, "reason": _("Not drawn by lot")}
        _write([(one, no) for members in rest for one in members])
    note_change("slot", slot.id, "drawn", by=None, at=at, tickets=len(order), won=len(won))
    db.session.flush()
    unfit = _let_unfit_go(slot, [tickets[number] for number in won], at=at)
    if slot.leads:
        series.follow([one.id for one in lucky if one.id not in unfit], at=at)
    return unfit


def _let_unfit_go(slot: Slot, drawn: Iterable[list[Registration]], *, at: datetime) -> set[int]:
    """Refuse the places of parties that may not take a shift by now, such as who was drawn for another one at the same
    hour a moment ago; the lots stay as they were drawn. Returns the registrations, and tells them why."""
    unfit: set[int] = set()
    for members in drawn if slot.form is SlotForm.SHIFT else ():
        why = why_not_on_shift(slot.id, [one.person_id for one in members], at=members[0].registered_at)
        if why:
            places.end(slot, members, RegistrationState.REFUSED, by=None, at=at, reason=why.message)
            tell_decided(slot.event, members, why.message, at=at)
            unfit |= {one.id for one in members}
    return unfit


def _line_up(slot: Slot, rest: Sequence[list[Registration]]) -> None:
    lines = enumerate(rest, slot.last_in_line + 1)
    _write([(one, {"state": RegistrationState.WAITING, "line": line}) for line, members in lines for one in members])
    slot.last_in_line += len(rest)
    slot.waiting += len(rest)


def _write(changes: Sequence[tuple[Registration, Mapping[str, Any]]]) -> None:
    """Write the same columns of many registrations in one statement; the session would need one for each."""
    if changes:
        db.session.execute(update(Registration), [{"id": one.id, **columns} for one, columns in changes])
    for one, columns in changes:
        for name, value in columns.items():
            set_committed_value(one, name, value)
