"""New keys for what is sealed."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import undefer

from app.accounts import proving
from app.accounts.models import Authenticator
from app.core.clock import now
from app.core.crypto import is_sealed_anew, seal
from app.core.db import db, transact
from app.core.rotating import sealed_columns
from app.programmes import documents
from app.questions.files import content_of
from app.questions.models import Answer, AnswerFile, QuestionKind
from tests.asked import ask, give, give_file
from tests.exchanges import a_paper, a_programme
from tests.factories import Factory
from tests.papers import signed_paper
from tests.person_rows import person_rows
from tests.rosters import a_class, entered, typed

NEW = "a new key that this test alone has, forty signs"
NEWER = "a newer key that this test alone has, also long"


@pytest.fixture
def sealed(inside: Flask, make: Factory) -> None:
    """A row in every column that holds sealed values, and an answer that is not sealed."""
    event = make.event()
    registration = make.registration(event.slots[0])
    diet, colour = ask(make, event, text="有没有忌口？", is_sensitive=True), ask(make, event, text="喜欢什么颜色？")
    give(make, registration, {diet: "花生过敏", colour: "1.蓝色"})
    other = make.event()
    picture = ask(make, other, QuestionKind.FILE, "你的作品")
    give_file(make, make.registration(other.slots[0]), picture)
    make.do(proving.begin_authenticator, make.user().id, at=now())
    person_rows(make, registration, make.user().id)
    one = a_class(make)
    for number in ("", "20260301"):
        entered(make, one, typed(student_no=number), key=f"list {number}")
    by = make.user().id
    signed_paper(make, make.registration(age=12), by)
    make.do(documents.add_to_programme, a_programme(make).id, a_paper(), is_public=False, by=by, at=now())


def values() -> list[str | bytes]:
    """Return everything that is sealed, as it is stored."""
    stored = []
    for column in sealed_columns():
        where = text(column.info.get("sealed_where", "1 = 1"))
        stored += db.session.scalars(select(column).where(where)).all()
    db.session.rollback()
    return stored


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
    assert len(values()) == len(list(sealed_columns()))
    monkeypatch.setitem(inside.config, "DATA_KEYS", (NEW,))
    code, said = rotate(inside)
    assert (code, said.splitlines()[0]) == (0, "已用新密钥重新加密 7 项。")
    assert all(is_sealed_anew(one) for one in values())
    monkeypatch.setitem(inside.config, "SECRET_KEY", "another one, as long as it has to be")
    assert {one.text for one in db.session.scalars(select(Answer))} >= {"花生过敏", "1.蓝色"}
    file = db.session.scalars(select(AnswerFile).options(undefer(AnswerFile.content))).one()
    assert (content_of(file) or b"").startswith(b"\xff\xd8")


@pytest.mark.usefixtures("sealed")
def test_a_second_run_finds_nothing_to_do(inside: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(inside.config, "DATA_KEYS", (NEW,))
    rotate(inside)
    before = values()
    code, said = rotate(inside)
    assert (code, said.splitlines()[0]) == (0, "已用新密钥重新加密 0 项。")
    assert values() == before


@pytest.mark.usefixtures("sealed")
def test_what_no_key_opens_is_said_and_left_as_it_is(inside: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as other:
        other.setitem(inside.config, "DATA_KEYS", (NEWER,))
        user_id = db.session.scalars(select(Authenticator.user_id)).one()
        transact(db.session.add, Authenticator(user_id=user_id, secret=seal("authenticator", "x"), made_at=now()))
    lost = db.session.scalars(select(Authenticator.secret).order_by(Authenticator.id.desc())).first()
    monkeypatch.setitem(inside.config, "DATA_KEYS", (NEW,))
    code, said = rotate(inside)
    assert code == 1
    assert "有 1 项用现有的密钥都打不开" in said
    assert "已用新密钥重新加密 7 项。" in said
    assert lost in values()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_command_makes_keys_that_the_settings_take(inside: Flask) -> None:
    made = [inside.test_cli_runner().invoke(args=["data-key"]).stdout.split() for _ in range(2)]
    assert all(len(one) == 1 and len(one[0]) >= 32 for one in made)
    assert made[0] != made[1]
