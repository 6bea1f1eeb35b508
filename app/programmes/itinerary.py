"""What is done on which day of a programme."""

from dataclasses import asdict, dataclass
from datetime import date

from app.core.db import db
from app.programmes.models import ItineraryItem
from app.programmes.planning import locked
from app.programmes.problems import DayOutside


@dataclass(frozen=True)
class ItemWords:
    """One thing that is done: on which day, from when (``09:30`` or ""), and at which base."""

    on: date
    from_time: str
    words: str
    base_id: int | None


def add_item(programme_id: int, words: ItemWords) -> ItineraryItem:
    """Write something into the itinerary; the same twice is the first. Raises `DayOutside`."""
    programme = locked(programme_id)
    if not programme.starts_on <= words.on <= programme.ends_on:
        raise DayOutside
    known = next((one for one in programme.items if _words_of(one) == words), None)
    if known:
        return known
    item = ItineraryItem(**asdict(words))
    programme.items.append(item)
    db.session.flush()
    return item


def remove_item(item_id: int) -> int | None:
    """Take something out of the itinerary; returns the programme, None if somebody else was quicker."""
    item = db.session.get(ItineraryItem, item_id)
    if item is None:
        return None
    programme_id = item.programme_id
    db.session.delete(item)
    return programme_id


def _words_of(item: ItineraryItem) -> ItemWords:
    return ItemWords(item.on, item.from_time, item.words, item.base_id)
