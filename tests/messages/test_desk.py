"""A unit's own words and its plan: managers write, staff reads."""

import pytest
from flask import Flask

from app.core.languages import ENGLISH
from app.messages import plans
from app.messages.models import MessageKind
from app.messages.templates import current_template
from tests.factories import Factory
from tests.letters import said
from tests.signing_in import Personas

WORDS = "/desk/messages/words/registered"
TYPED = {"subject_zh": "来啦，{姓名}", "body_zh": "在{地点}见。\n{链接}", "subject_en": "", "body_en": ""}
PLAN = {"days_before": "5", "hours_before": "0", "sends_thanks": "", "asks_after_no_shows": "y"}


def test_a_managers_words_are_what_people_get(app: Flask, personas: Personas, make: Factory) -> None:
    assert personas.manager.post(WORDS, data=TYPED).status_code == 303
    page = personas.manager.get(WORDS).text
    assert "来啦，{姓名}" in page
    assert "已自定义" in page
    person = make.registration(make.event(personas.host).slots[0], name="陈思远").person_id
    with app.app_context():
        assert said(person, MessageKind.REGISTERED).subject == "来啦，陈思远"
        assert said(person, MessageKind.REGISTERED, ENGLISH).subject.startswith("You are in: ")


def test_the_same_words_twice_are_one_change(personas: Personas) -> None:
    for _ in range(2):
        personas.manager.post(WORDS, data=TYPED)
    assert personas.manager.get("/desk/messages").text.count("改写了“已报名”") == 1


def test_words_as_they_are_become_nobodys_own(app: Flask, personas: Personas) -> None:
    page = personas.manager.get(WORDS).text
    data = {name: field_value(page, name) for name in TYPED}
    assert personas.manager.post(WORDS, data=data).status_code == 303
    with app.app_context():
        assert current_template(personas.host.id, MessageKind.REGISTERED) is None


def field_value(page: str, name: str) -> str:
    """Return what stands in a field of a page."""
    part = page.split(f'name="{name}"')[1]
    if name.startswith("body"):
        return part.split(">")[1].split("</textarea")[0].strip("\r\n")
    return part.split('value="')[1].split('"')[0]


def test_words_are_looked_at_first_in_both_languages(app: Flask, personas: Personas) -> None:
    answer = personas.manager.post(WORDS, data=TYPED | {"subject_en": "Come, {name}", "preview": "y"})
    assert answer.status_code == 200
    assert "来啦，林晓雨" in answer.text
    assert "Come, Lin Xiaoyu" in answer.text
    with app.app_context():
        assert current_template(personas.host.id, MessageKind.REGISTERED) is None


def test_whoever_looks_first_is_led_to_how_it_reads_and_told_that_nothing_is_saved(personas: Personas) -> None:
    before = personas.manager.get(WORDS).text
    assert f'formaction="{WORDS}#reads"' in before
    assert "还没有保存" not in before
    page = personas.manager.post(WORDS, data=TYPED | {"preview": "y"}).text
    assert "还没有保存" in page.split('id="reads"')[1]


def test_words_that_are_refused_lead_to_what_is_wrong_with_them(personas: Personas) -> None:
    page = personas.manager.post(WORDS, data=TYPED | {"body_zh": "{金额}", "preview": "y"}).text
    assert 'id="reads"' not in page  # the browser stays at the top, where the errors are


def test_everything_that_cannot_be_filled_in_is_named_at_once(personas: Personas) -> None:
    page = personas.manager.post(WORDS, data=TYPED | {"body_zh": "{金额}{学费} {金额}"}).text
    assert "这里填不了 {金额}、{学费}，" in page


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("body_zh", "请缴费：{金额}", "这里填不了 {金额}"),
        ("subject_zh", "{原时间}", "这里填不了 {原时间}"),  # of another kind
        ("body_en", "Pay {amount}", "这里填不了 {amount}"),
        ("subject_zh", "", "这里还没填"),
        ("subject_zh", "长" * 61, "最多 60 个字"),
        ("body_zh", "长" * 1001, "最多 1000 个字"),
    ],
)
def test_what_cannot_be_sent_is_refused_beside_its_field(
    app: Flask, personas: Personas, field: str, typed: str, why: str
) -> None:
    answer = personas.manager.post(WORDS, data=TYPED | {"body_zh": "在{地点}见。"} | {field: typed})
    assert answer.status_code == 422
    assert why in answer.text.split(f'id="{field}-errors"')[1].split("</ul>")[0]
    assert typed in answer.text
    with app.app_context():
        assert current_template(personas.host.id, MessageKind.REGISTERED) is None


def test_own_words_are_taken_back(app: Flask, personas: Personas) -> None:
    personas.manager.post(WORDS, data=TYPED)
    for _ in range(2):
        assert personas.manager.post(f"{WORDS}/restoration").status_code == 303
    assert "系统自带的文字" in personas.manager.get(WORDS).text
    assert personas.manager.get("/desk/messages").text.count("恢复为系统自带的文字") == 1
    with app.app_context():
        assert current_template(personas.host.id, MessageKind.REGISTERED) is None


def test_staff_reads_and_does_not_write(personas: Personas) -> None:
    personas.manager.post(WORDS, data=TYPED)
    assert "来啦，{姓名}" in personas.staff.get("/desk/messages").text
    page = personas.staff.get(WORDS).text
    assert "来啦，林晓雨" in page
    assert "<textarea" not in page
    for address in (WORDS, f"{WORDS}/restoration", "/desk/messages/plan"):
        assert personas.staff.post(address, data=TYPED).status_code == 403


def test_another_host_has_its_own_words(personas: Personas) -> None:
    personas.manager.post(WORDS, data=TYPED)
    for address in (f"{WORDS}?unit={personas.host.id}", f"/desk/messages?unit={personas.host.id}"):
        assert "来啦" not in personas.outsider.get(address).text


@pytest.mark.parametrize("kind", ["announcement", "nothing"])
def test_there_are_no_words_for_what_is_no_kind(personas: Personas, kind: str) -> None:
    assert personas.manager.get(f"/desk/messages/words/{kind}").status_code == 404
    assert personas.manager.post(f"/desk/messages/words/{kind}", data=TYPED).status_code == 404


def test_a_manager_says_when_messages_go_out(app: Flask, personas: Personas) -> None:
    for _ in range(2):
        assert personas.manager.post("/desk/messages/plan", data=PLAN).status_code == 303
    with app.app_context():
        assert plans.plan_of(personas.host.id) == plans.Plan(5, 0, False, True)
        assert plans.plan_of(personas.other_host.id) == plans.Plan()
    page = personas.staff.get("/desk/messages").text
    assert "提前 5 天" in page
    assert page.count("提前几天：3 → 5") == 1
    assert 'value="5"' in personas.staff.get("/desk/messages/plan").text


@pytest.mark.parametrize("typed", [{"days_before": "15"}, {"hours_before": "49"}, {"days_before": "三"}])
def test_a_plan_that_cannot_be_is_refused(app: Flask, personas: Personas, typed: dict[str, str]) -> None:
    answer = personas.manager.post("/desk/messages/plan", data=PLAN | typed)
    assert answer.status_code == 422
    assert all(value in answer.text for value in typed.values())
    with app.app_context():
        assert plans.plan_of(personas.host.id) == plans.Plan()


@pytest.mark.parametrize("who", ["school_office", "auditor", "administrator"])
def test_whoever_works_for_no_host_has_no_such_pages(personas: Personas, who: str) -> None:
    browser = getattr(personas, who)
    for address in ("/desk/messages", WORDS, "/desk/messages/plan"):
        assert browser.get(address).status_code == 403
