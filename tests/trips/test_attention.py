"""What somebody should look at once more before a trip is said in plain words, with where it is put right."""

from sqlalchemy import select, update

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.organisations.models import Membership, MembershipRole
from app.people.models import Gender, Person
from app.programmes.models import Application, ApplicationState, Programme, Side
from app.trips.attention import Remark, remarks_on
from app.trips.glance import parts_of
from app.trips.models import TripPart
from app.trips.placing import moving
from app.trips.queries import places_of
from tests.factories import Factory
from tests.trip_rows import a_grown_up, buses, goes, groups, named, rooms, roster, withdraws

GROUPS, BUSES, ROOMS = TripPart.GROUPS, TripPart.BUSES, TripPart.ROOMS


def remarks(programme: Programme) -> list[Remark]:
    """Return what is said of a trip as it is now."""
    fresh = roster(programme)
    return remarks_on(fresh, {part: places_of(part, programme.id) for part in parts_of(programme)})


def comes_back(make: Factory, programme: Programme, name: str) -> None:
    """Let somebody take part after all."""

    def begin() -> None:
        found = select(Application).join(Application.person).where(Application.programme_id == programme.id)
        one = db.session.scalars(found.where(Person.name == name)).one()
        one.state, one.ended_at = ApplicationState.CONFIRMED, None
        db.session.get_one(Side, one.side_id).accepted += 1

    make.do(begin)


def test_of_what_was_not_begun_nothing_is_said(programme: Programme) -> None:
    assert remarks(programme) == []


def test_whoever_is_in_none_is_named_where_there_are_some(programme: Programme, by: int, make: Factory) -> None:
    groups(make, programme, "第1组")
    make.do(moving.fill, programme.id, GROUPS, by=by, at=now())
    assert remarks(programme) == []
    goes(make, programme, "新来的")
    assert remarks(programme) == [Remark("1 人还没编组：新来的", GROUPS)]
    buses(make, programme, 一号车=40)
    (_one, riding) = remarks(programme)
    assert riding.part is BUSES
    assert riding.words.startswith("7 人还没安排车：")
    assert (riding.words.count("、"), riding.words[-1]) == (5, "…")  # the page behind the link names all


def test_a_group_in_several_buses_is_named_with_them(programme: Programme, by: int, make: Factory) -> None:
    groups(make, programme, "第1组", "第2组")
    make.do(moving.fill, programme.id, GROUPS, by=by, at=now())
    _first, second = buses(make, programme, 一号车=40, 二号车=40)
    make.do(moving.fill, programme.id, BUSES, by=by, at=now())
    assert remarks(programme) == []
    make.do(moving.put, programme.id, BUSES, [named(programme, "王芳").who], second.id, by=by, at=now())
    assert remarks(programme) == [Remark("第1组分坐几辆车：一号车（2 人）、二号车（1 人）", BUSES)]


def test_whoever_comes_back_to_a_place_that_was_given_away_makes_it_over_full(
    programme: Programme, by: int, make: Factory
) -> None:
    (room,) = rooms(make, programme, "301", gender=Gender.MALE, beds=2)
    boys = [named(programme, name).who for name in ("李雷", "韩梅")]
    make.do(moving.put, programme.id, ROOMS, boys, room.id, by=by, at=now())
    withdraws(make, programme, "李雷")
    make.do(moving.put, programme.id, ROOMS, [named(programme, "孙强").who], room.id, by=by, at=now())
    comes_back(make, programme, "李雷")
    assert remarks(programme)[0] == Remark("301 只有 2 个位置，安排了 3 人。", ROOMS, room.id)


def test_whose_gender_was_put_right_needs_another_room(programme: Programme, by: int, make: Factory) -> None:
    (room,) = rooms(make, programme, "301", gender=Gender.FEMALE, beds=3)
    girl = named(programme, "王芳")
    make.do(moving.put, programme.id, ROOMS, [girl.who], room.id, by=by, at=now())
    make.do(lambda: db.session.execute(update(Person).where(Person.name == "王芳").values(gender=Gender.MALE)))
    assert remarks(programme)[0] == Remark("性别或出生日期已更正，需要换房间：王芳", ROOMS)


def test_whoever_does_not_work_there_any_more_is_named_and_travels_no_longer(
    programme: Programme, make: Factory
) -> None:
    leader: User = make.member(make.do(lambda: db.session.get_one(Programme, programme.id).host), MembershipRole.STAFF)
    a_grown_up(make, programme, "", user_id=leader.id)
    a_grown_up(make, programme, "李师傅")
    assert [one.name for one in roster(programme).adults] == [leader.name, "李师傅"]
    theirs = update(Membership).where(Membership.user_id == leader.id)
    make.do(lambda: db.session.execute(theirs.values(ended_at=now())))
    found = roster(programme)
    assert ([one.name for one in found.adults], [one.name for one in found.departed]) == (["李师傅"], [leader.name])
    (told,) = remarks(programme)
    assert told == Remark(f"{leader.name}已不在参与单位任职，各张名单都不再列出。请移除，或按姓名重新添加。")
    make.do(lambda: db.session.execute(theirs.values(ended_at=None)))
    assert remarks(programme) == []
