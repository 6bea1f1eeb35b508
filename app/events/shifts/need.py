"""现在缺人: which shifts need people most.

**Need** is the share of a shift's places that is still free, in percent, times how near the shift is: eightfold within
a day, fourfold within three days, twofold within a week. A shift of tomorrow that lacks a quarter of its people needs
them as much as one in five days that has nobody yet (25 x 8 = 100 x 2). Of those that need the same, the earlier one
comes first. What is further away than `HORIZON` is no matter of now.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, case, literal, or_, select, text, tuple_
from sqlalchemy.orm import contains_eager, joinedload

from app.core.access import Principal, Role
from app.core.db import db
from app.core.finding import read_id
from app.events.models import IS_SHIFT, Event, Slot, WayIn
from app.events.search import Wanted, event_conditions, slot_condition

PAGE = 20
HORIZON = timedelta(days=31)
NEARNESS = ((timedelta(days=1), 8), (timedelta(days=3), 4), (timedelta(days=7), 2))
FREE = Slot.capacity - Slot.taken - Slot.reserved


class Key(NamedTuple):
    """After which shift a page begins: the list as of a moment; the need, the beginning and the id of its last one."""

    at: datetime
    need: int
    starts_at: datetime
    slot_id: int

    @property
    def in_address(self) -> str:
        """The same as the parameter of an address."""
        return f"{self.at.timestamp():.6f}~{self.need}~{self.starts_at.timestamp():.6f}~{self.slot_id}"


def need_of(slot: Slot, at: datetime) -> int:
    """Return how much a shift needs people, from 0 to 800."""
    nearness = next((weight for within, weight in NEARNESS if slot.starts_at - at <= within), 1)
    return 100 * slot.free * nearness // slot.capacity


def shifts_in_need(wanted: Wanted, at: datetime, after: Key | None = None) -> list[Slot]:
    """Return a page of the shifts that anybody may sign up for now, the one that needs most first; one more than
    `PAGE` if there is more."""
    statement = _shifts(after.at if after else at).where(
        Event.published_at.is_not(None),
        Event.cancelled_at.is_(None),
        Slot.opens_at <= at,
        Slot.closes_at > at,
        FREE > 0,
        Slot.way_in != WayIn.INVITATION,
        or_(Slot.leads_id.is_(None), Slot.leads_id == Slot.id),
        or_(Slot.is_risky.is_(False), Slot.insured_for == Slot.starts_at),
        *event_conditions(wanted, at),
    )
    fitting = slot_condition(wanted, at)
    return _page(statement if fitting is None else statement.where(fitting), at, after)


def own_shifts_in_need(principal: Principal, at: datetime, after: Key | None = None) -> list[Slot]:
    """Return a page of a host's own shifts that lack people, those that take nobody just now too."""
    statement = _shifts(after.at if after else at).where(
        Event.host_id.in_(principal.units_in_view(Role.STAFF)),
        Event.published_at.is_not(None),
        Event.cancelled_at.is_(None),
        FREE > 0,
    )
    return _page(statement, at, after)


def page_of_shifts(found: Sequence[Slot], at: datetime, after: Key | None) -> tuple[Sequence[Slot], str | None]:
    """Return the page and, if there is more, the key at which the next one starts."""
    if len(found) <= PAGE:
        return found, None
    seen_at, last = (after.at if after else at), found[PAGE - 1]
    return found[:PAGE], Key(seen_at, need_of(last, seen_at), last.starts_at, last.id).in_address


def read_need_key(asked: str | None) -> Key | None:
    """Return the key in an address; anything else than a key of ours means the first page."""
    try:
        at, need, starts_at, slot_id = (asked or "").split("~")
        seen_at, begins = (datetime.fromtimestamp(float(one), UTC) for one in (at, starts_at))
        if seen_at > datetime.max.replace(tzinfo=UTC) - HORIZON:
            return None
        return Key(seen_at, read_id(need) if need != "0" else 0, begins, read_id(slot_id))
    except (ValueError, OverflowError, OSError):
        return None


def _need(at: datetime) -> ColumnElement[int]:
    nearness = case(
        *((Slot.starts_at <= at + within, literal(weight, Integer)) for within, weight in NEARNESS), else_=1
    )
    return 100 * FREE * nearness // Slot.capacity


def _shifts(seen_at: datetime) -> Select[Slot]:
    """Return the shifts of the horizon, found by the index of shifts alone."""
    near = and_(text(f"slots.{IS_SHIFT}"), Slot.starts_at > seen_at, Slot.starts_at <= seen_at + HORIZON)
    return select(Slot).join(Slot.event).where(near)


def _page(statement: Select[Slot], at: datetime, after: Key | None) -> list[Slot]:
    need = _need(after.at if after else at)
    if after:
        later = tuple_(Slot.starts_at, Slot.id) > (after.starts_at, after.slot_id)
        statement = statement.where(Slot.starts_at > at, or_(need < after.need, and_(need == after.need, later)))
    whole = statement.options(contains_eager(Slot.event).joinedload(Event.host), joinedload(Slot.skill))
    return list(db.session.scalars(whole.order_by(need.desc(), Slot.starts_at, Slot.id).limit(PAGE + 1)))
