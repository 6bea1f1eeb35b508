"""One event with every way in: lots drawn and to be drawn, places kept for a town, an invitation."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from app.core.clock import local_day
from app.core.db import db
from app.demo.families import Entrant
from app.demo.units import Unit
from app.events import planning
from app.events.models import Event, Slot, SlotForm, WayIn
from app.events.plans import EventWords, SlotPlan
from app.events.registration.operations import sign_up
from app.events.registration.wishes import SignUp
from app.events.ways import allotments, invitations, lottery
from app.people.ages import age_on
from app.programmes.kinds import ProgrammeKind

_DAY = timedelta(days=1)
_SUMMARY = (
    "四天跟着研究员走遍清溪：古镇、茶山、火山岩、老码头，晚上住青年之家。\n"
    "一期已经抽签；二期还在报名，截止后抽签；三期给雁南、石桥两镇留了名额；四期邀请结对地区的同学。"
)


def add_ways_in(
    random: Random, units: Mapping[str, Unit], family: list[Entrant], everybody: list[Entrant], *, by: int, at: datetime
) -> None:
    """Set the event up as its host did ten days ago, and let people apply."""
    began = at - 10 * _DAY
    event = _event(units["centre"], by, began)
    drawn, to_draw, kept, invited = event.slots
    entitled = [one for one in everybody if 10 <= age_on(one.person.born_on, local_day(began)) <= 16]
    random.shuffle(entitled)
    _apply(drawn, [*family[:2], *entitled[:140]], began)
    lottery.draw(drawn.id, at=drawn.draws_at or at)
    _apply(to_draw, [*family[:2], *entitled[140:220]], at - _DAY)
    towns = tuple(unit.organisation.id for unit in units.values() if unit.organisation.place in ("雁南镇", "石桥镇"))
    share = allotments.Share("雁南镇、石桥镇的学校", towns, 12, kept.closes_at - 3 * _DAY)
    allotments.allot(kept.id, share, by=by, at=began)
    _apply(kept, entitled[220:236], at - _DAY)
    link = invitations.invite(invited.id, "阿克苏绿洲中学的同学", 20, invited.closes_at, by=by, at=began)
    _apply(invited, entitled[236:241], at - _DAY, link.code)
    db.session.flush()


def _event(host: Unit, by: int, at: datetime) -> Event:
    words = EventWords("冬季青少年研学营", ProgrammeKind.PRACTICE, _SUMMARY, "清溪青年之家", host.contact)
    lots = {"way_in": WayIn.LOTTERY, "largest_party": 3}
    first = _plan("一期", at, 26, lots | {"closes_at": at + 8 * _DAY, "draws_at": at + 9 * _DAY})
    event = planning.create_event(host.organisation.id, words, first, by=by, at=at)
    opens = {"closes_at": at + 16 * _DAY}
    later = {"draws_at": at + 16 * _DAY + timedelta(hours=2), "smaller_may_pass": True}
    for plan in (
        _plan("二期", at, 33, lots | opens | later),
        _plan("三期", at, 40, opens),
        _plan("四期（邀请）", at, 47, opens | {"way_in": WayIn.INVITATION}),
    ):
        planning.add_slot(event.id, plan, by=by, at=at)
    planning.publish(event.id, by=by, at=at)
    return event


def _plan(title: str, at: datetime, day: int, way: Mapping[str, object]) -> SlotPlan:
    begins = (at + day * _DAY).replace(hour=1, minute=0, second=0, microsecond=0)  # 09:00 in Shanghai
    fixed = {"title": title, "form": SlotForm.SESSION, "place": "", "capacity": 40, "min_age": 10, "max_age": 17}
    times = {"starts_at": begins, "ends_at": begins + timedelta(days=3, hours=7), "opens_at": at}
    return SlotPlan(**{**fixed, **times, **way})  # type: ignore[arg-type]


def _apply(slot: Slot, coming: Sequence[Entrant], at: datetime, code: str | None = None) -> None:
    for number, one in enumerate(coming):
        asked = SignUp(slot.id, (one.person.id,), 0, code)
        sign_up(asked, by=one.user_id, at=at + timedelta(minutes=number))
