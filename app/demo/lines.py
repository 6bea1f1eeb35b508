"""A small event that was full within the hour: a family whose turn it is, and a line behind it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from app.core.clock import local_day
from app.demo.families import Entrant
from app.demo.units import Unit
from app.events import planning
from app.events.models import Slot, SlotForm
from app.events.planning import EventWords, SlotPlan
from app.events.registration.operations import SignUp, cancel, sign_up
from app.people.ages import age_on
from app.programmes.kinds import ProgrammeKind

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_SUMMARY = "沿老盐道走六公里，听护林员讲山里的鸟。穿防滑的鞋，带水和雨衣；十岁以下请大人同行。"
_PLACES, _LINE = 12, 7


def add_lines(
    random: Random, host: Unit, family: Sequence[Entrant], everybody: Sequence[Entrant], *, by: int, at: datetime
) -> None:
    """Open it three days ago; ``family`` are the young person and the two children whose sign-ins are printed."""
    young, first_child, second_child = family[:3]
    slot = _slot(host, by, at - 3 * _DAY)
    others = [one for one in everybody if 10 <= age_on(one.person.born_on, local_day(at)) <= 60]
    coming = random.sample(others, _PLACES + _LINE)
    opened = slot.opens_at + _MINUTE
    for number, one in enumerate(coming[:_PLACES]):
        sign_up(SignUp(slot.id, (one.person.id,)), by=one.user_id, at=opened + number * _MINUTE)
    children = (first_child.person.id, second_child.person.id)
    sign_up(SignUp(slot.id, children), by=first_child.user_id, at=opened + 20 * _MINUTE)
    for number, one in enumerate([*coming[_PLACES:], young]):
        sign_up(SignUp(slot.id, (one.person.id,)), by=one.user_id, at=opened + (30 + number) * _MINUTE)
    for one in coming[:2]:
        _give_back(one, slot, at - 2 * timedelta(hours=1))


def _give_back(one: Entrant, slot: Slot, at: datetime) -> None:
    (known,) = sign_up(SignUp(slot.id, (one.person.id,)), by=one.user_id, at=at)
    cancel(known.id, by=one.user_id, at=at)


def _slot(host: Unit, by: int, at: datetime) -> Slot:
    begins = (at + 9 * _DAY).replace(hour=1, minute=0, second=0, microsecond=0)  # 09:00 in Shanghai
    words = EventWords("老盐道亲子徒步", ProgrammeKind.PRACTICE, _SUMMARY, "老盐道东口牌坊", host.contact)
    plan = SlotPlan(
        title="周末徒步",
        form=SlotForm.SESSION,
        starts_at=begins,
        ends_at=begins + timedelta(hours=4),
        place="",
        capacity=_PLACES,
        min_age=8,
        max_age=60,
        opens_at=at,
        closes_at=begins - timedelta(hours=12),
        largest_party=4,
        most_companions=2,
    )
    event = planning.create_event(host.organisation.id, words, plan, by=by, at=at)
    planning.publish(event.id, by=by, at=at)
    return event.slots[0]
