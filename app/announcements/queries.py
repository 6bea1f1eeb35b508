"""The announcements of an event, and how many of their readers know."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.core.access import Principal, Role
from app.core.db import db
from app.events.models import Event
from app.messages.models import Announcement, Message

PAGE = 20


@dataclass(frozen=True)
class Tally:
    """How many were told something, how many of them have seen it, and how many were reached in another way."""

    told: int = 0
    seen: int = 0
    reached: int = 0

    @property
    def left(self) -> int:
        """How many do not know yet."""
        return self.told - self.seen - self.reached


SEEN = func.count().filter(Message.read_at.is_not(None))
REACHED = func.count().filter(Message.read_at.is_(None), Message.told_at.is_not(None))


def announcements_run_by(principal: Principal) -> Select[Announcement]:
    """Return the announcements of the hosts somebody works for."""
    own = select(Event.id).where(Event.host_id.in_(principal.units(Role.STAFF)))
    return select(Announcement).where(Announcement.event_id.in_(own)).options(joinedload(Announcement.made_by))


def page_of_event(event_id: int, before_id: int | None) -> tuple[list[Announcement], int | None]:
    """Return a page of an event's announcements, the latest first, and the id that the next page starts before."""
    statement = select(Announcement).where(Announcement.event_id == event_id).options(joinedload(Announcement.made_by))
    if before_id:
        statement = statement.where(Announcement.id < before_id)
    found = list(db.session.scalars(statement.order_by(Announcement.id.desc()).limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def tallies(announcements: Iterable[Announcement]) -> dict[int, Tally]:
    """Return how many know, by announcement; one that has not left has told nobody."""
    ids = [one.id for one in announcements]
    counted = select(Message.announcement_id, func.count(), SEEN, REACHED).where(Message.announcement_id.in_(ids))
    found = db.session.execute(counted.group_by(Message.announcement_id)).all() if ids else ()
    known = {number: Tally(*numbers) for number, *numbers in found}
    return {number: known.get(number, Tally()) for number in ids}
