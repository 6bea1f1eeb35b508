"""The organiser's checklist in the browser."""

import re
from datetime import timedelta
from io import BytesIO

import pytest

from app.core.clock import local_day, now
from app.programmes.models import Programme
from tests.exchanges import a_programme
from tests.factories import Factory
from tests.signing_in import Personas
from tests.trip_rows import a_trip, groups


@pytest.fixture
def programme(personas: Personas, make: Factory) -> Programme:
    """A programme of the staff's own host, in a month."""
    return a_programme(make, personas.host)


def at(programme: Programme, end: str = "") -> str:
    """Return the address of a page of the trip."""
    return f"/desk/programmes/{programme.id}/trip{end}"


def test_one_press_adds_the_usual_things_and_what_is_overdue_stands_on_the_programmes_page(
    personas: Personas, programme: Programme
) -> None:
    assert "还没有待办事项" in personas.staff.get(at(programme)).text
    assert personas.staff.post(at(programme, "/usual")).status_code == 303
    page = personas.staff.get(at(programme)).text
    assert all(words in page for words in ("活动方案", "应急预案", "报备", "用车", "保险", "人员分工", "已逾期"))
    assert "/trip/usual" not in page
    assert "1 项已逾期" in personas.staff.get(f"/desk/programmes/{programme.id}").text


def test_something_is_done_with_its_paper_and_not_done_after_all(personas: Personas, programme: Programme) -> None:
    personas.staff.post(at(programme, "/usual"))
    edit = re.search(r"/desk/trip-tasks/(\d+)/edit", personas.staff.get(at(programme)).text)
    assert edit is not None
    due = local_day(now()) + timedelta(days=3)
    sent = {"due_on": f"{due:%Y%m%d}", "responsible_id": "0", "note": "等盖章", "document_id": "0"}
    paper = sent | {"file": (BytesIO(b"%PDF-1.7 plan"), "方案.pdf")}
    assert personas.staff.post(edit[0], data=paper).status_code == 303
    page = personas.staff.get(at(programme)).text
    assert "等盖章" in page
    assert "方案.pdf" in page
    task = f"/desk/trip-tasks/{edit[1]}"
    for _twice in range(2):
        assert personas.staff.post(f"{task}/done").status_code == 303
    assert "1 / 6" in personas.staff.get(at(programme)).text
    personas.staff.post(f"{task}/reopening")
    assert "0 / 6" in personas.staff.get(at(programme)).text
    for status in (303, 404):
        assert personas.staff.post(f"{task}/deletion").status_code == status


@pytest.mark.parametrize(
    ("wrong", "why"),
    [({"title": ""}, "这里还没填"), ({"due_on": "20990101"}, "相差一年多"), ({"due_on": "明天"}, "8 位数字")],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    personas: Personas, programme: Programme, wrong: dict[str, str], why: str
) -> None:
    data = {"title": "订营服", "due_on": f"{local_day(now()):%Y%m%d}", "responsible_id": "0", "document_id": "0"}
    answer = personas.staff.post(at(programme, "/tasks/new"), data=data | {"note": "尺码表在群里"} | wrong)
    assert answer.status_code == 422
    assert why in answer.text
    assert "尺码表在群里" in answer.text


def test_others_find_nothing(personas: Personas, programme: Programme) -> None:
    assert personas.outsider.get(at(programme)).status_code == 404
    assert personas.outsider.post(at(programme, "/usual")).status_code == 404
    assert personas.school_office.get(at(programme)).status_code == 403


def test_what_to_look_at_once_more_leads_to_where_it_is_put_right(personas: Personas, make: Factory) -> None:
    trip = a_trip(make, personas.host, youths=2)
    page = personas.staff.get(at(trip)).text
    assert "还要看一眼" not in page
    groups(make, trip, "第1组")
    page = personas.staff.get(at(trip)).text
    assert re.search(r"2 人还没编组：.{0,80}href=\"/desk/programmes/\d+/trip/groups\"", page, re.DOTALL)
    assert "1 处还要看一眼" in personas.staff.get(f"/desk/programmes/{trip.id}").text


def test_a_copy_has_the_checklist(personas: Personas, programme: Programme) -> None:
    personas.staff.post(at(programme, "/usual"))
    copying = f"/desk/programmes/{programme.id}/copy"
    assert "行前清单" in personas.staff.get(copying).text
    starts_on = programme.starts_on + timedelta(days=365)
    made = personas.staff.post(copying, data={"starts_on": f"{starts_on:%Y%m%d}"})
    page = personas.staff.get(f"{made.location}/trip").text
    assert all(words in page for words in ("0 / 6", "应急预案", "从原项目带来行前清单：6项"))
