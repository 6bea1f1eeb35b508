"""The organiser's editor of an event's questions, in the browser."""

import pytest
from flask import Flask

from app.core.db import db
from app.events.models import Event
from app.questions.models import Question, QuestionKind
from app.questions.presets import PRESETS
from tests.asked import ask, give
from tests.factories import Factory
from tests.signing_in import Personas

TYPED = {"kind": "choice", "text": "T恤穿多大的？", "choices": "S\r\nM\n\nL", "keep_days": "30", "is_required": "y"}


def asked(app: Flask, event: Event) -> list[Question]:
    """Return what is asked now, in order."""
    with app.app_context():
        its = db.session.get_one(Event, event.id).question_set
        return its.asked if its else []


def path(event: Event, rest: str = "") -> str:
    """Return an address of the editor."""
    return f"/desk/events/{event.id}/questions{rest}"


def test_a_question_is_asked_with_three_fields(app: Flask, personas: Personas, make: Factory) -> None:
    event, browser = make.event(personas.host), personas.staff
    assert "还没有问题" in browser.get(path(event)).text
    answer = browser.post(path(event, "/new"), data=TYPED)
    assert (answer.status_code, answer.location) == (303, path(event))
    (question,) = asked(app, event)
    assert (question.kind, question.offered, question.is_required) == (QuestionKind.CHOICE, ["S", "M", "L"], True)
    assert "T恤穿多大的？" in browser.get(path(event)).text
    assert "T恤穿多大的？" in browser.get(path(event, "/preview")).text
    assert "增加问题“T恤穿多大的？”" in browser.get(f"/desk/events/{event.id}").text


@pytest.mark.parametrize("preset", ["diet", "shirt", "emergency", "way", "health"])
def test_a_ready_question_needs_nothing_but_saving(app: Flask, personas: Personas, make: Factory, preset: str) -> None:
    event = make.event(personas.host)
    assert personas.staff.get(path(event, f"/new?preset={preset}")).status_code == 200
    with app.test_request_context():
        typed = {name: "y" if value is True else str(value) for name, value in PRESETS[preset].typed().items()}
    assert personas.staff.post(path(event, "/new"), data={"keep_days": "30"} | typed).status_code == 303
    assert len(asked(app, event)) == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "你是什么民族？"}, "text"),
        ({"text": "长" * 201}, "text"),
        ({"hint": "写身份证号"}, "hint"),
        ({"choices": "S"}, "choices"),
        ({"choices": "S\nS"}, "choices"),
        ({"choices": "S\n" + "长" * 61}, "choices"),
        ({"is_sensitive": "y", "is_required": ""}, "reason"),
        ({"is_sensitive": "y", "reason": "订餐"}, "is_required"),
        ({"kind": "ethnicity"}, "kind"),
        ({"keep_days": "99999"}, "keep_days"),
        ({"condition": "999:S"}, "condition"),
    ],
)
def test_what_cannot_be_asked_is_refused_beside_the_field(
    app: Flask, personas: Personas, make: Factory, typed: dict[str, str], field: str
) -> None:
    event = make.event(personas.host)
    data = {name: value for name, value in (TYPED | typed).items() if value}
    answer = personas.staff.post(path(event, "/new"), data=data)
    assert answer.status_code == 422
    assert f'id="{field}-errors"' in answer.text
    assert data["text"].strip() in answer.text
    assert asked(app, event) == []


def test_a_question_is_changed_and_asked_only_after_an_answer(app: Flask, personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    first, second = ask(make, event, QuestionKind.CHOICE, "穿多大的？"), ask(make, event)
    address = path(event, f"/{second}")
    assert f'value="{first}:L"' in personas.staff.get(address).text
    data = {"kind": "text", "text": "要加大吗？", "keep_days": "7", "condition": f"{first}:L"}
    for _ in range(2):
        assert personas.staff.post(address, data=data).status_code == 303
    changed = asked(app, event)[1]
    assert (changed.text, changed.needs_id, changed.needs_answer, changed.keep_days) == ("要加大吗？", first, "L", 7)
    assert "“穿多大的？”选了“L”的人才问" in personas.staff.get(path(event)).text


def test_buttons_put_questions_in_order_and_take_them_away(app: Flask, personas: Personas, make: Factory) -> None:
    event, browser = make.event(personas.host), personas.staff
    first, second = ask(make, event, text="一"), ask(make, event, text="二")
    give(make, make.registration(event.slots[0]), {first: "好"})
    browser.post(path(event, f"/{second}/up"))
    assert [one.text for one in asked(app, event)] == ["二", "一"]
    browser.post(path(event, f"/{second}/down"))
    assert [one.text for one in asked(app, event)] == ["一", "二"]
    browser.post(path(event, f"/{first}/removal"))
    assert browser.post(path(event, f"/{second}/removal")).status_code == 303
    assert browser.post(path(event, f"/{second}/removal")).status_code == 404
    assert asked(app, event) == []
    browser.post(path(event, f"/{first}/return"))
    assert [one.text for one in asked(app, event)] == ["一"]


def test_what_another_question_leans_on_says_so_when_it_is_taken_away(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    first = ask(make, event, QuestionKind.CHOICE)
    ask(make, event, text="要加大吗？", needs_id=first, needs_answer="L")
    page = personas.staff.post(path(event, f"/{first}/removal"), follow_redirects=True).text
    assert "banner--bad" in page


def test_the_organiser_sets_the_deadline_and_takes_it_back(personas: Personas, make: Factory) -> None:
    event, browser = make.event(personas.host), personas.staff
    assert browser.post(path(event, "/deadline"), data={"answers_until": "某天"}).status_code == 422
    assert browser.post(path(event, "/deadline"), data={"answers_until": "2099-05-01 18:00"}).status_code == 303
    assert 'value="2099-05-01 18:00"' in browser.get(path(event)).text
    assert browser.post(path(event, "/deadline"), data={"answers_until": ""}).status_code == 303
    assert "2099" not in browser.get(path(event, "/preview")).text


def test_another_hosts_questions_are_not_to_be_found(personas: Personas, make: Factory) -> None:
    event, own = make.event(personas.host), make.event(personas.other_host)
    number = ask(make, event)
    for rest in ("", "/new", "/preview", f"/{number}"):
        assert personas.outsider.get(path(event, rest)).status_code == 404
        assert personas.young().get(path(event, rest)).status_code == 403
    for rest in (
        "/new",
        "/deadline",
        f"/{number}",
        *(f"/{number}/{act}" for act in ("up", "down", "removal", "return")),
    ):
        assert personas.outsider.post(path(event, rest)).status_code == 404
    assert personas.outsider.get(path(own, f"/{number}")).status_code == 404
    assert personas.outsider.post(path(own, f"/{number}/removal")).status_code == 404
