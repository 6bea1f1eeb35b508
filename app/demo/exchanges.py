"""The demo county's exchange with other provinces: an agreement that ends soon, last summer's camp, this winter's with
its applications, and a study camp that families apply for themselves."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select

from app.core.clock import local_day
from app.core.db import db
from app.demo.exchange_desk import DAY, ExchangeDesk, accept, add_side, confirm, nominate, set_up
from app.demo.families import Entrant
from app.demo.homes import live_with_families, look_for_families, open_to_partner
from app.demo.pairings import pair_last_summer, pair_pen_friends
from app.demo.pen_letters import look_after
from app.demo.trips import hand_in_documents, prepare_last_summer, prepare_winter
from app.demo.units import Unit
from app.organisations.models import Membership
from app.people.models import Gender, Person, PersonKind
from app.programmes import itinerary, planning
from app.programmes.agreements.operations import AgreementWords, PromiseWords, create_agreement
from app.programmes.applications import answering, applying
from app.programmes.applications.deciding import Decision, Verdict, decide
from app.programmes.itinerary import ItemWords
from app.programmes.kinds import ProgrammeKind
from app.programmes.models import Direction, Entry, Measure, Programme, Reach, Reason, Side
from app.programmes.planning import ProgrammeWords

GUESTS = (
    "阿依古丽·买买提", "古丽娜尔·艾山", "艾力·吐尔逊", "帕提古丽·木合塔尔", "热娜·阿卜杜拉", "麦麦提·亚森",
    "迪丽努尔·卡德尔", "哈力克·伊敏", "阿娜尔·巴合提", "赛力克·努尔兰", "张雪莲", "马晓东",
)  # fmt: skip
_SUMMER_DAYS = (("14:00", "报到、破冰、认识彼此"), ("08:30", "一起走古道"), ("09:00", "同上一天课"))
_WINTER_DAYS = (
    ("13:30", "抵达锡林浩特，分组、看房间"),
    ("09:00", "学骑马，进毡房"),
    ("08:30", "和锡林浩特的同学同上一天课"),
)
_BOYS = {"艾力·吐尔逊", "麦麦提·亚森", "哈力克·伊敏", "赛力克·努尔兰", "马晓东"}
_AGREED = (
    PromiseWords("每年互派一批青少年交流营员", Measure.PROGRAMMES, 2),
    PromiseWords("每年参加交流的青少年不少于 20 人", Measure.PEOPLE, 20),
    PromiseWords("互相提供研学基地和带队老师"),
)


def add_exchanges(
    random: Random,
    units: Mapping[str, Unit],
    family: Sequence[Entrant],
    everybody: Sequence[Entrant],
    working: Mapping[str, int],
    at: datetime,
) -> None:
    """Set all of it up, as it came about since last year; ``working`` are who does the work of each unit."""
    desk = ExchangeDesk(units, everybody, random, working, working["centre"], _colleague(units, working["centre"]))
    agreement_id = _agree(desk, at)
    camp = _last_summer(desk, agreement_id, family[0], at)
    made = pair_last_summer(desk, camp, at)
    look_after(desk, made, family[0].person, at)
    _this_winter(desk, family[0], at)
    _study_camp(desk, at)
    pair_pen_friends(desk, at)


def _agree(desk: ExchangeDesk, at: datetime) -> int:
    today, partner = local_day(at), desk.units["aksu"].organisation.id
    words = AgreementWords(
        "清溪—阿克苏青少年交流合作协议", partner, "", today - 690 * DAY, today + 40 * DAY, "到期前商量续签。", _AGREED
    )
    return create_agreement(desk.units["centre"].organisation.id, words, by=desk.by, at=at - 690 * DAY).id


def _last_summer(desk: ExchangeDesk, agreement_id: int, young: Entrant, at: datetime) -> Programme:
    begins = local_day(at) - 110 * DAY
    words = ProgrammeWords(
        title="手拉手夏令营：清溪—阿克苏",
        kind=ProgrammeKind.PAIRING,
        reach=Reach.PROVINCES,
        direction=Direction.IN,
        introduction="阿克苏的同学来清溪住五天：一起走古道、做纸灯、写下第一封信。\n回去以后每月写一封信，年底再见。",
        place="清溪县青少年交流中心",
        contact=desk.units["centre"].contact,
        starts_on=begins,
        ends_on=begins + 4 * DAY,
        min_age=10,
        max_age=18,
        campaigns="民族团结一家亲\n青少年交流万人计划",
        nights_away=True,
        needs_insurance=True,
        needs_rooms=True,
        agreement_id=agreement_id,
    )
    set_up_at = at - 160 * DAY
    programme, own, guests = set_up(desk, words, ("aksu", 12), 12, _SUMMER_DAYS, set_up_at)
    chosen = nominate(desk, own, {"first": 6, "experimental": 6}, set_up_at + 9 * DAY, first=young)
    invited = [applying.enter(guests.id, one.id, by=desk.by, at=set_up_at + 12 * DAY) for one in _guests(begins, at)]
    accept(programme, [*chosen[:12], *invited], desk.by, set_up_at + 15 * DAY)
    for one in [*chosen[:12], *invited]:
        confirm(one, desk.by, set_up_at + 16 * DAY)
    prepare_last_summer(desk, programme, at)
    live_with_families(desk, programme, invited, at - 113 * DAY)
    return programme


def _this_winter(desk: ExchangeDesk, young: Entrant, at: datetime) -> None:
    begins = local_day(at) + 26 * DAY
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
        ends_on=begins + 5 * DAY,
        min_age=11,
        max_age=18,
        campaigns="民族团结一家亲",
        levels=" middle high ",
        nights_away=True,
        needs_insurance=True,
        needs_rooms=True,
    )
    programme, own, guests = set_up(desk, words, ("xilingol", 8), 16, _WINTER_DAYS, at - 20 * DAY)
    open_to_partner(desk, guests, at)
    look_for_families(desk, programme, at)
    _choose(desk, own, young, at)


def _choose(desk: ExchangeDesk, own: Side, young: Entrant, at: datetime) -> None:
    """Choose from whom schools recommend; most have agreed since, and one only after the trip was arranged."""
    programme = own.programme
    ones = nominate(desk, own, {"first": 8, "experimental": 8, "second": 6}, at - 6 * DAY, first=young)
    accept(programme, ones[:16], desk.by, at - DAY)
    for one in ones[2:12]:
        confirm(one, desk.by, at - timedelta(hours=22))
    prepare_winter(desk, programme, at)
    hand_in_documents(ones[2:9], at - timedelta(hours=18))
    reserve = Decision(Verdict.RESERVE)
    decide(programme.id, [one.id for one in ones[16:19]], reserve, by=desk.by, at=at - timedelta(hours=17))
    refusal = Decision(Verdict.REFUSE, Reason.TURN, "去年参加过夏令营，这次先让给别的同学。")
    decide(programme.id, [one.id for one in ones[19:20]], refusal, by=desk.by, at=at - timedelta(hours=16))
    confirm(ones[12], desk.by, at - timedelta(hours=5))
    answering.say_yes(ones[13].id, by=desk.by, at=at - timedelta(hours=3))


def _study_camp(desk: ExchangeDesk, at: datetime) -> None:
    begins = local_day(at) + 40 * DAY
    words = ProgrammeWords(
        title="周末非遗研学营",
        kind=ProgrammeKind.PRACTICE,
        reach=Reach.LOCAL,
        direction=None,
        introduction="两个白天：第一天跟师傅扎纸灯，第二天自己当讲解员。晚上各自回家。",
        place="清溪古镇非遗文化园",
        contact=desk.units["centre"].contact,
        starts_on=begins,
        ends_on=begins + DAY,
        min_age=9,
        max_age=16,
        entry=Entry.APPLICATION,
    )
    moment = at - 4 * DAY
    programme = planning.create_programme(desk.units["centre"].organisation.id, words, by=desk.by, at=moment)
    add_side(desk, programme, "centre", 24, moment, until=at + 20 * DAY)
    heritage = desk.units["heritage"].organisation.id
    for on, words_of_day in ((begins, "跟师傅扎纸灯"), (begins + DAY, "当一天小讲解员")):
        itinerary.add_item(programme.id, ItemWords(on, "09:00", words_of_day, heritage))
    planning.publish(programme.id, by=desk.by, at=moment)


def _guests(begins: date, at: datetime) -> list[Person]:
    guests = [
        Person(
            name=name,
            born_on=begins.replace(year=begins.year - 13 - place % 4, day=1 + place),
            created_at=at - 150 * DAY,
            kind=PersonKind.PUPIL,
            gender=Gender.MALE if name in _BOYS else Gender.FEMALE,
        )
        for place, name in enumerate(GUESTS)
    ]
    db.session.add_all(guests)
    db.session.flush()
    return guests


def _colleague(units: Mapping[str, Unit], by: int) -> int:
    host_id = units["centre"].organisation.id
    others = select(Membership.user_id).where(Membership.organisation_id == host_id, Membership.user_id != by)
    return db.session.scalars(others.order_by(Membership.id)).first() or by
