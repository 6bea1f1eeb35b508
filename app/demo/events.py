"""The demo county's forty events over a year, one of them going on now."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.core.clock import SHANGHAI, end_of_day, local_day, start_of_day
from app.demo.units import Unit
from app.events import planning
from app.events.announcing import announce, cancel_event, postpone_event
from app.events.models import Event, SlotForm
from app.events.plans import EventWords, SlotPlan
from app.programmes.kinds import ProgrammeKind

_FILE = Path(__file__).with_name("events.toml")
_OPENS_BEFORE = timedelta(days=45)
_SET_UP_BEFORE = timedelta(days=52)


@dataclass(frozen=True)
class Idea:
    """One event to be, as events.toml describes it."""

    title: str
    kind: str
    host: str
    day: int
    place: str
    summary: str
    slots: list[tuple[str, str, str, str, int, int, int]]
    fill: float
    weekday: int | None = None
    family: bool = False
    papers: bool = False
    draft: bool = False
    rain: str = ""
    notice: str = ""
    postponed: dict[str, Any] | None = None
    cancelled: str | None = None
    told: tuple[str, str, str] | None = None
    warned: tuple[str, str] | None = None

    def first_day(self, at: datetime) -> datetime:
        """Return the beginning, in Shanghai, of its first day."""
        day = local_day(at) + timedelta(days=self.day)
        if self.weekday:
            day += timedelta(days=(self.weekday - day.isoweekday()) % 7)
        return datetime.combine(day, time(), SHANGHAI)


def ideas() -> list[Idea]:
    """Return what is written in events.toml."""
    return [Idea(**one) for one in tomllib.loads(_FILE.read_text("utf-8"))["event"]]


def set_up(idea: Idea, host: Unit, *, by: int, at: datetime) -> Event:
    """Set an event up and publish it, as its host did some weeks before."""
    first, *rest = (_plan(idea, slot, at) for slot in idea.slots)
    moment = min(first.starts_at - _SET_UP_BEFORE, at - timedelta(days=3))
    words = EventWords(
        title=idea.title,
        kind=ProgrammeKind(idea.kind),
        summary=idea.summary,
        place=idea.place,
        contact=host.contact,
        rain_plan=idea.rain,
    )
    event = planning.create_event(host.organisation.id, words, first, by=by, at=moment)
    for plan in rest:
        planning.add_slot(event.id, plan, by=by, at=moment)
    if not idea.draft:
        planning.publish(event.id, by=by, at=moment + timedelta(days=1))
    return event


def tell(idea: Idea, event: Event, *, by: int, at: datetime) -> None:
    """Say what there is to be said since: news, another day, or that it is called off."""
    if idea.notice:
        announce(event.id, idea.notice, by=by, at=at - timedelta(minutes=40))
    if idea.postponed:
        later = event.starts_at + timedelta(days=idea.postponed["days"])
        postpone_event(event.id, later, idea.postponed["reason"], by=by, at=at - timedelta(days=1))
    if idea.cancelled:
        cancel_event(event.id, idea.cancelled, by=by, at=at - timedelta(hours=3))


def _plan(idea: Idea, slot: tuple[Any, ...], at: datetime) -> SlotPlan:
    title, form, begins, ends, places, youngest, oldest = slot
    first_day = idea.first_day(at)
    starts_at, ends_at = _moment(first_day, begins, at), _moment(first_day, ends, at)
    return SlotPlan(
        title=title,
        form=SlotForm(form),
        starts_at=starts_at,
        ends_at=ends_at,
        place="",
        capacity=places,
        min_age=youngest,
        max_age=oldest,
        opens_at=starts_at - _OPENS_BEFORE,
        closes_at=ends_at if begins.startswith("now") else starts_at,
    )


def _moment(first_day: datetime, text: str, at: datetime) -> datetime:
    if text.startswith("now"):
        moment = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=int(text.removeprefix("now")))
        last = end_of_day(local_day(at)) - timedelta(seconds=1)
        return min(max(moment, start_of_day(local_day(at))), last)
    later, _, clock = text.rpartition(" ")
    return datetime.combine(first_day + timedelta(days=int(later or 0)), time.fromisoformat(clock), SHANGHAI)
