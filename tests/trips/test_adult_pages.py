"""The grown-ups of a trip in the browser, and what a leader sees on the phone."""

import pytest

from app.core.clock import local_day, now
from app.core.db import db
from app.organisations.models import Membership, MembershipRole
from app.people.models import Gender
from app.programmes.models import Programme
from app.trips.models import AdultRole, TripPart
from app.trips.placing import moving
from tests.factories import Factory
from tests.signing_in import Personas, signed_in
from tests.trip_rows import a_grown_up, a_trip, groups, rooms, roster

NEW = {"user_id": "0", "name": "张老师", "phone": "13800138000", "side_id": "0", "roles": ["teacher", "night"]}


@pytest.fixture
def programme(personas: Personas, make: Factory) -> Programme:
    """A trip of twelve of the staff's own host."""
    return a_trip(make, personas.host, youths=12)


def at(programme: Programme, end: str = "") -> str:
    """Return the address of the list."""
    return f"/desk/programmes/{programme.id}/trip/adults{end}"


def test_too_few_grown_ups_and_missing_checks_are_named_with_the_figures(
    personas: Personas, programme: Programme
) -> None:
    assert "还差 2 名" in personas.staff.get(at(programme)).text
    answer = personas.staff.post(at(programme, "/new"), data=NEW | {"gender": "female"}, follow_redirects=True)
    assert "张老师还没有登记犯罪记录查询" in answer.text
    assert "还差 1 名" in answer.text
    for each in ("12", "12"):
        assert personas.staff.post(at(programme), data={"youths_per_adult": each}).status_code == 303
    assert "还差" not in personas.staff.get(at(programme)).text
    assert personas.staff.post(at(programme), data={"youths_per_adult": "0"}).status_code == 422


def test_a_check_that_is_entered_ends_the_warning(personas: Personas, programme: Programme, make: Factory) -> None:
    adult = a_grown_up(make, programme)
    data = NEW | {"checked_on": f"{local_day(now()):%Y%m%d}", "checked_by": "苏老师", "gender": ""}
    edit = f"/desk/trip-adults/{adult.id}/edit"
    assert personas.staff.post(edit, data=data).status_code == 303
    assert "已查犯罪记录" in personas.staff.get(at(programme)).text
    half = personas.staff.post(edit, data=data | {"checked_by": ""})
    assert (half.status_code, "谁查询的" in half.text, "张老师" in half.text) == (422, True, True)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"phone": "123"}, {"checked_by": "我"}, {"roles": ["king"]}])
def test_what_cannot_be_is_refused(personas: Personas, programme: Programme, wrong: dict[str, str]) -> None:
    answer = personas.staff.post(at(programme, "/new"), data=NEW | {"gender": "", "name": "李老师"} | wrong)
    assert answer.status_code == 422


def test_somebody_is_taken_off_and_a_stranger_changes_nobody(
    personas: Personas, programme: Programme, make: Factory
) -> None:
    adult = a_grown_up(make, programme)
    assert personas.outsider.get(f"/desk/trip-adults/{adult.id}/edit").status_code == 404
    assert personas.outsider.post(f"/desk/trip-adults/{adult.id}/deletion").status_code == 404
    for status in (303, 404):
        assert personas.staff.post(f"/desk/trip-adults/{adult.id}/deletion").status_code == status


def test_a_leader_sees_the_own_group_and_the_head_of_the_trip_all(
    personas: Personas, programme: Programme, make: Factory
) -> None:
    teacher, head = (make.member(personas.host) for _two in range(2))
    first, _second = groups(make, programme, "第1组", "第2组")
    own = a_grown_up(make, programme, "", user_id=teacher.id)
    a_grown_up(make, programme, "", AdultRole.LEADER, user_id=head.id)
    by = teacher.id
    make.do(moving.fill, programme.id, TripPart.GROUPS, by=by, at=now())
    make.do(moving.put, programme.id, TripPart.GROUPS, [f"a{own.id}"], first.id, by=by, at=now())
    rooms(make, programme, "301", gender=Gender.FEMALE)
    make.do(moving.fill, programme.id, TripPart.ROOMS, by=by, at=now())
    with personas.app.app_context():
        youths = roster(programme).youths
        inside = [one.name for one in youths if one.group_id == first.id]
        others = [one.name for one in youths if one.group_id != first.id]
    seen = signed_in(personas.app, teacher).get(f"/trips/{programme.id}").text
    assert all(name in seen for name in inside)
    assert not any(name in seen for name in others)
    assert "房间：301" in seen
    assert all(name in signed_in(personas.app, head).get(f"/trips/{programme.id}").text for name in inside + others)
    assert personas.staff.get(f"/trips/{programme.id}").status_code == 404


def test_whoever_does_not_work_there_any_more_sees_no_group(
    personas: Personas, programme: Programme, make: Factory
) -> None:
    teacher = make.user("周建国")
    make.member(personas.host, MembershipRole.STAFF, teacher)
    a_grown_up(make, programme, "", user_id=teacher.id)
    browser = signed_in(personas.app, teacher)
    assert "还没有编组" in browser.get(f"/trips/{programme.id}").text

    def leave() -> None:
        own = db.session.query(Membership).filter_by(user_id=teacher.id).one()
        own.ended_at = now()

    make.do(leave)
    assert browser.get(f"/trips/{programme.id}").status_code == 404
