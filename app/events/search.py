"""What somebody looks for among events, as it stands in an address, and as conditions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, false, or_

from app.core.clock import end_of_day, local_day, start_of_day
from app.core.languages import LANGUAGES
from app.core.search_keys import begins_with, initials, pinyin, written
from app.core.typed import read_day, squeezed
from app.events.levels import Level
from app.events.models import Event, Slot
from app.programmes.kinds import ProgrammeKind

Word = TypeVar("Word", bound=StrEnum)
_LONGEST = 80


class When(StrEnum):
    """Days that have a name."""

    TODAY = "today"
    WEEKEND = "weekend"
    MONTH = "month"

    @property
    def words(self) -> LazyString:
        """What they are called on pages."""
        return _WHEN[self]

    def days(self, today: date) -> tuple[date, date]:
        """Return the first and the last of them; the weekend is the one that is on or comes next."""
        if self is When.TODAY:
            return today, today
        if self is When.WEEKEND:
            sunday = today + timedelta(days=6 - today.weekday())
            return max(today, sunday - timedelta(days=1)), sunday
        return today, (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


_WHEN = {When.TODAY: _l("Today"), When.WEEKEND: _l("This weekend"), When.MONTH: _l("This month")}


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; whatever is None or "" is not asked."""

    text: str = ""
    kind: ProgrammeKind | None = None
    when: When | None = None
    since: date | None = None
    until: date | None = None
    level: Level | None = None
    has_places: bool = False

    @property
    def in_address(self) -> dict[str, str]:
        """The same as the parameters of an address, so that it can be kept, shared, and paged through."""
        known = {
            "q": self.text,
            "kind": self.kind,
            "when": self.when,
            "from": self.since,
            "to": self.until,
            "level": self.level,
            "places": "1" if self.has_places else "",
        }
        return {name: str(value) for name, value in known.items() if value}

    def with_(self, **changes: object) -> dict[str, str]:
        """Return the parameters of the same search with something changed; what was chosen already is let go."""
        toggled = {name: None if getattr(self, name) == value else value for name, value in changes.items()}
        if "when" in toggled:
            toggled |= {"since": None, "until": None}
        return replace(self, **toggled).in_address  # type: ignore[arg-type]

    def days(self, today: date) -> tuple[date | None, date | None]:
        """Return the first and the last day that are asked for."""
        return self.when.days(today) if self.when else (self.since, self.until)


def read_wanted(asked: Mapping[str, str]) -> Wanted:
    """Return what an address asks for; what it says wrongly is not asked."""
    since, until = _day(asked.get("from", "")), _day(asked.get("to", ""))
    return Wanted(
        text=squeezed(asked.get("q"))[:_LONGEST],
        kind=as_word(ProgrammeKind, asked.get("kind")),
        when=None if since or until else as_word(When, asked.get("when")),
        since=since,
        until=max(since, until) if since and until else until,
        level=as_word(Level, asked.get("level")),
        has_places=bool(asked.get("places")),
    )


def _day(text: str) -> date | None:
    """Return the day in a text; not one at an end of the calendar, whose midnight in UTC no program can say."""
    day = read_day(text)
    return day if day and date.min.year < day.year < date.max.year else None


def as_word(words: type[Word], asked: str | None) -> Word | None:
    """Return the word that an address names, or None if there is no such."""
    return words(asked) if asked in {str(word) for word in words} else None


def text_condition(text: str) -> ColumnElement[bool] | None:
    """Return the condition that title, place or kind begin with a text, as written, by pinyin or by initials."""
    if not text:
        return None
    typed = written(text)
    if not typed:
        return false()  # signs alone: nothing begins with them
    keys = begins_with(typed, Event.title_key, Event.title_pinyin, Event.title_initials, Event.place_key)
    kinds = [kind for kind in ProgrammeKind if any(name.startswith(typed) for name in _names_of(kind))]
    return or_(keys, Event.kind.in_(kinds)) if kinds else keys


def event_conditions(wanted: Wanted, at: datetime) -> list[ColumnElement[bool]]:
    """Return what must hold of an event; a session of it must hold to `slot_condition` besides."""
    first, last = wanted.days(local_day(at))
    text = text_condition(wanted.text)
    return [
        *([text] if text is not None else []),
        *([Event.kind == wanted.kind] if wanted.kind else []),
        *([Event.ends_at > start_of_day(first)] if first else []),
        *([Event.starts_at < end_of_day(last)] if last else []),
    ]


def slot_condition(wanted: Wanted, at: datetime) -> ColumnElement[bool] | None:
    """Return what must hold of one and the same slot: on those days, for that age, with a place to be had."""
    first, last = wanted.days(local_day(at))
    conditions: list[ColumnElement[bool]] = []
    if first:
        conditions.append(Slot.ends_at > start_of_day(first))
    if last:
        conditions.append(Slot.starts_at < end_of_day(last))
    if wanted.level:
        youngest, oldest = wanted.level.ages
        conditions += [Slot.min_age <= oldest, Slot.max_age >= youngest]
    if wanted.has_places:
        conditions += [Slot.taken < Slot.capacity, Slot.closes_at > at]
    return and_(*conditions) if conditions else None


def _names_of(kind: ProgrammeKind) -> set[str]:
    """Return what a kind may be called by: its name in each language, and how the Chinese one sounds."""
    names = set()
    for language in LANGUAGES:
        with force_locale(language):
            name = str(kind.words)
        names |= {written(name), pinyin(name), initials(name)}
    return names
