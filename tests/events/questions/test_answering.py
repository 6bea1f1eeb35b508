"""Answering in the browser: by the young person, or by a parent for a child."""

import re
from datetime import timedelta
from io import BytesIO

import pytest

from app.core.clock import now
from app.events.models import Registration
from app.events.questions.asking import set_deadline
from app.questions import files
from app.questions.models import QuestionKind
from tests.asked import ask, give
from tests.factories import Factory
from tests.photos import photo
from tests.signing_in import Personas

KINDS = {
    QuestionKind.TEXT: ("一本书", "一本书</textarea>"),
    QuestionKind.CHOICE: ("M", r'<input checked[^>]*value="M"'),
    QuestionKind.SEVERAL: ("M", r'<input checked[^>]*value="M"'),
    QuestionKind.NUMBER: ("１６５.5", 'value="165.5"'),
    QuestionKind.DATE: ("20261128", 'value="2026-11-28"'),
    QuestionKind.AGREEMENT: ("y", "checked"),
}


def path(registration: Registration) -> str:
    """Return where somebody answers."""
    return f"/registrations/{registration.id}/answers"


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_of_each_kind_is_kept_and_shown_again(personas: Personas, make: Factory, kind: QuestionKind) -> None:
    event, user = make.event(), make.user()
    number = ask(make, event, kind, is_required=True)
    registration = make.registration(event.slots[0], user=user)
    browser, (typed, shown) = personas.young(user), KINDS[kind]
    answer = browser.post(path(registration), data={f"question-{number}": typed})
    assert (answer.status_code, answer.location) == (303, f"/registrations/{registration.id}")
    page = browser.get(path(registration)).text
    assert re.search(shown, page)
    assert "已于" in page


@pytest.mark.parametrize("kind", [*KINDS, QuestionKind.FILE])
def test_what_must_be_answered_is_said_beside_it_and_nothing_typed_is_lost(
    personas: Personas, make: Factory, kind: QuestionKind
) -> None:
    event, user = make.event(), make.user()
    number, other = ask(make, event, kind, is_required=True), ask(make, event, text="还有？")
    registration = make.registration(event.slots[0], user=user)
    answer = personas.young(user).post(path(registration), data={f"question-{other}": "我写了很多"})
    assert answer.status_code == 422
    assert f'id="question-{number}-errors"' in answer.text
    assert "我写了很多</textarea>" in answer.text


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (QuestionKind.NUMBER, "很多"),
        (QuestionKind.NUMBER, "1e9"),
        (QuestionKind.DATE, "20261350"),
        (QuestionKind.TEXT, "长" * 1001),
    ],
)
def test_what_cannot_be_read_is_said_beside_it_and_shown_again(
    personas: Personas, make: Factory, kind: QuestionKind, typed: str
) -> None:
    event, user = make.event(), make.user()
    number = ask(make, event, kind)
    registration = make.registration(event.slots[0], user=user)
    answer = personas.young(user).post(path(registration), data={f"question-{number}": typed})
    assert answer.status_code == 422
    assert f'id="question-{number}-errors"' in answer.text
    assert typed in answer.text


def test_what_is_not_offered_is_no_answer(personas: Personas, make: Factory) -> None:
    event, user = make.event(), make.user()
    number = ask(make, event, QuestionKind.CHOICE, is_required=True)
    registration = make.registration(event.slots[0], user=user)
    assert personas.young(user).post(path(registration), data={f"question-{number}": "XXL"}).status_code == 422


def test_what_is_not_asked_need_not_be_answered_nor_be_right(personas: Personas, make: Factory) -> None:
    event, user = make.event(), make.user()
    first = ask(make, event, QuestionKind.CHOICE)
    second = ask(make, event, QuestionKind.NUMBER, needs_id=first, needs_answer="L", is_required=True)
    registration = make.registration(event.slots[0], user=user)
    browser = personas.young(user)
    wrong = {f"question-{second}": "不知道"}
    assert browser.post(path(registration), data=wrong | {f"question-{first}": "L"}).status_code == 422
    assert browser.post(path(registration), data=wrong | {f"question-{first}": "S"}).status_code == 303


def test_a_photo_is_sent_read_again_and_taken_back(personas: Personas, make: Factory) -> None:
    event, user = make.event(), make.user()
    number = ask(make, event, QuestionKind.FILE)
    registration = make.registration(event.slots[0], user=user)
    browser = personas.young(user)
    for name, content, status in (("坏的.jpg", b"nothing", 422), ("奖状.jpg", photo(), 303)):
        data = {f"question-{number}": (BytesIO(content), name)}
        assert browser.post(path(registration), data=data).status_code == status
    assert "奖状.jpg" in browser.get(path(registration)).text
    file = browser.get(f"{path(registration)}/{number}/file")
    assert (file.status_code, file.content_type) == (200, "image/jpeg")
    assert file.headers["Content-Disposition"].startswith("attachment")
    browser.post(path(registration), data={f"question-{number}-remove": "y"})
    assert browser.get(f"{path(registration)}/{number}/file").status_code == 404


def test_a_file_that_is_too_large_is_told_so(
    personas: Personas, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST_FILE", 1000)
    event, user = make.event(), make.user()
    number = ask(make, event, QuestionKind.FILE)
    registration = make.registration(event.slots[0], user=user)
    data = {f"question-{number}": (BytesIO(b"%PDF-" + b"x" * 1000), "大.pdf")}
    answer = personas.young(user).post(path(registration), data=data)
    assert answer.status_code == 422
    assert "不超过 10 MB" in answer.text


def test_the_sensitive_one_is_optional_and_says_why(personas: Personas, make: Factory) -> None:
    event, user = make.event(), make.user()
    ask(make, event, is_sensitive=True)
    registration = make.registration(event.slots[0], user=user)
    page = personas.young(user).get(path(registration)).text
    assert "为什么问：安排用餐" in page
    assert "（选填）" in page
    assert personas.young(user).post(path(registration)).status_code == 303


def test_the_pass_and_ones_own_page_say_what_is_left_until_it_is_answered(personas: Personas, make: Factory) -> None:
    event, user = make.event(), make.user()
    registration = make.registration(event.slots[0], user=user)
    number, browser, words = ask(make, event), personas.young(user), "还有几个问题要回答"
    pages = ("/mine", f"/registrations/{registration.id}")
    assert all(words in browser.get(page).text for page in pages)
    give(make, registration, {number: "书"})
    assert not any(words in browser.get(page).text for page in pages)
    assert path(registration) in browser.get(pages[1]).text


def test_one_child_after_the_other_is_asked(personas: Personas, make: Factory) -> None:
    event, user = make.event(), make.user()
    first, second = (make.registration(event.slots[0], user=user, name=name) for name in ("周一诺", "周思远"))
    ask(make, event)
    answer = personas.young(user).post(path(first))
    assert answer.location == path(second)
    assert personas.young(user).post(path(second)).location == f"/registrations/{second.id}"


def test_after_the_deadline_answers_are_read_only(personas: Personas, make: Factory) -> None:
    event, user = make.event(), make.user()
    number = ask(make, event)
    registration = make.registration(event.slots[0], user=user)
    give(make, registration, {number: "一本书"})
    make.do(set_deadline, event.id, now() - timedelta(minutes=1), by=event.created_by_id, at=now())
    browser = personas.young(user)
    page = browser.post(path(registration), data={f"question-{number}": "别的"}).text
    assert "不能在这里改" in page
    assert "一本书" in page
    assert "<textarea" not in page


def test_nobody_else_answers_and_where_nothing_is_asked_there_is_no_page(personas: Personas, make: Factory) -> None:
    event, user = make.event(personas.host), make.user()
    registration = make.registration(event.slots[0], user=user)
    assert personas.young(user).get(path(registration)).status_code == 404
    ask(make, event)
    for browser in (personas.young(), personas.staff, personas.outsider):
        assert browser.get(path(registration)).status_code == 404
        assert browser.post(path(registration)).status_code == 404
    assert personas.anonymous.get(path(registration)).status_code == 302
