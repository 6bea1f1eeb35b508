"""Trips for tests: who takes part, grown-ups, groups, buses and rooms."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.core.clock import local_day, now
from app.core.db import db
from app.organisations.models import Organisation
from app.people.models import Gender, Person
from app.programmes.models import Application, ApplicationState, Programme, Side
from app.trips.adults.operations import AdultWords, add_adult
from app.trips.models import AdultRole, TripAdult, TripPart, TripPlace
from app.trips.placing import moving
from app.trips.placing.places import BusWords, GroupWords, PlaceWords, RoomWords, add_places
from app.trips.queries import places_of
from app.trips.roster import Roster, Traveller, roster_of
from app.trips.settling import settle_ratio
from app.trips.tasks import operations as tasks
from tests.exchanges import a_programme, entered
from tests.factories import Factory

NAMES = ("王芳", "李雷", "欧阳娜娜", "韩梅", "赵敏", "孙强", "周舟", "吴越", "郑好", "冯程", "陈晨", "褚楚")


def a_trip(make: Factory, host: Organisation | None = None, *, youths: int = 6, **words: Any) -> Programme:
    """Make a programme with nights away, in which so many take part: two schools, girls and boys in turn."""
    programme = a_programme(make, host, places=100, **({"nights_away": True} | words))
    schools = make.school(), make.school()
    for number in range(youths):
        gender = (Gender.FEMALE, Gender.MALE)[number % 2]
        goes(make, programme, _name(number), gender=gender, school=schools[number >= youths // 2])
    return programme


def goes(
    make: Factory,
    programme: Programme,
    name: str,
    *,
    age: int = 15,
    gender: Gender | None = None,
    school: Organisation | None = None,
    class_name: str = "八年级（3）班",
) -> Application:
    """Let somebody take part."""
    made = entered(make, programme, name=name, age=age, school=school, class_name=class_name)

    def confirm() -> None:
        one, side = db.session.get_one(Application, made.id), db.session.get_one(Side, made.side_id)
        one.state, one.class_name = ApplicationState.CONFIRMED, class_name
        one.school_id = school.id if school else None
        side.accepted += 1
        db.session.get_one(Person, made.person_id).gender = gender

    make.do(confirm)
    return made


def withdraws(make: Factory, programme: Programme, name: str) -> None:
    """Let somebody not take part any more."""

    def end() -> None:
        found = select(Application).join(Application.person).where(Application.programme_id == programme.id)
        one = db.session.scalars(found.where(Person.name == name)).one()
        one.state, one.ended_at = ApplicationState.DECLINED, now()
        db.session.get_one(Side, one.side_id).accepted -= 1

    make.do(end)


def a_grown_up(make: Factory, programme: Programme, name: str = "张老师", *roles: AdultRole, **known: Any) -> TripAdult:
    """Put somebody on the list of grown-ups; keywords are those of `AdultWords`."""
    words = AdultWords(name=name, roles=roles or (AdultRole.TEACHER,), **known)
    return make.do(add_adult, programme.id, words, by=make.user().id, at=now())


def groups(make: Factory, programme: Programme, *names: str) -> Sequence[TripPlace]:
    """Make groups."""
    return _added(make, programme, TripPart.GROUPS, [GroupWords(name) for name in names])


def buses(make: Factory, programme: Programme, **seats: int) -> Sequence[TripPlace]:
    """Make buses; keywords are their seats by name."""
    return _added(make, programme, TripPart.BUSES, [BusWords(name, "川A 12345", many) for name, many in seats.items()])


def rooms(
    make: Factory, programme: Programme, *names: str, gender: Gender, beds: int = 2, is_for_minors: bool = True
) -> Sequence[TripPlace]:
    """Make rooms of one kind."""
    words = [RoomWords(name, beds, gender, is_for_minors) for name in names]
    return _added(make, programme, TripPart.ROOMS, words)


def roster(programme: Programme) -> Roster:
    """Return who travels, as it is now; to be asked inside an application context."""
    db.session.expire_all()
    return roster_of(db.session.get_one(Programme, programme.id))


def named(programme: Programme, name: str) -> Traveller:
    """Return somebody who travels."""
    return next(one for one in roster(programme).everybody if one.name == name)


def in_places(programme: Programme, part: TripPart) -> dict[str, list[str]]:
    """Return who is where: names by the name of the group, bus or room; those in none under ""."""
    called = {place.id: place.name for place in places_of(part, programme.id)}
    found: dict[str, list[str]] = {name: [] for name in called.values()}
    for one in roster(programme).everybody:
        found.setdefault(called.get(one.place(part) or 0, ""), []).append(one.name)
    return found


def trip_rows(make: Factory, programme_id: int, leader: User) -> dict[str, int]:
    """Make some of everything that belongs to a trip; returns what the places of addresses stand for."""
    programme = make.do(lambda: db.session.get_one(Programme, programme_id))
    by = leader.id
    make.do(tasks.add_usual, programme_id, by=by, at=now())
    words = tasks.TaskWords("营服", local_day(now()) + timedelta(days=3), note="尺码")
    task = make.do(tasks.add_task, programme_id, words, by=by, at=now())
    make.do(settle_ratio, programme_id, 8, by=by, at=now())
    adult = a_grown_up(make, programme, "", user_id=by, phone="13800000001", gender=Gender.FEMALE)
    spare = a_grown_up(make, programme, "李师傅", AdultRole.DRIVER)
    (group, other) = groups(make, programme, "第1组", "第2组")
    (bus,) = buses(make, programme, 一号车=40)
    rooms(make, programme, "301", gender=Gender.FEMALE)
    make.do(_go_along, programme_id)
    make.do(moving.put, programme_id, TripPart.GROUPS, _everybody(make, programme), group.id, by=by, at=now())
    make.do(moving.put, programme_id, TripPart.BUSES, [f"a{adult.id}"], bus.id, by=by, at=now())
    return {
        "task": task.id,
        "adult": adult.id,
        "spare_adult": spare.id,
        "place": group.id,
        "spare_place": other.id,
    }


def _go_along(programme_id: int) -> None:
    """Let whoever was refused take part after all: somebody of age needs nobody's consent."""
    refused = (Application.programme_id == programme_id, Application.state == ApplicationState.REFUSED)
    for one in db.session.scalars(select(Application).where(*refused)):
        one.state, one.ended_at, one.reason = ApplicationState.CONFIRMED, None, None
        side = db.session.get_one(Side, one.side_id)
        side.places, side.accepted = side.places + 1, side.accepted + 1  # the others are for whoever comes by the rules


def _everybody(make: Factory, programme: Programme) -> list[str]:
    return make.do(lambda: [one.who for one in roster_of(db.session.get_one(Programme, programme.id)).everybody])


def _added(make: Factory, programme: Programme, part: TripPart, words: Sequence[PlaceWords]) -> Sequence[TripPlace]:
    make.do(add_places, programme.id, part, words, by=make.user().id, at=now())
    called = {one.name for one in words}
    return make.do(lambda: [one for one in places_of(part, programme.id) if one.name in called])


def _name(number: int) -> str:
    return NAMES[number % len(NAMES)] + "甲乙丙丁戊己庚辛壬癸"[number // len(NAMES) % 10] * (number >= len(NAMES))
