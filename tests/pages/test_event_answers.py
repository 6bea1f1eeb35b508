"""What organisers read of the answers, and what they do not."""

import re

from flask import Flask
from sqlalchemy import select

from app.core.audit import READ, AccessEntry
from app.core.db import db
from app.events.models import Event, Registration
from app.questions.models import QuestionKind
from tests.asked import a_question, ask, give, give_file
from tests.counting import statements
from tests.factories import Factory
from tests.reading import as_table, column
from tests.signing_in import Personas


def entries(app: Flask) -> list[tuple[str, str]]:
    """Return what the access log says: what was done, and what for."""
    with app.app_context():
        found = select(AccessEntry).where(AccessEntry.action != READ).order_by(AccessEntry.id)
        return [(one.action, one.purpose) for one in db.session.scalars(found)]


def answered(make: Factory, event: Event) -> tuple[Registration, int, int]:
    """Return somebody who answered a plain and a sensitive question."""
    size = ask(make, event, QuestionKind.CHOICE, "穿多大的？")
    diet = ask(make, event, text="有没有忌口？", is_sensitive=True)
    registration = make.registration(event.slots[0], name="林晓雨")
    give(make, registration, {size: "L", diet: "花生过敏"})
    return registration, size, diet


def test_the_overview_counts_choices_and_lists_everybody(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    answered(make, event)
    make.registration(event.slots[0], name="周思远")
    page = personas.staff.get(f"/desk/events/{event.id}/answers").text
    assert "2 人中有 1 人已回答" in page
    assert re.search(r"<span>L</span><b>1</b>", page)
    assert re.search(r"<span>S</span><b>0</b>", page)
    assert "周思远" in page
    assert "未回答" in page


def test_nothing_sensitive_is_in_the_overview_the_download_or_the_person_before_unmasking(
    personas: Personas, make: Factory
) -> None:
    event = make.event(personas.host)
    registration, _size, _diet = answered(make, event)
    pages = [f"/desk/events/{event.id}/answers", f"/desk/registrations/{registration.id}/answers"]
    for browser in (personas.staff, personas.manager):
        assert not any("花生" in browser.get(page).text for page in pages)
    for file_format in ("xlsx", "csv"):
        data = {"file_format": file_format, "purpose": "check"}
        table = as_table(personas.staff.post(f"/desk/events/{event.id}/registrations/download", data=data))
        assert column(table, "穿多大的？") == ["L"]
        assert "忌口" not in str(table)
        assert "花生" not in str(table)


def test_a_manager_says_why_and_reads_and_that_is_written_down(app: Flask, personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    registration, *_rest = answered(make, event)
    address = f"/desk/registrations/{registration.id}/answers"
    refused = personas.manager.post(f"{address}/unmasking", data={"purpose": " "})
    assert refused.status_code == 422
    assert "花生" not in refused.text
    assert personas.manager.post(f"{address}/unmasking", data={"purpose": "订餐"}).status_code == 303
    page = personas.manager.get(address)
    assert "花生过敏" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert entries(app) == [("unmask", "订餐")]
    assert "花生" not in personas.staff.get(address).text


def test_staff_cannot_unmask_and_another_host_finds_nothing(app: Flask, personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    registration, size, _diet = answered(make, event)
    address = f"/desk/registrations/{registration.id}/answers"
    assert personas.staff.post(f"{address}/unmasking", data={"purpose": "看看"}).status_code == 403
    assert personas.outsider.get(address).status_code == 404
    assert personas.outsider.get(f"/desk/events/{event.id}/answers").status_code == 404
    assert personas.outsider.post(f"{address}/{size}/file").status_code == 404
    assert personas.young().get(address).status_code == 403
    assert entries(app) == []


def test_a_file_is_downloaded_and_that_is_written_down(app: Flask, personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    registration = make.registration(event.slots[0])
    number = a_question(make, event, registration)
    address = f"/desk/registrations/{registration.id}/answers"
    assert f"{address}/{number}/file" in personas.staff.get(address).text
    file = personas.staff.post(f"{address}/{number}/file")
    assert (file.status_code, file.content_type) == (200, "image/jpeg")
    assert entries(app) == [("file", "你的作品")]
    assert personas.staff.post(f"{address}/{number + 1}/file").status_code == 404


def test_a_sensitive_file_waits_for_the_unmasking(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    registration = make.registration(event.slots[0])
    number = ask(make, event, QuestionKind.FILE, "病历", is_sensitive=True)
    give_file(make, registration, number)
    address = f"/desk/registrations/{registration.id}/answers"
    assert personas.staff.post(f"{address}/{number}/file").status_code == 404
    assert personas.manager.post(f"{address}/{number}/file").status_code == 404
    personas.manager.post(f"{address}/unmasking", data={"purpose": "就医"})
    assert personas.manager.post(f"{address}/{number}/file").status_code == 200
    assert personas.staff.post(f"{address}/{number}/file").status_code == 404


def test_what_begins_like_a_formula_stays_text_in_the_download(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    number = ask(make, event)
    give(make, make.registration(event.slots[0]), {number: "=1+1"})
    data = {"file_format": "csv", "purpose": "check"}
    table = as_table(personas.staff.post(f"/desk/events/{event.id}/registrations/download", data=data))
    assert column(table, "想带什么？") == ["'=1+1"]


def test_a_long_list_goes_on_and_needs_as_many_statements_as_a_short_one(
    app: Flask, personas: Personas, make: Factory
) -> None:
    event = make.event(personas.host, capacity=100)
    number = ask(make, event, QuestionKind.CHOICE)
    counted = []
    for people in (2, 49):
        for _ in range(people):
            give(make, make.registration(event.slots[0]), {number: "M"})
        personas.staff.get("/desk/events")
        with statements(app) as made:
            page = personas.staff.get(f"/desk/events/{event.id}/answers").text
        counted.append(len(made))
    assert counted[0] == counted[1]
    (following,) = re.findall(r'rel="next" href="([^"]*)"', page)
    assert personas.staff.get(following.replace("&amp;", "&")).text.count("已回答</span>") == 1


def test_without_questions_it_says_what_to_do(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    assert f"/desk/events/{event.id}/questions" in personas.staff.get(f"/desk/events/{event.id}/answers").text
    registration = make.registration(event.slots[0])
    assert personas.staff.get(f"/desk/registrations/{registration.id}/answers").status_code == 200
