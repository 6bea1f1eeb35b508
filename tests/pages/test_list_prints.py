"""What changed since the list was printed last stands on the next one."""

import csv
import re

from app.core.clock import now
from app.events.acts.moving import move
from app.events.models import Event
from app.events.registration.operations import cancel
from tests.factories import Factory
from tests.signing_in import Personas


def printed(personas: Personas, event: Event) -> str:
    """Print the sheet, and return it as it goes out."""
    answer = personas.staff.post(f"/desk/events/{event.id}/sheet/prints")
    assert answer.status_code == 303
    return personas.staff.get(answer.location).text


def marks(sheet: str) -> list[tuple[str, str]]:
    """Return the names and the marks of lines that have one."""
    found = []
    for row in re.findall(r"<tr.*?</tr>", sheet, re.DOTALL):
        cells, mark = re.findall(r"<td>([^<]*)</td>", row), re.findall(r"<strong>([^<]*)</strong>", row)
        found += [(cells[1], word) for word in mark]
    return found


def test_who_was_added_changed_or_cancelled_is_marked_on_the_sheet_and_the_list(
    personas: Personas, make: Factory
) -> None:
    event = make.event(personas.host)
    gone, _stays = make.registration(event.slots[0], name="王芳"), make.registration(event.slots[0], name="何晨")
    assert marks(printed(personas, event)) == []
    make.do(cancel, gone.id, by=gone.registered_by_id, at=now())
    make.registration(event.slots[0], name="曾晓雨")
    sheet = personas.staff.get(f"/desk/events/{event.id}/sheet").text
    assert sorted(marks(sheet)) == [("曾晓雨", "新增"), ("王芳", "已取消")]
    page = personas.staff.get(f"/desk/events/{event.id}/registrations").text
    assert page.count("新增") == 1


def test_the_sheet_that_goes_out_still_says_what_was_new_on_it(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    make.registration(event.slots[0], name="王芳")
    printed(personas, event)
    make.registration(event.slots[0], name="曾晓雨")
    assert marks(printed(personas, event)) == [("曾晓雨", "新增")]
    assert marks(personas.staff.get(f"/desk/events/{event.id}/sheet").text) == []


def test_a_download_counts_as_a_list_that_went_out(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    make.registration(event.slots[0], name="王芳")
    personas.staff.post(
        f"/desk/events/{event.id}/registrations/download", data={"file_format": "csv", "purpose": "door"}
    )
    make.registration(event.slots[0], name="曾晓雨")
    assert marks(personas.staff.get(f"/desk/events/{event.id}/sheet").text) == [("曾晓雨", "新增")]


def test_only_staff_of_the_host_prints(personas: Personas, make: Factory) -> None:
    address = f"/desk/events/{make.event(personas.host).id}/sheet/prints"
    assert personas.outsider.post(address).status_code == 404
    assert personas.young().post(address).status_code == 403


def downloaded(personas: Personas, event: Event) -> dict[str, str]:
    """Download the list, and return what its first column says of each name."""
    wanted = {"file_format": "csv", "purpose": "door"}
    answer = personas.staff.post(f"/desk/events/{event.id}/registrations/download", data=wanted)
    head, *rows = csv.reader(answer.get_data().decode("utf-8-sig").splitlines())
    return {row[head.index("姓名")]: row[0] for row in rows} if head[0].startswith("对比") else {}


def test_the_file_has_the_same_marks_as_the_list_on_paper(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    beside = make.slot(event, title="下午场")
    gone, moved, _stays = (make.registration(event.slots[0], name=name) for name in ("王芳", "何晨", "李雷"))
    assert downloaded(personas, event) == {}
    make.do(cancel, gone.id, by=gone.registered_by_id, at=now())
    make.do(move, event.id, [moved.id], beside.id, "1", by=make.user().id, at=now())
    make.registration(event.slots[0], name="曾晓雨")
    marks_then = {"曾晓雨": "新增", "何晨": "已变更", "王芳": "已取消", "李雷": ""}
    assert [downloaded(personas, event) for _ in range(2)] == [marks_then] * 2  # somebody pressed again
    make.registration(event.slots[0], name="孙悦")
    assert downloaded(personas, event) == {"孙悦": "新增"} | dict.fromkeys(("曾晓雨", "何晨", "李雷"), "")


def test_the_sheet_of_one_session_marks_what_changed_since_that_one_was_printed(
    personas: Personas, make: Factory
) -> None:
    event = make.event(personas.host)
    morning, afternoon = event.slots[0], make.slot(event, title="下午场")
    make.registration(morning, name="王芳")
    make.registration(afternoon, name="何晨")
    address = f"/desk/events/{event.id}/sheet"
    personas.staff.post(f"{address}/prints", data={"slot": morning.id})
    make.registration(morning, name="曾晓雨")
    make.registration(afternoon, name="孙悦")
    page = personas.staff.get(f"{address}?slot={morning.id}").text
    assert marks(page) == [("曾晓雨", "新增")]
    assert "何晨" not in page
    assert marks(personas.staff.get(address).text) == [("曾晓雨", "新增")]  # the other one was never printed
    assert personas.staff.get(f"{address}?slot={make.event().slots[0].id}").status_code == 404
