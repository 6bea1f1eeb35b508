"""Families of the demo county's exchanges that take guests in, and the link of a partner without accounts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.core.clock import local_day
from app.demo.exchange_desk import DAY, ExchangeDesk
from app.partners.entering import enter_list
from app.partners.lines import Guest
from app.partners.links import make_link
from app.people.models import Gender
from app.programmes.host_families import operations as families
from app.programmes.host_families.models import Guests
from app.programmes.host_families.operations import Adult, FamilyWords
from app.programmes.models import Application, Programme, Side

SENT = (
    ("苏日娜", Gender.FEMALE, "剪纸、唱歌"),
    ("巴特尔", Gender.MALE, "骑马、摔跤"),
    ("娜仁花", Gender.FEMALE, "马头琴、跳舞"),
    ("乌力吉", Gender.MALE, "篮球、摄影"),
    ("王晓禾", Gender.FEMALE, "看书、画画"),
)
_CHECKED_BY = "派出所开具证明"


def live_with_families(desk: ExchangeDesk, camp: Programme, guests: Sequence[Application], at: datetime) -> None:
    """Enter a family that two guests live with, approved by a second person, ``at`` which moment they were placed."""
    takes = Guests.GIRLS if guests[0].person.gender is Gender.FEMALE else Guests.BOYS
    living = [one.person_id for one in guests if one.person.gender is guests[0].person.gender]
    words = _family("陈阿姨家", ("陈桂英", "林国栋"), takes, at, "离中心走路十分钟，家里有一个上初二的女儿。")
    family = families.enter_family(camp.id, words, by=desk.colleague, at=at - 6 * DAY)
    families.approve(family.id, by=desk.by, at=at - 5 * DAY)
    for person_id in living[:2]:
        families.place(family.id, person_id, (camp.starts_on, camp.ends_on), by=desk.colleague, at=at)


def look_for_families(desk: ExchangeDesk, camp: Programme, at: datetime) -> None:
    """Enter two families for a night on the steppe: one is approved, one waits for a second person."""
    first = _family("牧民巴图家", ("巴图", "其其格"), Guests.ANY, at - 8 * DAY, "有两间客房，会说普通话。")
    second = _family("苏和家", ("苏和", "萨仁"), Guests.ANY, at - 3 * DAY, "住得远一些，要派车接送。")
    approved = families.enter_family(camp.id, first, by=desk.colleague, at=at - 7 * DAY)
    families.approve(approved.id, by=desk.by, at=at - 6 * DAY)
    families.enter_family(camp.id, second, by=desk.by, at=at - 2 * DAY)


def open_to_partner(desk: ExchangeDesk, side: Side, at: datetime) -> None:
    """Give a partner a link to its side; two days later its list is in."""
    ends_on, label = side.programme.ends_on + 30 * DAY, "盟青少年宫 乌兰老师"
    link = make_link(side.id, label, ends_on, by=desk.by, at=at - 12 * DAY)
    enter_list(link.id, _sent(at), at=at - 10 * DAY)


def _family(name: str, adults: Sequence[str], guests: Guests, at: datetime, remarks: str) -> FamilyWords:
    visited_on = local_day(at - 7 * DAY)
    return FamilyWords(
        name=name,
        address="演示地址：文昌路 0 号",
        phone="13700000030",
        guests=guests,
        capacity=2,
        adults=tuple(Adult(one, visited_on - timedelta(days=3), _CHECKED_BY) for one in adults),
        visited_on=visited_on,
        visited_by="苏小禾、韩立群",
        remarks=remarks,
    )


def _sent(at: datetime) -> list[Guest]:
    year = local_day(at).year - 14
    return [
        Guest(
            name=name,
            born_on=local_day(at).replace(year=year - place % 2, month=1 + place, day=3 + place),
            gender=gender,
            school="锡林浩特第六中学",
            class_name=f"八年级（{1 + place % 3}）班",
            interests=interests,
            languages="普通话、蒙古语",
        )
        for place, (name, gender, interests) in enumerate(SENT)
    ]
