"""What comes round each Saturday in the demo county: a class series in the middle of its term, and helpers at the
library who sign up for one morning at a time. Two mornings were missed; one of them is forgiven."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from app.checkin.no_shows import note_no_shows
from app.checkin.operations import check_in
from app.core.clock import local_day, start_of_day
from app.core.problems import Problem
from app.demo.consents import agree_soon
from app.demo.doors import open_doors
from app.demo.families import Entrant
from app.demo.units import Unit
from app.events import planning
from app.events.dates import passing_on
from app.events.dates.calendars import days_between
from app.events.dates.slot_batches import make_batch
from app.events.leave import absences, leaving
from app.events.models import Event, Registration, Slot, SlotForm
from app.events.plans import EventWords, SlotPlan
from app.events.registration.operations import sign_up
from app.events.registration.wishes import SignUp
from app.programmes.kinds import ProgrammeKind

_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
_SATURDAY = 6
_CALLIGRAPHY = EventWords(
    "周六书法公益课",
    ProgrammeKind.SERIES,
    "从横竖撇捺写到一副春联。报一次名，整个学期每周都来；毛笔和毡子由中心借给大家。",
    "县青少年交流中心 302 室",
    "",
)
_LIBRARY = EventWords(
    "周六图书馆小助手",
    ProgrammeKind.VOLUNTEERING,
    "上架、找书、给小读者念绘本。哪个周六有空就报哪个周六。",
    "县图书馆二楼",
    "",
)


def add_classes(
    random: Random, host: Unit, family: Sequence[Entrant], everybody: Sequence[Entrant], *, by: int, at: datetime
) -> None:
    """Set both up as they were weeks ago, and let the Saturdays since take place."""
    young, _child, brother = family
    people = random.sample(everybody, 40)
    _teach(random, host, [young, *people[:17]], by=by, at=at)
    _keep_the_library(host, brother, people[17:], by=by, at=at)


def _teach(random: Random, host: Unit, people: Sequence[Entrant], *, by: int, at: datetime) -> None:
    days = _saturdays(at - 8 * _WEEK, 16)
    plans = [_plan("书法课", SlotForm.SESSION, day, (9, 11), 20, days[0] - 30 * _DAY) for day in days]
    event = _set_up(host, _CALLIGRAPHY, plans, is_series=True, by=by, at=days[0] - 35 * _DAY)
    first = min(event.slots, key=lambda slot: slot.starts_at)
    before = days[0] - 20 * _DAY
    agree_soon(list(_signed_up(first, people, before)), before + 3 * _HOUR)
    for slot in sorted(event.slots, key=lambda one: one.starts_at):
        if slot.starts_at <= at:
            passing_on.pass_on(slot.id, at=slot.starts_at)
    open_doors(random, event, {people[0].person.id}, by=by, at=at)


def _keep_the_library(host: Unit, brother: Entrant, people: Sequence[Entrant], *, by: int, at: datetime) -> None:
    days = _saturdays(at - 6 * _WEEK, 12)
    plans = [_plan("图书馆助手", SlotForm.SHIFT, day, (14, 16), 8, days[0] - 20 * _DAY) for day in days]
    event = _set_up(host, _LIBRARY, plans, is_series=False, by=by, at=days[0] - 25 * _DAY)
    over = [slot for slot in sorted(event.slots, key=lambda one: one.starts_at) if slot.ends_at + _DAY < at]
    missed = [place.id for slot in over[-2:] for place in _miss(slot, brother, people, by=by)]
    if missed:
        absences.plead(missed[0], "那天奶奶住院，忘了请假。", at=at - 3 * _DAY)
        absences.forgive(missed[0], "家长说明了情况", by=by, at=at - 2 * _DAY)
    ahead = [slot for slot in event.slots if slot.starts_at > at + _DAY]
    for place in [*_signed_up(ahead[0], people[:5], at - _DAY)][:1]:
        leaving.leave(place.id, "学校有事", by=place.registered_by_id, at=at)


def _miss(slot: Slot, brother: Entrant, people: Sequence[Entrant], *, by: int) -> list[Registration]:
    """Let the others come, and the brother stay away without a word: unless he had no time anyway."""
    before = slot.starts_at - 3 * _DAY
    places = list(_signed_up(slot, [brother], before))
    others = list(_signed_up(slot, people[:7], before))
    agree_soon([*places, *others], before + 3 * _HOUR)
    for place in others:
        check_in(place.id, by=by, at=slot.starts_at)
    note_no_shows(slot.id, at=slot.ends_at + _DAY)
    return places


def _set_up(
    host: Unit, words: EventWords, plans: Sequence[SlotPlan], *, is_series: bool, by: int, at: datetime
) -> Event:
    told = EventWords(**{**words.__dict__, "contact": host.contact})
    event = planning.create_event(host.organisation.id, told, plans[0], by=by, at=at)
    first = event.slots[0].id
    make_batch(event.id, plans, f"demo-{words.title}", is_series=is_series, by=by, at=at)
    planning.delete_slot(first, by=by, at=at)
    planning.publish(event.id, by=by, at=at)
    return event


def _saturdays(since: datetime, many: int) -> list[datetime]:
    """Return so many Saturdays on which a class takes place, each as its midnight in Shanghai."""
    first = local_day(since)
    days = [one.day for one in days_between([_SATURDAY], first, first + 40 * _WEEK) if one.is_free]
    return [start_of_day(day) for day in days[:many]]


def _plan(
    title: str, form: SlotForm, day: datetime, hours: tuple[int, int], places: int, opens_at: datetime
) -> SlotPlan:
    begins, ends = (day + hour * _HOUR for hour in hours)
    return SlotPlan(
        title=title,
        form=form,
        starts_at=begins,
        ends_at=ends,
        place="",
        capacity=places,
        min_age=14,
        max_age=35,
        opens_at=opens_at,
        closes_at=begins,
    )


def _signed_up(slot: Slot, people: Sequence[Entrant], at: datetime) -> Iterator[Registration]:
    """Sign people up as they would themselves, one after the other; who cannot come is left out."""
    for one in people:
        try:
            (registration,) = sign_up(SignUp(slot.id, (one.person.id,)), by=one.user_id, at=at)
        except Problem:
            continue
        yield registration
