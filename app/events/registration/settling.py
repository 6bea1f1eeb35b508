"""Finding places for those who have just been entered: a place, or a stand in line."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Update, and_, bindparam, case, select, update

from app.core.db import db, table_of
from app.core.last_writes import write_guarded, write_last
from app.events.models import Registration, RegistrationState, Slot, WayIn
from app.events.problems import SlotFull
from app.events.registration import consenting, places
from app.events.registration.telling import tell_line, tell_place
from app.events.registration.wishes import Wish
from app.events.ways import lottery

_SLOT, _REGISTRATION = table_of(Slot), table_of(Registration)
DECIDED_LATER = (WayIn.APPROVAL, WayIn.LOTTERY)
_FULL_LINE = and_(  # one can stand in it, nobody can be served from it
    _SLOT.c.taken >= _SLOT.c.capacity,
    _SLOT.c.reserved == 0,
    _SLOT.c.has_waiting_list,
    _SLOT.c.starts_at > bindparam("at"),
)
# What is no longer so breaks a constraint of the slot, `never_oversold` or `waiting`, and all is tried again.
_TAKE = (
    update(_SLOT)
    .where(_SLOT.c.id == bindparam("slot_id"))
    .values(taken=case((_SLOT.c.waiting == 0, _SLOT.c.taken + bindparam("need")), else_=-1))
)
_QUEUE_UP = (
    update(_SLOT)
    .where(_SLOT.c.id == bindparam("slot_id"))
    .values(waiting=case((_FULL_LINE, _SLOT.c.waiting + 1), else_=-1), last_in_line=_SLOT.c.last_in_line + 1)
)
_WAIT = (
    update(_REGISTRATION)
    .where(_REGISTRATION.c.id == bindparam("waiting_id"))
    .values(
        state=RegistrationState.WAITING,
        line=select(_SLOT.c.last_in_line).where(_SLOT.c.id == bindparam("in_slot")).scalar_subquery(),
    )
)


def settle(
    slot_id: int, made: Sequence[Registration], wishes: dict[int, Wish], *, at: datetime, is_last: bool = False
) -> None:
    """Count the places last: until then nobody waits for the slot's row. Whoever finds it full stands in line, or is
    refused. With ``is_last`` nothing else follows in the transaction, and the count travels with the commit.

    Counting first and inserting after admitted 17 to 19 people to 5 places when they came at once. Raises `Overtaken`.
    """
    wish = next(iter(wishes.values()))
    need = 1 if wish.counts_groups else sum(1 + one.companions for one in made)
    looks_free = not (wish.waiting or wish.reserved or wish.leads) and wish.free >= need
    if wish.way_in in DECIDED_LATER:
        if wish.way_in is WayIn.LOTTERY:
            lottery.check_not_drawn(slot_id)
        _tell(made, wishes, at=at, is_last=is_last)
    elif looks_free:
        _tell(made, wishes, at=at, is_last=is_last)
        _count(_TAKE, {"slot_id": slot_id, "need": need}, is_last=is_last)
    elif wish.is_full_with_a_line and at < wish.starts_at:
        _stand_in_line(slot_id, made, wishes, at=at, is_last=is_last)
    else:
        _settle_in_line(slot_id, made)
        _tell(made, wishes, at=at, is_last=is_last)


def _stand_in_line(
    slot_id: int, made: Sequence[Registration], wishes: dict[int, Wish], *, at: datetime, is_last: bool
) -> None:
    """Put a party at the end of the line of a slot that is still full, with two statements under the slot's lock: when
    a popular slot opens, hundreds stand in line within a second, and each waits for those before."""
    for one in made:
        tell_line(wishes[one.person_id], one, at=at, is_last=is_last)
    _count(_QUEUE_UP, {"slot_id": slot_id, "at": at}, is_last=is_last)
    _count(_WAIT, [{"waiting_id": one.id, "in_slot": slot_id} for one in made], is_last=is_last)
    for one in made:
        db.session.expire(one, ("state", "line"))


def _count(statement: Update, values: Any, *, is_last: bool) -> None:
    if is_last:
        write_last(db.session(), statement, values)
    else:
        write_guarded(db.session.connection(), statement, values)


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


def _tell(made: Sequence[Registration], wishes: dict[int, Wish], *, at: datetime, is_last: bool) -> None:
    for one in made:
        tell_place(wishes[one.person_id], one, at=at, is_last=is_last)
