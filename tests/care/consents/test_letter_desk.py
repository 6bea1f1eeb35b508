"""A host's own letter to parents."""

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.people.consents import notices
from app.people.consents.models import Notice
from tests.factories import Factory
from tests.signing_in import Personas

WORDS = {"text_zh": "致家长的一封信\r\n\r\n我们写给您。", "text_en": "Dear parents"}


def letters(app: Flask) -> list[tuple[int, str, bool]]:
    with app.app_context():
        found = db.session.query(Notice).order_by(Notice.version)
        return [(one.version, one.text_zh, one.reviewed_at is not None) for one in found]


def test_it_begins_with_the_programs_own_and_asks_to_be_reviewed(personas: Personas) -> None:
    page = personas.manager.get("/desk/letter").text
    assert "请审阅" in page
    assert "12377" in page


def test_a_manager_rewrites_it_and_the_old_version_stays_readable(app: Flask, personas: Personas) -> None:
    assert personas.manager.post("/desk/letter", data=WORDS).status_code == 303
    (_first, second) = letters(app)
    assert second == (2, "致家长的一封信\n\n我们写给您。", True)
    assert "12377" in personas.staff.get("/desk/letter/versions/1").text
    assert "我们写给您" in personas.staff.get("/desk/letter/versions/2").text


def test_the_same_words_again_make_no_version(app: Flask, personas: Personas) -> None:
    for _time in range(2):
        personas.manager.post("/desk/letter", data=WORDS)
    assert len(letters(app)) == 2


def test_a_preview_saves_nothing(app: Flask, personas: Personas) -> None:
    shown = personas.manager.post("/desk/letter", data={**WORDS, "preview": "1"})
    assert shown.text.count("我们写给您") == 2  # in the preview and in its field
    assert letters(app) == []


def test_what_was_typed_is_not_lost_when_something_is_missing(app: Flask, personas: Personas) -> None:
    answer = personas.manager.post("/desk/letter", data={**WORDS, "text_en": ""})
    assert answer.status_code == 422
    assert "我们写给您" in answer.text
    assert letters(app) == []


def test_back_to_the_default_is_a_version_of_its_own_to_be_reviewed(app: Flask, personas: Personas) -> None:
    personas.manager.post("/desk/letter", data=WORDS)
    for _time in range(2):
        assert personas.manager.post("/desk/letter/default").status_code == 303
    assert [(version, reviewed) for version, _text, reviewed in letters(app)] == [(1, False), (2, True), (3, False)]
    assert "请审阅" in personas.manager.get("/desk/letter").text


def test_staff_reads_and_does_not_write(app: Flask, personas: Personas) -> None:
    assert 'name="text_zh"' not in personas.staff.get("/desk/letter").text
    assert personas.staff.post("/desk/letter", data=WORDS).status_code == 403
    assert letters(app) == []


def test_another_hosts_versions_are_not_there(make: Factory, personas: Personas) -> None:
    make.do(notices.rewrite, personas.other_host.id, "别家的信", "Theirs", by=make.user().id, at=now())
    assert personas.staff.get("/desk/letter/versions/2").status_code == 404


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_default_says_everything_that_the_rules_for_childrens_data_ask(inside: Flask, make: Factory) -> None:
    text, _english = notices.default_texts(make.organisation().id)
    asked = ["用来做什么", "怎么记", "存在哪里", "存多久", "删除", "怎么保护", "不同意会怎样", "12377", "更正", "评价"]
    assert [words for words in asked if words not in text] == []
