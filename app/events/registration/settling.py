"""Finding places for those who have just been entered: a place, or a stand in line."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value

from app.core.db import db, table_of
from app.events.models import Registration, RegistrationState, Slot, WayIn
from app.events.problems import SlotFull
from app.events.registration import consenting, places
from app.events.registration.telling import tell_line, tell_place, unsay
from app.events.registration.wishes import Wish
from app.events.ways import lottery
from app.messages.models import MessageKind

_SLOT, _REGISTRATION = table_of(Slot), table_of(Registration)
DECIDED_LATER = (WayIn.APPROVAL, WayIn.LOTTERY)
_TOLD_OF_A_PLACE = (MessageKind.REGISTERED, MessageKind.CONSENT_ASKED)
_TAKE = (
    update(_SLOT)
    .where(
        _SLOT.c.id == bindparam("slot_id"),
        _SLOT.c.taken + _SLOT.c.reserved + bindparam("need") <= _SLOT.c.capacity,
        _SLOT.c.waiting == 0,
    )
    .values(taken=_SLOT.c.taken + bindparam("need"))
)
_QUEUE_UP = (
    update(_SLOT)
    .where(
        _SLOT.c.id == bindparam("slot_id"),
        _SLOT.c.taken >= _SLOT.c.capacity,
        _SLOT.c.reserved == 0,
        _SLOT.c.has_waiting_list,
        _SLOT.c.starts_at > bindparam("at"),
    )
    .values(waiting=_SLOT.c.waiting + 1, last_in_line=_SLOT.c.last_in_line + 1)
    .returning(_SLOT.c.last_in_line)
)
_WAIT = (
    update(_REGISTRATION)
    .where(_REGISTRATION.c.id == bindparam("waiting_id"))
    .values(state=RegistrationState.WAITING, line=bindparam("number"))
)


def settle(slot_id: int, made: Sequence[Registration], wishes: dict[int, Wish], *, at: datetime) -> None:
    """Count the places last: until then nobody waits for the slot's row. Whoever finds it full stands in line, or is
    refused.

    Counting first and inserting after admitted 17 to 19 people to 5 places when they came at once.
    """
    wish = next(iter(wishes.values()))
    need = 1 if wish.counts_groups else sum(1 + one.companions for one in made)
    looks_free = not (wish.waiting or wish.reserved or wish.leads) and wish.free >= need
    if wish.way_in in DECIDED_LATER:
        if wish.way_in is WayIn.LOTTERY:
            lottery.check_not_drawn(slot_id)
        _tell(made, wishes, at=at)
        return
    if looks_free:
        _tell(made, wishes, at=at)
        if db.session.connection().execute(_TAKE, {"slot_id": slot_id, "need": need}).rowcount:
            return
        unsay([one.id for one in made], _TOLD_OF_A_PLACE)
    elif wish.is_full_with_a_line:
        for one in made:
            tell_line(wishes[one.person_id], one, at=at)
        if _stand_in_line(slot_id, made, at=at):
            return
        unsay([one.id for one in made], (MessageKind.WAITING,))
    _settle_in_line(slot_id, made)
    _tell(made, wishes, at=at)


def _stand_in_line(slot_id: int, made: Sequence[Registration], *, at: datetime) -> bool:
    """Put a party at the end of the line of a slot that is still full; returns whether it was. Two statements under the
    slot's lock: when a popular slot opens, hundreds stand in line within a second, and each waits for those before."""
    connection = db.session.connection()
    line = connection.execute(_QUEUE_UP, {"slot_id": slot_id, "at": at}).scalar()
    if line is None:
        return False
    connection.execute(_WAIT, [{"waiting_id": one.id, "number": line} for one in made])
    for one in made:
        set_committed_value(one, "state", RegistrationState.WAITING)
        set_committed_value(one, "line", line)
    return True


def _settle_in_line(slot_id: int, made: Sequence[Registration]) -> None:
    """Find places for a party under the slot's lock, behind everybody who waits already; once it has begun, nobody
    is served from the line any more."""
    slot = places.lock_slot(slot_id)
    at = made[0].registered_at
    for one in made:  # nothing has been counted for them so far
        one.state, one.held_until = RegistrationState.APPLIED, None
    consenting.release(made)
    db.session.flush()
    if at >= slot.starts_at:
        if not places.seat(slot, made, at=at):
            raise SlotFull
        return
    places.queue_up(slot, made)
    places.serve(slot, at=at, present=made[0].line)
    if made[0].state is RegistrationState.WAITING and not slot.has_waiting_list:
        raise SlotFull


def _tell(made: Sequence[Registration], wishes: dict[int, Wish], *, at: datetime) -> None:
    for one in made:
        tell_place(wishes[one.person_id], one, at=at)
