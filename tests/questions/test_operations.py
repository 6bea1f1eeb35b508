"""Questions are added, changed, put in order and taken away."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from app.core.clock import now
from app.core.db import db
from app.core.problems import Problem
from app.events.models import Event
from app.questions import operations, problems, rules
from app.questions.models import Question, QuestionKind, QuestionSet
from tests.asked import ask, give, words
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("inside")


def asked(event: Event) -> list[str]:
    """Return what is asked now, in order."""
    db.session.expire_all()
    its = db.session.get_one(Event, event.id).question_set
    return [question.text for question in its.asked] if its else []


def test_they_are_asked_in_the_order_they_came_and_can_be_moved(make: Factory, event: Event) -> None:
    first, second, third = (ask(make, event, text=text) for text in ("一", "二", "三"))
    make.do(operations.move_up, third)
    assert asked(event) == ["一", "三", "二"]
    make.do(operations.move_down, first)
    assert asked(event) == ["三", "一", "二"]
    make.do(operations.move_up, third)
    make.do(operations.move_down, second)
    assert asked(event) == ["三", "一", "二"]


def test_a_question_without_answers_is_gone_and_one_with_answers_is_put_away(make: Factory, event: Event) -> None:
    lonely, answered = ask(make, event, text="没人答"), ask(make, event, text="有人答")
    give(make, make.registration(event.slots[0]), {answered: "好"})
    assert make.do(operations.remove_question, lonely, at=now()) is True
    for _ in range(2):
        assert make.do(operations.remove_question, answered, at=now()) is False
    assert asked(event) == []
    assert db.session.get(Question, lonely) is None
    make.do(operations.ask_again, answered, at=now())
    assert asked(event) == ["有人答"]


@pytest.mark.parametrize(
    ("asked_for", "problem"),
    [
        (words(text="你是什么民族？"), problems.NeverAsked),
        (words(hint="请填身份证号"), problems.NeverHinted),
        (words(QuestionKind.CHOICE, choices="护照\n学生证"), problems.NeverOffered),
        (words(needs_id=10**6, needs_answer="S"), problems.LeansOnNothing),
    ],
)
def test_what_is_never_asked_or_leans_on_nothing_is_refused(
    make: Factory, event: Event, asked_for: Any, problem: type[Problem]
) -> None:
    its = make.do(operations.new_set, event.host_id, ends_at=event.ends_at)
    with pytest.raises(problem):
        make.do(operations.add_question, its.id, asked_for, at=now())


def test_an_agreement_may_speak_of_papers_for_it_asks_for_nothing(make: Factory, event: Event) -> None:
    ask(make, event, QuestionKind.AGREEMENT, "我会带好身份证")
    assert asked(event) == ["我会带好身份证"]


def test_there_is_an_end_to_questions_and_to_files(
    make: Factory, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(rules.MOST_FILES):
        last = ask(make, event, QuestionKind.FILE)
    with pytest.raises(problems.TooManyFiles):
        ask(make, event, QuestionKind.FILE)
    make.do(operations.edit_question, last, words(QuestionKind.FILE, "换个问法"))
    monkeypatch.setattr(rules, "MOST", 3)
    with pytest.raises(problems.TooManyQuestions):
        ask(make, event)


def test_what_another_question_leans_on_stays_before_it_and_keeps_its_answers(make: Factory, event: Event) -> None:
    first = ask(make, event, QuestionKind.CHOICE, "穿多大的？")
    second = ask(make, event, needs_id=first, needs_answer="L")
    attempts: list[tuple[Any, ...]] = [
        (operations.move_up, second),
        (operations.move_down, first),
        (operations.edit_question, first, words(QuestionKind.CHOICE, choices="S\nM")),
        (operations.edit_question, first, words(QuestionKind.TEXT)),
        (operations.edit_question, first, words(QuestionKind.CHOICE, is_sensitive=True)),
    ]
    for operation, *arguments in attempts:
        with pytest.raises(problems.OthersLean):
            make.do(operation, *arguments)
    with pytest.raises(problems.OthersLean):
        make.do(operations.remove_question, first, at=now())
    make.do(operations.edit_question, first, words(QuestionKind.CHOICE, choices="L\nXL"))


def test_what_is_asked_after_a_sensitive_question_is_sensitive_too(make: Factory, event: Event) -> None:
    first = ask(make, event, QuestionKind.CHOICE, "有过敏吗？", choices="有\n没有", is_sensitive=True)
    with pytest.raises(problems.LeansOnSensitive):
        ask(make, event, needs_id=first, needs_answer="有")
    ask(make, event, needs_id=first, needs_answer="有", is_sensitive=True)


def test_what_comes_back_is_asked_of_everybody_when_its_condition_cannot_be_met_any_more(
    make: Factory, event: Event
) -> None:
    first = ask(make, event, QuestionKind.CHOICE, choices="S\nL")
    second = ask(make, event, text="多长？", needs_id=first, needs_answer="L")
    give(make, make.registration(event.slots[0]), {first: "L", second: "80"})
    make.do(operations.remove_question, second, at=now())
    make.do(operations.edit_question, first, words(QuestionKind.CHOICE, choices="S\nXL"))
    make.do(operations.ask_again, second, at=now())
    db.session.expire_all()
    back = db.session.get_one(Question, second)
    assert (back.needs_id, back.needs_answer, back.archived_at) == (None, "", None)


def test_what_was_promised_to_those_who_answered_holds(make: Factory, event: Event) -> None:
    number = ask(make, event, keep_days=30)
    give(make, make.registration(event.slots[0]), {number: "好"})
    for change in (words(QuestionKind.NUMBER), words(is_sensitive=True)):
        with pytest.raises(problems.AnsweredAlready):
            make.do(operations.edit_question, number, change)
    with pytest.raises(problems.KeptLonger):
        make.do(operations.edit_question, number, words(keep_days=90))
    make.do(operations.edit_question, number, words(text="带什么？", keep_days=7))
    assert asked(event) == ["带什么？"]


def test_a_copy_asks_the_same_with_its_own_conditions_and_nobodys_answers(make: Factory, event: Event) -> None:
    first = ask(make, event, QuestionKind.CHOICE, "穿多大的？")
    ask(make, event, text="要加大吗？", needs_id=first, needs_answer="L")
    its = db.session.get_one(Question, first).set_id
    copy = make.do(operations.copy_set, its, ends_at=event.ends_at + timedelta(days=9), at=now())
    one, two = db.session.get_one(QuestionSet, copy.id).asked
    assert (one.text, two.text, two.needs_id) == ("穿多大的？", "要加大吗？", one.id)
    assert one.id != first


@pytest.mark.parametrize(
    "wrong",
    [
        {"is_sensitive": True, "reason": "订餐", "is_required": True},
        {"is_sensitive": True, "reason": ""},
        {"needs_answer": "S"},
        {"keep_days": 0},
        {"kind": "ethnicity"},
    ],
)
def test_the_database_itself_refuses_what_breaks_a_rule(
    inside: Flask, make: Factory, event: Event, wrong: dict[str, Any]
) -> None:
    number = ask(make, event)
    row = {
        column.name: getattr(db.session.get_one(Question, number), column.name) for column in Question.__table__.columns
    }
    table = Question.__table__
    with db.engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(insert(table).values(**(row | wrong | {"id": number + 1})))  # type: ignore[arg-type]
