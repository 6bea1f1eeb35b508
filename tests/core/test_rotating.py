"""New keys for what is sealed."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Column, select, text
from sqlalchemy.orm import undefer

from app.accounts.models import Authenticator
from app.care.consents.answering import Said, answer
from app.core.clock import now
from app.core.crypto import is_sealed_anew, seal
from app.core.db import db, transact
from app.core.rotating import sealed_columns
from app.events.registration.scopes import scope_of
from app.pairing.letters.handing import give_back
from app.pairing.letters.models import LetterState, OpenLetter
from app.people.consents.drawn import sealed_lines
from app.questions.files import content_of
from app.questions.models import Answer, AnswerFile, QuestionKind
from tests.asked import ask, give, give_file
from tests.consents import YES, guardian
from tests.everywhere import rows_everywhere
from tests.factories import Factory
from tests.papers import signed_paper
from tests.rosters import a_class, entered, typed

NEW = "a new key that this test alone has, forty signs"
NEWER = "a newer key that this test alone has, also long"


@pytest.fixture
def sealed(inside: Flask, make: Factory) -> None:
    """A value in every column that holds sealed ones, and an answer that is not sealed."""
    rows_everywhere(make)
    event = make.event()
    registration = make.registration(event.slots[0])
    diet, colour = ask(make, event, text="有没有忌口？", is_sensitive=True), ask(make, event, text="喜欢什么颜色？")
    give(make, registration, {diet: "花生过敏", colour: "1.蓝色"})
    other = make.event()
    picture = ask(make, other, QuestionKind.FILE, "你的作品")
    give_file(make, make.registration(other.slots[0]), picture)
    one = a_class(make)
    for number in ("", "20260301"):
        entered(make, one, typed(student_no=number), key=f"list {number}")
    camp = make.registration(age=12)
    said = Said(camp.person_id, scope_of(camp.slot), YES, sealed_lines([list(range(12))]))
    make.do(answer, said, guardian(make, camp.person_id), at=now())
    signed_paper(make, make.registration(age=12), make.user().id)
    letter_id, teacher_id = make.do(_waiting_letter)
    make.do(give_back, letter_id, "再写一句吧", by=teacher_id, at=now())


def _waiting_letter() -> tuple[int, int]:
    letter = db.session.scalars(select(OpenLetter).filter_by(state=LetterState.WITH_TEACHER)).one()
    assert letter.teacher_id
    return letter.id, letter.teacher_id


def values() -> list[str | bytes]:
    """Return everything that is sealed, as it is stored."""
    stored = [one for column in sealed_columns() for one in values_of(column)]
    db.session.rollback()
    return stored


def values_of(column: Column[Any]) -> list[str | bytes]:
    """Return what is sealed in one column."""
    where = text(column.info.get("sealed_where", "1 = 1"))
    return list(db.session.scalars(select(column).where(column.is_not(None), where)))


def rotate(app: Flask) -> tuple[int, str]:
    """Run the command; returns its exit status and what it printed."""
    result = app.test_cli_runner().invoke(args=["rotate-keys"])
    db.session.rollback()
    db.session.expire_all()
    return result.exit_code, result.output


@pytest.mark.usefixtures("sealed")
def test_everything_is_sealed_anew_and_opens_without_the_old_key(
    inside: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = values()
    assert [str(column) for column in sealed_columns() if not values_of(column)] == []
    monkeypatch.setitem(inside.config, "DATA_KEYS", (NEW,))
    code, said = rotate(inside)
    assert (code, said.splitlines()[0]) == (0, f"已用新密钥重新加密 {len(everything)} 项。")
    assert all(is_sealed_anew(one) for one in values())
    monkeypatch.setitem(inside.config, "SECRET_KEY", "another one, as long as it has to be")
    assert {one.text for one in db.session.scalars(select(Answer))} >= {"花生过敏", "1.蓝色"}
    file = db.session.scalars(select(AnswerFile).options(undefer(AnswerFile.content))).first()
    assert ((file and content_of(file)) or b"").startswith(b"\xff\xd8")


@pytest.mark.usefixtures("sealed")
def test_a_second_run_finds_nothing_to_do(inside: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(inside.config, "DATA_KEYS", (NEW,))
    rotate(inside)
    before = values()
    code, said = rotate(inside)
    assert (code, said.splitlines()[0]) == (0, "已用新密钥重新加密 0 项。")
    assert values() == before


@pytest.mark.usefixtures("sealed")
def test_what_no_key_opens_is_said_and_left_as_it_is(
    inside: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        other.setitem(inside.config, "DATA_KEYS", (NEWER,))
        user_id = make.user().id
        transact(db.session.add, Authenticator(user_id=user_id, secret=seal("authenticator", "x"), made_at=now()))
    lost = db.session.scalars(select(Authenticator.secret).order_by(Authenticator.id.desc())).first()
    monkeypatch.setitem(inside.config, "DATA_KEYS", (NEW,))
    code, said = rotate(inside)
    assert code == 1
    assert "有 1 项用现有的密钥都打不开" in said
    assert f"已用新密钥重新加密 {len(values()) - 1} 项。" in said
    assert lost in values()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_command_makes_keys_that_the_settings_take(inside: Flask) -> None:
    made = [inside.test_cli_runner().invoke(args=["data-key"]).stdout.split() for _ in range(2)]
    assert all(len(one) == 1 and len(one[0]) >= 32 for one in made)
    assert made[0] != made[1]
