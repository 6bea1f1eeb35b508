"""The demo county's pairing rounds: pen friends of two districts as a draft, and the pairs of last summer's camp."""

from datetime import date, datetime
from random import Random

from sqlalchemy import select

from app.core.clock import local_day
from app.core.db import db
from app.demo.exchange_desk import DAY, ExchangeDesk
from app.demo.people import pupil_name
from app.pairing import members, rounds
from app.pairing.drafts import draft_of
from app.pairing.members import Entry
from app.pairing.models import PairingRound
from app.pairing.pairing_up import work_out, write
from app.pairing.rounds import Words
from app.pairing.settings import Settings, read_settings
from app.pairing.youths import Shape
from app.people.ages import age_on
from app.people.models import Gender, Person
from app.programmes.models import Application, Programme

PAIRS = 300
LEFT_OVER = 4  # on the partner's list, for whom nobody is there
_INTERESTS = (
    "画画",
    "篮球",
    "足球",
    "唱歌",
    "跳舞",
    "书法",
    "看书",
    "编程",
    "摄影",
    "下棋",
    "种花",
    "做饭",
    "跑步",
    "剪纸",
)
_LANGUAGES = ("普通话", "普通话、英语", "普通话、维吾尔语", "普通话、客家话")


def pair_last_summer(desk: ExchangeDesk, camp: Programme, at: datetime) -> PairingRound:
    """Pair everybody who was at the camp, checked by a colleague and published: one of each side."""
    moment = at - 112 * DAY
    for side in camp.sides:
        _let_speak(desk.random, side.id)
    titles, ids = [side.title for side in camp.sides], [[side.id] for side in camp.sides]
    words = Words("夏令营手拉手", Shape.ONE_TO_ONE, titles, camp.id, ids)
    made = members.set_up_with_people(camp.host_id, words, by=desk.by, at=moment)
    _pair(made, desk.by, moment)
    rounds.check(made.id, by=desk.colleague, at=moment + DAY / 4)
    return rounds.publish(made.id, by=desk.by, at=moment + DAY / 2)


def pair_pen_friends(desk: ExchangeDesk, at: datetime) -> None:
    """Pair pupils of the county with those on a partner's list, as a draft that nobody has checked yet."""
    host_id, moment = desk.units["centre"].organisation.id, at - 3 * DAY
    words = Words("秋季书信结对：清溪—阿克苏", Shape.ONE_TO_ONE, ("清溪县", desk.units["aksu"].organisation.name))
    made = rounds.set_up(host_id, words, Settings(), by=desk.by, at=moment)
    everybody = [one.person for one in desk.everybody if one.enrolment]
    ours = [one for one in everybody if 8 <= age_on(one.born_on, local_day(at)) <= 17][:PAIRS]
    for person in ours:
        _speaks(desk.random, person)
    members.put_in(made.id, 0, [person.id for person in ours], by=desk.by, at=moment)
    theirs = [_guest(desk.random, local_day(at)) for _one in range(len(ours) + LEFT_OVER)]
    members.enter(made.id, 1, theirs, by=desk.by, at=moment)
    _pair(made, desk.by, moment)


def _pair(made: PairingRound, by: int, at: datetime) -> None:
    worked = work_out(draft_of(made))
    write(worked, read_settings(made.settings), by=by, at=at)


def _guest(random: Random, today: date) -> Entry:
    age = random.randint(9, 17)
    grade = "一二三四五六七八九"[min(age - 7, 8)]
    return Entry(
        name=pupil_name(random),
        born_on=date(today.year - age, random.randint(1, 12), random.randint(1, 28)),
        gender=random.choice((Gender.FEMALE, Gender.MALE)),
        class_name=f"{grade}年级（{random.randint(1, 4)}）班",
        interests="、".join(random.sample(_INTERESTS, 2)),
        languages=random.choice(_LANGUAGES),
    )


def _speaks(random: Random, person: Person) -> None:
    person.interests = person.interests or "、".join(random.sample(_INTERESTS, 2))
    person.languages = person.languages or random.choice(_LANGUAGES[:2])


def _let_speak(random: Random, side_id: int) -> None:
    theirs = select(Person).join(Application, Application.person_id == Person.id)
    for person in db.session.scalars(theirs.where(Application.side_id == side_id).order_by(Person.id)):
        _speaks(random, person)
