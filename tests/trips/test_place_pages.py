"""Groups, buses and rooms in the browser."""

import re

import pytest

from app.people.models import Gender
from app.programmes.models import Programme
from app.trips.models import TripPart
from tests.counting import statements
from tests.factories import Factory
from tests.signing_in import Personas
from tests.trip_rows import a_grown_up, a_trip, buses, goes, groups, in_places, named, rooms, withdraws


@pytest.fixture
def programme(personas: Personas, make: Factory) -> Programme:
    """A trip of six of the staff's own host."""
    return a_trip(make, personas.host)


def at(programme: Programme, end: str) -> str:
    """Return the address of a page of the trip."""
    return f"/desk/programmes/{programme.id}/trip/{end}"


def where(personas: Personas, programme: Programme, part: TripPart) -> dict[str, list[str]]:
    """Return who is where."""
    with personas.app.app_context():
        return in_places(programme, part)


def who(personas: Personas, programme: Programme, name: str) -> str:
    """Return what somebody is called in the form."""
    with personas.app.app_context():
        return named(programme, name).who


def test_groups_are_added_shared_out_moved_and_taken_back_without_scripts(
    personas: Personas, programme: Programme
) -> None:
    staff, page = personas.staff, at(programme, "groups")
    assert "还没有小组" in staff.get(page).text
    assert staff.post(f"{page}/new", data={"count": "2"}).status_code == 303
    staff.post(f"{page}/filling")
    shared = where(personas, programme, TripPart.GROUPS)
    assert {name: len(people) for name, people in shared.items()} == {"第1组": 3, "第2组": 3}
    text = staff.get(page).text
    assert "每个人都已编组" in text
    target = re.search(r'<option value="(\d+)">第1组', text)
    assert target is not None
    moved = {"who": who(personas, programme, shared["第2组"][0]), "target": target[1]}
    for _twice in range(2):
        assert staff.post(page, data=moved).status_code == 303
    assert len(where(personas, programme, TripPart.GROUPS)["第1组"]) == 4
    staff.post(f"{page}/return")
    assert where(personas, programme, TripPart.GROUPS) == shared


def test_a_whole_group_takes_its_seats_with_one_tick(personas: Personas, programme: Programme, make: Factory) -> None:
    (group,) = groups(make, programme, "第1组")
    (bus,) = buses(make, programme, 一号车=45)
    personas.staff.post(at(programme, "groups/filling"))
    moved = personas.staff.post(at(programme, "buses"), data={"bunch": f"0-{group.id}", "target": str(bus.id)})
    assert moved.status_code == 303
    assert len(where(personas, programme, TripPart.BUSES)["一号车"]) == 6


def test_who_does_not_fit_is_refused_beside_the_field_and_stays_ticked(
    personas: Personas, programme: Programme, make: Factory
) -> None:
    (bus,) = buses(make, programme, 小车=1)
    both = [who(personas, programme, name) for name in ("王芳", "李雷")]
    answer = personas.staff.post(at(programme, "buses"), data={"who": both, "target": str(bus.id)})
    assert answer.status_code == 422
    assert "共 1 个位置" in answer.text
    assert len(re.findall(r'name="who"[^>]* checked', answer.text)) == 2
    nobody = personas.staff.post(at(programme, "buses"), data={"target": str(bus.id)})
    nowhere = personas.staff.post(at(programme, "buses"), data={"who": both, "target": ""})
    assert (nobody.status_code, nowhere.status_code) == (422, 422)


def test_two_change_places(personas: Personas, programme: Programme, make: Factory) -> None:
    rooms(make, programme, "301", "302", gender=Gender.FEMALE, beds=1)
    personas.staff.post(at(programme, "rooms/filling"))
    before = where(personas, programme, TripPart.ROOMS)
    both = [who(personas, programme, before[name][0]) for name in ("301", "302")]
    data = {"who": both, "target": "", "swap": "1"}
    assert personas.staff.post(at(programme, "rooms"), data=data).status_code == 303
    assert where(personas, programme, TripPart.ROOMS)["301"] == before["302"]


def test_rooms_are_added_several_at_once_and_beds_are_counted(
    personas: Personas, programme: Programme, make: Factory
) -> None:
    goes(make, programme, "谁")
    data = {"name": "301 302、303", "size": "1", "for_whom": "female-young"}
    assert personas.staff.post(at(programme, "rooms/new"), data=data).status_code == 303
    again = personas.staff.post(at(programme, "rooms/new"), data=data | {"name": "304 301"})
    assert (again.status_code, "已经有" in again.text, "304 301" in again.text) == (422, True, True)
    text = personas.staff.get(at(programme, "rooms")).text
    assert "女生（未满 18 岁）：3 人，3 张床" in text
    assert "男生（未满 18 岁）：3 人，0 张床" in text
    said = {who(personas, programme, "谁"): "female"}
    assert personas.staff.post(at(programme, "rooms/genders"), data=said).status_code == 303
    assert "4 人，3 张床" in personas.staff.get(at(programme, "rooms")).text


def test_whoever_left_is_named_until_taken_off(personas: Personas, programme: Programme, make: Factory) -> None:
    groups(make, programme, "第1组")
    personas.staff.post(at(programme, "groups/filling"))
    withdraws(make, programme, "李雷")
    assert "李雷" in personas.staff.get(at(programme, "groups")).text
    for _twice in range(2):
        assert personas.staff.post(at(programme, "groups/left")).status_code == 303
    assert "李雷" not in personas.staff.get(at(programme, "groups")).text


def test_a_bus_is_changed_and_removed_and_only_by_its_host(
    personas: Personas, programme: Programme, make: Factory
) -> None:
    (bus,) = buses(make, programme, 一号车=45)
    page = at(programme, f"buses/{bus.id}")
    personas.staff.post(at(programme, "buses/filling"))
    small = personas.staff.post(f"{page}/edit", data={"name": "1号车", "plate": "川A 1", "size": "5"})
    assert (small.status_code, "里面有 6 人" in small.text) == (422, True)
    assert personas.staff.post(f"{page}/edit", data={"name": "1号车", "plate": "", "size": "6"}).status_code == 303
    assert personas.outsider.post(f"{page}/deletion").status_code == 404
    other = a_trip(make, personas.host, youths=0)
    assert personas.staff.get(at(other, f"buses/{bus.id}/edit")).status_code == 404
    for status in (303, 404):
        assert personas.staff.post(f"{page}/deletion").status_code == status
    assert personas.staff.post(at(programme, "buses/filling"), follow_redirects=True).text.count("请先添加") == 1


def test_a_page_of_many_asks_no_more_than_one_of_few(personas: Personas, programme: Programme, make: Factory) -> None:
    groups(make, programme, "第1组", "第2组")
    personas.staff.post(at(programme, "groups/filling"))
    counted = []
    for _twice in range(2):
        with statements(personas.app) as asked:
            assert personas.staff.get(at(programme, "groups")).status_code == 200
        counted.append(len(asked))
        for number in range(5):
            goes(make, programme, f"新来{'一二三四五'[number]}")
            a_grown_up(make, programme, f"{'赵钱孙李周'[number]}老师")
        personas.staff.post(at(programme, "groups/filling"))
    assert counted[0] == counted[1]


def test_whoever_is_put_into_a_group_without_a_record_check_is_named(
    personas: Personas, programme: Programme, make: Factory
) -> None:
    (group,) = groups(make, programme, "第1组")
    adult = a_grown_up(make, programme)
    data = {"who": f"a{adult.id}", "target": str(group.id)}
    answer = personas.staff.post(at(programme, "groups"), data=data, follow_redirects=True)
    assert "张老师没有有效的犯罪记录查询" in answer.text
