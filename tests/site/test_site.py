"""What can happen to what the operator says publicly."""

import pytest
from flask import Flask

from app.core.changes import changes_of, told
from app.core.clock import now
from app.core.db import db
from app.core.languages import CHINESE, ENGLISH
from app.site import operations
from app.site.models import TextKey
from app.site.operator import Operator, current_operator, forget_operator, read_operator
from app.site.problems import FileNameTaken, TextChanged
from app.site.queries import Words, all_words, verification_files, words_of
from app.site.texts import default_text
from app.site.words import SITE_VOCABULARY, TEXT_VOCABULARY
from tests.counting import statements
from tests.factories import Factory

ABOUT = TextKey.ABOUT
OPERATOR = Operator("清溪县青少年宫", "0573-88001234", "浙ICP备2026000001号-1", "浙公网安备 33048302000001号")


def write(make: Factory, body: str, language: str = CHINESE) -> Words:
    """Say something else."""
    make.do(operations.write_text, ABOUT, language, body, by=make.user().id, at=now())
    return words_of(ABOUT, language)


def review(make: Factory, words: Words) -> Words:
    """Confirm the words."""
    make.do(operations.review_text, words.key, words.language, words.digest, by=make.user().id, at=now())
    return words_of(words.key, words.language)


def test_before_anything_is_written_the_texts_are_those_that_come_with_the_program(inside: Flask) -> None:
    words = words_of(ABOUT, ENGLISH)
    assert words.body == default_text(ABOUT, ENGLISH)
    assert words.is_default
    assert not words.is_reviewed


def test_what_is_written_is_said_in_that_language_and_waits_for_a_review(inside: Flask, make: Factory) -> None:
    words = write(make, "我们是青少年宫。")
    assert (words.body, words.is_default, words.is_reviewed) == ("我们是青少年宫。", False, False)
    assert words_of(ABOUT, ENGLISH).is_default


def test_a_review_holds_until_the_words_change(inside: Flask, make: Factory) -> None:
    reviewed = review(make, write(make, "我们是青少年宫。"))
    assert reviewed.is_reviewed
    assert write(make, "我们是青少年宫。").is_reviewed
    assert not write(make, "我们是别人。").is_reviewed


def test_the_words_that_come_with_the_program_can_be_confirmed_as_they_are(inside: Flask, make: Factory) -> None:
    reviewed = review(make, words_of(ABOUT, CHINESE))
    assert reviewed.is_reviewed
    assert reviewed.is_default
    assert reviewed.row is not None
    assert reviewed.row.body == default_text(ABOUT, CHINESE)


def test_nobody_confirms_words_that_were_changed_meanwhile(inside: Flask, make: Factory) -> None:
    seen = write(make, "旧的").digest
    write(make, "新的")
    with pytest.raises(TextChanged):
        make.do(operations.review_text, ABOUT, CHINESE, seen, by=make.user().id, at=now())
    assert not words_of(ABOUT, CHINESE).is_reviewed


def test_back_to_the_default_is_told_with_all_that_happened(inside: Flask, make: Factory) -> None:
    words = review(make, write(make, "我们"))
    for _ in range(2):
        make.do(operations.restore_text, ABOUT, CHINESE, by=make.user().id, at=now())
    restored = words_of(ABOUT, CHINESE)
    assert restored.is_default
    assert not restored.is_reviewed
    assert words.row is not None
    history = [line for one in changes_of(operations.TEXT, [words.row.id]) for line in told(one, TEXT_VOCABULARY)]
    assert history == ["恢复为系统自带的文字", "已审核确认", "修改了文字"]


def test_every_text_is_listed_in_one_statement(inside: Flask, make: Factory) -> None:
    write(make, "我们")
    with statements(inside) as asked:
        texts = all_words([CHINESE, ENGLISH])
    assert len(asked) == 1
    assert [len(versions) for versions in texts.values()] == [2] * 4
    assert texts[ABOUT][0].body == "我们"


def test_who_runs_the_site_is_written_down_and_told(inside: Flask, make: Factory) -> None:
    assert read_operator() == Operator()
    for _ in range(2):
        make.do(operations.name_operator, OPERATOR, by=make.user().id, at=now())
    assert read_operator() == OPERATOR
    assert OPERATOR.police_code == "33048302000001"
    (change,) = changes_of(operations.SITE, [1])
    assert told(change, SITE_VOCABULARY)[0] == "运营单位：– → 清溪县青少年宫"


def test_pages_ask_once_in_a_while_and_see_a_change_when_it_is_time(inside: Flask, make: Factory) -> None:
    with statements(inside) as asked:
        for _ in range(3):
            current_operator()
    assert asked == []
    make.do(operations.name_operator, OPERATOR, by=make.user().id, at=now())
    assert current_operator() == Operator()
    forget_operator()
    with statements(inside) as asked:
        assert [current_operator() for _ in range(3)] == [OPERATOR] * 3
    assert len([one for one in asked if one.startswith("SELECT")]) == 1


def test_a_file_is_added_once_and_deleted_once(inside: Flask, make: Factory) -> None:
    by = make.user().id
    file = make.do(operations.add_file, "abc.txt", "abc", by=by, at=now())
    with pytest.raises(FileNameTaken):
        make.do(operations.add_file, "abc.txt", "other", by=by, at=now())
    for _ in range(2):
        make.do(operations.delete_file, file.id, by=by, at=now())
    assert db.session.scalars(verification_files()).all() == []
    history = [line for one in changes_of(operations.SITE, [1]) for line in told(one, SITE_VOCABULARY)]
    assert history == ["删除文件 abc.txt", "添加文件 abc.txt"]
