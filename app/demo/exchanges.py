"""The demo county's exchange with other provinces: an agreement that ends soon, last summer's camp, this winter's with
its applications, and a study camp that families apply for themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from app.care.consents.answering import Said, answer, typed_guardian
from app.care.consents.proving import confirm_by_call
from app.core.clock import local_day
from app.core.db import db
from app.demo.families import Entrant
from app.demo.units import Unit
from app.people.ages import age_on
from app.people.consents.models import GuardianRelation, Purpose
from app.people.consents.scopes import programme_scope
from app.people.models import Person, PersonKind
from app.programmes import itinerary, planning, sides
from app.programmes.agreements.operations import AgreementWords, PromiseWords, create_agreement
from app.programmes.applications import answering, applying
from app.programmes.applications.deciding import Decision, Verdict, decide
from app.programmes.itinerary import ItemWords
from app.programmes.kinds import ProgrammeKind
from app.programmes.models import Application, Direction, Entry, Measure, Programme, Reach, Reason, Side
from app.programmes.planning import ProgrammeWords
from app.programmes.sides import SideWords

_DAY = timedelta(days=1)
GUESTS = (
    "阿依古丽·买买提", "古丽娜尔·艾山", "艾力·吐尔逊", "帕提古丽·木合塔尔", "热娜·阿卜杜拉", "麦麦提·亚森",
    "迪丽努尔·卡德尔", "哈力克·伊敏", "阿娜尔·巴合提", "赛力克·努尔兰", "张雪莲", "马晓东",
)  # fmt: skip
_AGREED = (
    PromiseWords("每年互派一批青少年交流营员", Measure.PROGRAMMES, 2),
    PromiseWords("每年参加交流的青少年不少于 20 人", Measure.PEOPLE, 20),
    PromiseWords("互相提供研学基地和带队老师"),
)


@dataclass(frozen=True)
class _Desk:
    """Who sets it up, and with whom."""

    units: Mapping[str, Unit]
    everybody: Sequence[Entrant]
    random: Random
    by: int

    def pupils(self, school: str, number: int, at: datetime) -> list[Entrant]:
        """Return some pupils between 11 and 17 whom their school has confirmed, always the same."""
        school_id, today = self.units[school].organisation.id, local_day(at)
        fitting = [
            one
            for one in self.everybody
            if one.enrolment
            and one.enrolment.school_id == school_id
            and one.enrolment.confirmed_at
            and 11 <= age_on(one.person.born_on, today) <= 17
        ]
        return fitting[:number]


def add_exchanges(
    random: Random,
    units: Mapping[str, Unit],
    family: Sequence[Entrant],
    everybody: Sequence[Entrant],
    *,
    by: int,
    at: datetime,
) -> None:
    """Set all of it up, as it came about since last year."""
    desk = _Desk(units, everybody, random, by)
    agreement_id = _agree(desk, at)
    _last_summer(desk, agreement_id, at)
    _this_winter(desk, family[0], at)
    _study_camp(desk, at)


def _agree(desk: _Desk, at: datetime) -> int:
    today, partner = local_day(at), desk.units["aksu"].organisation.id
    words = AgreementWords(
        "清溪—阿克苏青少年交流合作协议", partner, "", today - 690 * _DAY, today + 40 * _DAY, "到期前商量续签。", _AGREED
    )
    return create_agreement(desk.units["centre"].organisation.id, words, by=desk.by, at=at - 690 * _DAY).id


def _last_summer(desk: _Desk, agreement_id: int, at: datetime) -> None:
    begins = local_day(at) - 110 * _DAY
    words = ProgrammeWords(
        title="手拉手夏令营：清溪—阿克苏",
        kind=ProgrammeKind.PAIRING,
        reach=Reach.PROVINCES,
        direction=Direction.IN,
        introduction="阿克苏的同学来清溪住五天：一起走古道、做纸灯、写下第一封信。\n回去以后每月写一封信，年底再见。",
        place="清溪县青少年交流中心",
        contact=desk.units["centre"].contact,
        starts_on=begins,
        ends_on=begins + 4 * _DAY,
        min_age=10,
        max_age=18,
        campaigns="民族团结一家亲\n青少年交流万人计划",
        nights_away=True,
        needs_documents=True,
        agreement_id=agreement_id,
    )
    set_up_at = at - 160 * _DAY
    programme, own, guests = _set_up(desk, words, ("aksu", 12), 12, set_up_at)
    chosen = _nominate(desk, own, {"first": 6, "experimental": 6}, set_up_at + 9 * _DAY)
    invited = [applying.enter(guests.id, one.id, by=desk.by, at=set_up_at + 12 * _DAY) for one in _guests(begins, at)]
    _accept(programme, [*chosen[:12], *invited], desk.by, set_up_at + 15 * _DAY)
    for one in [*chosen[:12], *invited]:
        _confirm(one, desk.by, set_up_at + 16 * _DAY)


def _this_winter(desk: _Desk, young: Entrant, at: datetime) -> None:
    begins = local_day(at) + 26 * _DAY
    words = ProgrammeWords(
        title="草原冬令营：清溪—锡林郭勒",
        kind=ProgrammeKind.VISIT,
        reach=Reach.PROVINCES,
        direction=Direction.OUT,
        introduction="六天五晚，去看冬天的草原：学骑马、进毡房、和锡林浩特的同学一起上一天课。\n"
        "路费食宿由中心承担，请准备厚外套和防滑鞋。",
        place="锡林浩特市",
        contact=desk.units["centre"].contact,
        starts_on=begins,
        ends_on=begins + 5 * _DAY,
        min_age=11,
        max_age=18,
        campaigns="民族团结一家亲",
        levels=" middle high ",
        nights_away=True,
        needs_documents=True,
    )
    programme, own, _guests_side = _set_up(desk, words, ("xilingol", 8), 8, at - 20 * _DAY)
    shares = {"first": 6, "experimental": 5, "second": 4}
    ones = _nominate(desk, own, shares, at - 6 * _DAY, first=young)
    _accept(programme, ones[:8], desk.by, at - _DAY)
    for one in ones[2:5]:
        _confirm(one, desk.by, at - timedelta(hours=5))
    answering.say_yes(ones[5].id, by=desk.by, at=at - timedelta(hours=3))
    reserve = Decision(Verdict.RESERVE)
    decide(programme.id, [one.id for one in ones[8:11]], reserve, by=desk.by, at=at - timedelta(hours=20))
    refusal = Decision(Verdict.REFUSE, Reason.TURN, "去年参加过夏令营，这次先让给别的同学。")
    decide(programme.id, [one.id for one in ones[11:12]], refusal, by=desk.by, at=at - timedelta(hours=19))


def _study_camp(desk: _Desk, at: datetime) -> None:
    begins = local_day(at) + 40 * _DAY
    words = ProgrammeWords(
        title="周末非遗研学营",
        kind=ProgrammeKind.PRACTICE,
        reach=Reach.LOCAL,
        direction=None,
        introduction="两个白天：第一天跟师傅扎纸灯，第二天自己当讲解员。晚上各自回家。",
        place="清溪古镇非遗文化园",
        contact=desk.units["centre"].contact,
        starts_on=begins,
        ends_on=begins + _DAY,
        min_age=9,
        max_age=16,
        entry=Entry.APPLICATION,
    )
    moment = at - 4 * _DAY
    programme = planning.create_programme(desk.units["centre"].organisation.id, words, by=desk.by, at=moment)
    _side(desk, programme, "centre", 24, moment, until=at + 20 * _DAY)
    heritage = desk.units["heritage"].organisation.id
    for on, words_of_day in ((begins, "跟师傅扎纸灯"), (begins + _DAY, "当一天小讲解员")):
        itinerary.add_item(programme.id, ItemWords(on, "09:00", words_of_day, heritage))
    planning.publish(programme.id, by=desk.by, at=moment)


def _set_up(
    desk: _Desk, words: ProgrammeWords, partner: tuple[str, int], places: int, at: datetime
) -> tuple[Programme, Side, Side]:
    made = planning.create_programme(desk.units["centre"].organisation.id, words, by=desk.by, at=at)
    own = _side(desk, made, "centre", places, at, until=at + 30 * _DAY)
    guests = _side(desk, made, partner[0], partner[1], at, until=at + 30 * _DAY)
    plan = ((0, "14:00", "报到、破冰、认识彼此"), (1, "08:30", "一起走古道"), (2, "09:00", "同上一天课"))
    for later, from_time, what in plan:
        itinerary.add_item(made.id, ItemWords(words.starts_on + later * _DAY, from_time, what, None))
    planning.publish(made.id, by=desk.by, at=at + _DAY)
    return made, own, guests


def _side(desk: _Desk, programme: Programme, unit: str, places: int, at: datetime, *, until: datetime) -> Side:
    its = desk.units[unit]
    words = SideWords(its.organisation.id, "", places, its.contact, at, until)
    return sides.add_side(programme.id, words, by=desk.by, at=at)


def _nominate(
    desk: _Desk, side: Side, shares: Mapping[str, int], at: datetime, *, first: Entrant | None = None
) -> list[Application]:
    schools = {key: desk.units[key].organisation.id for key in shares}
    sides.set_quotas(side.id, {schools[key]: number for key, number in shares.items()}, by=desk.by, at=at)
    made: list[Application] = []
    for quota in side.quotas:
        key = next(key for key, number in schools.items() if number == quota.school_id)
        pupils = [one.person.id for one in desk.pupils(key, quota.places, at)]
        if first and key == "first":
            pupils = [first.person.id, *pupils[: quota.places - 1]]
        made += applying.nominate(quota.id, pupils, "学习踏实，愿意交朋友。", by=desk.by, at=at)
    return made


def _accept(programme: Programme, ones: Sequence[Application], by: int, at: datetime) -> None:
    decide(programme.id, [one.id for one in ones], Decision(Verdict.ACCEPT), by=by, at=at)


def _confirm(one: Application, by: int, at: datetime) -> None:
    """Let a guardian agree by the link, and the teacher call an hour later."""
    guardian = typed_guardian(one.person_id, f"{one.person.name[:1]}女士", GuardianRelation.MOTHER, at=at)
    scope, purposes = programme_scope(one.programme_id), one.side.programme.purposes
    said = dict.fromkeys(purposes, True) | {Purpose.TAKING_PART: True}
    answer(Said(one.person_id, scope, said), guardian, at=at)
    confirm_by_call(one.person_id, scope, guardian.id, at, by=by, at=at + timedelta(hours=1))


def _guests(begins: date, at: datetime) -> list[Person]:
    guests = [
        Person(
            name=name,
            born_on=begins.replace(year=begins.year - 13 - place % 4, day=1 + place),
            created_at=at - 150 * _DAY,
            kind=PersonKind.PUPIL,
        )
        for place, name in enumerate(GUESTS)
    ]
    db.session.add_all(guests)
    db.session.flush()
    return guests
