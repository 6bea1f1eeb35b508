"""One event of the demo county that lives by its volunteers: skills and a training, a risky shift that is insured, one
shift that changed hands and one that somebody still wants to hand on."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from app.core.clock import local_day, start_of_day
from app.core.problems import Problem
from app.demo.families import Entrant
from app.demo.units import Unit
from app.events import planning
from app.events.models import Event, Registration, Slot, SlotForm
from app.events.plans import EventWords, SlotPlan
from app.events.registration.operations import sign_up
from app.events.registration.wishes import SignUp
from app.events.shifts import insuring, skills, swaps
from app.programmes.kinds import ProgrammeKind

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_NOTE = "那天临时要参加普通话考试"


def add_volunteering(random: Random, host: Unit, everybody: Sequence[Entrant], *, by: int, at: datetime) -> Event:
    """Set it up six days before the run, find most of the volunteers, and let two of them hand their shifts on."""
    first_aid, traffic = _skills(host, by=by, at=at - 90 * _DAY)
    _train(host, first_aid, by=by, at=at)
    event = _set_up(host, first_aid, traffic, by=by, at=at - 10 * _DAY)
    first_aiders, stewards, helpers = sorted(event.slots, key=lambda slot: slot.id)
    grown = [one for one in random.sample(everybody, len(everybody)) if _is_grown(one, at)]
    skilled = [one.person.id for one in grown[:9]]
    skills.confirm_skill(first_aid, skilled, local_day(at) + 400 * _DAY, by=by, at=at - 60 * _DAY)
    skills.confirm_skill(traffic, [one.person.id for one in grown[9:21]], None, by=by, at=at - 60 * _DAY)
    list(_signed_up(first_aiders, grown[:9], 6, at - 3 * _DAY))
    list(_signed_up(stewards, grown[9:21], 5, at - 3 * _DAY))
    helping = list(_signed_up(helpers, grown[21:-1], 8, at - 2 * _DAY))
    _hand_on(helping, grown[-1], at=at - 5 * _HOUR)
    return event


def _skills(host: Unit, *, by: int, at: datetime) -> tuple[int, int]:
    wanted = (
        ("急救", "会止血包扎、会心肺复苏。参加一次红十字会的急救培训，两小时，考过就给确认。"),
        ("路口疏导", "会看手势和哨音，知道怎样让人流先停后走。第一次上岗由老队员带。"),
    )
    first, second = (skills.add_skill(host.organisation.id, *words, by=by, at=at).id for words in wanted)
    return first, second


def _train(host: Unit, skill_id: int, *, by: int, at: datetime) -> None:
    words = EventWords(
        "急救培训：两小时学会救人",
        ProgrammeKind.PRACTICE,
        "红十字会老师带着每个人在假人上练一遍。请穿方便蹲下的衣服。",
        "县青少年交流中心多功能厅",
        host.contact,
    )
    plan = _plan("晚上班", SlotForm.SESSION, at, 3, (18.5, 20.5), 24, teaches_skill_id=skill_id)
    event = planning.create_event(host.organisation.id, words, plan, by=by, at=at - 7 * _DAY)
    planning.publish(event.id, by=by, at=at - 7 * _DAY)


def _set_up(host: Unit, first_aid: int, traffic: int, *, by: int, at: datetime) -> Event:
    words = EventWords(
        "滨江半程马拉松",
        ProgrammeKind.VOLUNTEERING,
        "两千名跑者从滨江公园出发。救护点、路口、补给站都要人，午饭和志愿者马甲现场领。",
        "滨江公园南广场",
        host.contact,
    )
    later = at + 10 * _DAY
    plans = (
        _plan("救护岗", SlotForm.SHIFT, later, 6, (7.5, 11.5), 10, skill_id=first_aid),
        _plan("路口疏导岗", SlotForm.SHIFT, later, 6, (7, 11), 12, skill_id=traffic, is_risky=True),
        _plan("补给岗", SlotForm.SHIFT, later, 6, (8, 11), 16),
    )
    event = planning.create_event(host.organisation.id, words, plans[0], by=by, at=at)
    risky = planning.add_slot(event.id, plans[1], by=by, at=at)
    planning.add_slot(event.id, plans[2], by=by, at=at)
    insuring.mark_insured(risky.id, "人保志愿者意外险，保单 2026-0117", by=by, at=at)
    planning.publish(event.id, by=by, at=at)
    return event


def _plan(
    title: str, form: SlotForm, at: datetime, days: int, hours: tuple[float, float], places: int, **more: object
) -> SlotPlan:
    day = start_of_day(local_day(at) + days * _DAY)
    begins, ends = (day + hour * _HOUR for hour in hours)
    window = {"opens_at": begins - 30 * _DAY, "closes_at": begins}
    times = {"starts_at": begins, "ends_at": ends, **window}
    ages = {"min_age": 16 if form is SlotForm.SHIFT else 12, "max_age": 45}
    return SlotPlan(**{"title": title, "form": form, "place": "", "capacity": places, **times, **ages, **more})  # type: ignore[arg-type]


def _is_grown(one: Entrant, at: datetime) -> bool:
    return local_day(at).year - one.person.born_on.year in range(19, 40)


def _signed_up(slot: Slot, people: Sequence[Entrant], most: int, at: datetime) -> Iterator[Registration]:
    """Sign people up as they would themselves; who is somewhere else on that day stays there."""
    for one in people:
        if most == 0:
            return
        try:
            (registration,) = sign_up(SignUp(slot.id, (one.person.id,)), by=one.user_id, at=at)
        except Problem:
            continue
        most -= 1
        yield registration


def _hand_on(helping: Sequence[Registration], taker: Entrant, *, at: datetime) -> None:
    first, second = helping[:2]
    given = swaps.offer_shift(first.id, _NOTE, False, by=first.registered_by_id, at=at)
    swaps.take_over(given.id, taker.person.id, by=taker.user_id, at=at + _HOUR)
    swaps.offer_shift(second.id, _NOTE, True, by=second.registered_by_id, at=at)
