"""A small event that was full within the hour: a family whose turn it is, and a line behind it; an evening without a
line; and an early walk where somebody did not answer in time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from app.core.clock import local_day
from app.demo.families import Entrant
from app.demo.units import Unit
from app.events import planning
from app.events.models import Registration, RegistrationState, Slot, SlotForm
from app.events.plans import EventWords, SlotPlan
from app.events.registration import offers
from app.events.registration.operations import cancel, sign_up
from app.events.registration.wishes import SignUp
from app.people.ages import age_on
from app.programmes.kinds import ProgrammeKind

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_SUMMARY = "沿老盐道走六公里，听护林员讲山里的鸟。穿防滑的鞋，带水和雨衣；十岁以下请大人同行。"
_PLACES, _LINE, _EVENING, _EARLY = 12, 7, 8, 5


def add_lines(
    random: Random, host: Unit, family: Sequence[Entrant], everybody: Sequence[Entrant], *, by: int, at: datetime
) -> None:
    """Open it three days ago; ``family`` are the young person and the two children whose sign-ins are printed."""
    young, first_child, second_child = family[:3]
    walk, evening, early = _slots(host, by, at - 3 * _DAY)
    others = [one for one in everybody if 10 <= age_on(one.person.born_on, local_day(at)) <= 60]
    coming = random.sample(others, _PLACES + _LINE + _EVENING + _EARLY)
    opened = walk.opens_at + _MINUTE
    _come(walk, coming[:_PLACES], opened)
    children = (first_child.person.id, second_child.person.id)
    sign_up(SignUp(walk.id, children), by=first_child.user_id, at=opened + 20 * _MINUTE)
    _come(walk, [*coming[_PLACES : _PLACES + _LINE], young], opened + 30 * _MINUTE)
    for one in coming[:2]:
        _give_back(one, walk, at - 2 * _HOUR)
    others = coming[_PLACES + _LINE :]
    _come(evening, others[:_EVENING], opened)
    (*_on_time, answer) = _come(early, [*others[_EVENING:], young], opened)
    _give_back(others[_EVENING], early, opened + 3 * _HOUR)
    _miss_the_answer(answer, at)


def _come(slot: Slot, people: Sequence[Entrant], at: datetime) -> list[Registration]:
    """Sign people up, one a minute."""
    moments = [at + number * _MINUTE for number in range(len(people))]
    return [
        sign_up(SignUp(slot.id, (one.person.id,)), by=one.user_id, at=moment)[0]
        for one, moment in zip(people, moments, strict=True)
    ]


def _miss_the_answer(offered: Registration, at: datetime) -> None:
    """Let an offer lapse, if its time is over by now: nights and boarding school make it longer."""
    if offered.state is RegistrationState.OFFERED and offered.offer and offered.offer.lapses_at <= at:
        offers.lapse(offered.offer.id, at=offered.offer.lapses_at)


def _give_back(one: Entrant, slot: Slot, at: datetime) -> None:
    (known,) = sign_up(SignUp(slot.id, (one.person.id,)), by=one.user_id, at=at)
    cancel(known.id, by=one.user_id, at=at)


def _slots(host: Unit, by: int, at: datetime) -> list[Slot]:
    begins = (at + 9 * _DAY).replace(hour=1, minute=0, second=0, microsecond=0)  # 09:00 in Shanghai
    words = EventWords("老盐道亲子徒步", ProgrammeKind.PRACTICE, _SUMMARY, "老盐道东口牌坊", host.contact)
    walk = _plan("周末徒步", begins, _PLACES, at)
    evening = replace(_plan("夜观星空", begins + 10 * _HOUR, _EVENING, at), has_waiting_list=False)
    early = _plan("清晨徒步", begins + 23 * _HOUR, _EARLY, at)
    event = planning.create_event(host.organisation.id, words, walk, by=by, at=at)
    slots = [event.slots[0], *(planning.add_slot(event.id, plan, by=by, at=at) for plan in (evening, early))]
    planning.publish(event.id, by=by, at=at)
    return slots


def _plan(title: str, begins: datetime, places: int, at: datetime) -> SlotPlan:
    return SlotPlan(
        title=title,
        form=SlotForm.SESSION,
        starts_at=begins,
        ends_at=begins + 4 * _HOUR,
        place="",
        capacity=places,
        min_age=8,
        max_age=60,
        opens_at=at,
        closes_at=begins - 12 * _HOUR,
        largest_party=4,
        most_companions=2,
    )
