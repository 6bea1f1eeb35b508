"""Answering for the person of a registration, until a moment; who still has to; and what goes on a date."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db
from app.core.problems import Problem
from app.core.schedules import turns
from app.events import announcing, drafts, problems
from app.events.models import Event
from app.events.questions import answers
from app.events.questions.asking import remove_question, set_deadline
from app.events.registration.operations import cancel, register
from app.questions.answering import Given
from app.questions.files import content_of, prepare_file
from app.questions.models import Answer, AnswerFile, AnswerSheet, QuestionKind, QuestionSet
from app.questions.problems import QuestionsChanged
from app.questions.queries import answers_of, sheet_of
from tests.asked import a_question, ask, give, give_file
from tests.counting import statements
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("inside")
DAY = timedelta(days=1)


@pytest.fixture
def event(make: Factory) -> Event:
    """An event that is open for sign-up."""
    return make.event()


def given(person_id: int) -> dict[int, str]:
    """Return what somebody answered, by question."""
    db.session.expire_all()
    sheet = db.session.scalar(select(AnswerSheet).where(AnswerSheet.person_id == person_id))
    return {number: one.text for number, one in answers_of(sheet).items()}


def rows(*models: type[Answer | AnswerFile | AnswerSheet]) -> list[int]:
    """Return how many rows there are."""
    return [db.session.scalar(select(func.count()).select_from(model)) or 0 for model in models]


def test_answers_are_kept_and_mended_on_one_sheet(make: Factory, event: Event) -> None:
    registration, number = make.registration(event.slots[0]), ask(make, event)
    sheets = {give(make, registration, {number: "书"}), give(make, registration, {number: "水彩"})}
    assert len(sheets) == 1
    assert given(registration.person_id) == {number: "水彩"}
    give(make, registration, {number: ""})
    assert given(registration.person_id) == {}


def test_whoever_comes_to_two_slots_answers_once(make: Factory, event: Event) -> None:
    user = make.user()
    first, number = make.registration(event.slots[0], user=user), ask(make, event)
    later = make.slot(event, title="下午场", starts_at=now() + 2 * DAY, ends_at=now() + 2.1 * DAY)
    second = make.do(register, first.person_id, later.id, by=user.id, at=now())
    assert answers.unanswered([first.id, second.id], at=now()) == {first.id, second.id}
    give(make, second, {number: "书"})
    assert answers.unanswered([first.id, second.id], at=now()) == set()


def test_what_is_no_longer_asked_of_somebody_is_forgotten(make: Factory, event: Event) -> None:
    registration = make.registration(event.slots[0])
    first = ask(make, event, QuestionKind.CHOICE, "穿多大的？")
    second = ask(make, event, text="要加大吗？", needs_id=first, needs_answer="L", is_required=True)
    with pytest.raises(QuestionsChanged):
        give(make, registration, {first: "L"})
    give(make, registration, {first: "L", second: "要"})
    give(make, registration, {first: "S", second: "要"})
    assert given(registration.person_id) == {first: "S"}


def test_sensitive_answers_and_files_are_sealed_in_the_database(make: Factory, event: Event) -> None:
    registration = make.registration(event.slots[0])
    diet, work = ask(make, event, is_sensitive=True), ask(make, event, QuestionKind.FILE)
    with make.app.app_context():
        file = prepare_file("作文.pdf", BytesIO(b"%PDF-1.7 secret"))
    both = {diet: Given("花生过敏"), work: Given(file.name, file)}
    make.do(answers.answer, registration.id, both, by=registration.registered_by_id, at=now())
    assert given(registration.person_id) == {diet: "花生过敏", work: "作文.pdf"}
    assert "花生" not in "".join(db.session.scalars(select(Answer.value)))
    kept = db.session.scalars(select(AnswerFile)).one()
    assert b"secret" not in kept.content
    assert content_of(kept) == b"%PDF-1.7 secret"


def test_a_file_stays_until_another_one_is_sent_or_it_is_taken_back(make: Factory, event: Event) -> None:
    registration, number = make.registration(event.slots[0]), ask(make, event, QuestionKind.FILE)
    give_file(make, registration, number)
    give(make, registration, {number: "我的作品.png"})
    assert rows(Answer, AnswerFile) == [1, 1]
    give(make, registration, {number: ""})
    assert rows(Answer, AnswerFile) == [0, 0]
    give(make, registration, {number: "没有这个文件.png"})
    assert rows(Answer, AnswerFile) == [0, 0]


def test_nothing_is_taken_after_the_deadline_which_the_organiser_may_set(make: Factory, event: Event) -> None:
    registration, number = make.registration(event.slots[0]), ask(make, event)
    assert answers.answers_until(db.session.get_one(Event, event.id)) == event.slots[0].closes_at
    make.do(set_deadline, event.id, now() - timedelta(minutes=1), by=event.created_by_id, at=now())
    assert answers.unanswered([registration.id], at=now()) == set()
    with pytest.raises(problems.AnswersClosed):
        give(make, registration, {number: "书"})
    make.do(set_deadline, event.id, None, by=event.created_by_id, at=now())
    give(make, registration, {number: "书"})


@pytest.mark.parametrize("over", ["registration", "event"])
def test_nothing_is_taken_where_nobody_comes_any_more(make: Factory, event: Event, over: str) -> None:
    registration, number = make.registration(event.slots[0]), ask(make, event)
    if over == "registration":
        make.do(cancel, registration.id, by=registration.registered_by_id, at=now())
    else:
        make.do(announcing.cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    with pytest.raises(Problem):
        give(make, registration, {number: "书"})
    assert answers.unanswered([registration.id], at=now()) == set()


def test_a_question_that_comes_later_is_to_be_answered_too(make: Factory, event: Event) -> None:
    registration, number = make.registration(event.slots[0]), ask(make, event)
    give(make, registration, {number: "书"})
    assert answers.unanswered([registration.id], at=now()) == set()
    late = ask(make, event, text="还有？")
    assert answers.unanswered([registration.id], at=now()) == {registration.id}
    make.do(remove_question, event.id, late, by=event.created_by_id, at=now())
    assert answers.unanswered([registration.id], at=now()) == set()


def test_who_has_to_answer_is_one_statement(inside: Flask, make: Factory, event: Event) -> None:
    ask(make, event)
    numbers = [make.registration(event.slots[0]).id for _ in range(5)]
    with statements(inside) as made:
        assert answers.unanswered(numbers, at=now()) == set(numbers)
    assert len([one for one in made if one.startswith("SELECT")]) == 1


def test_answers_go_so_many_days_after_the_end_each_in_its_time(make: Factory, event: Event) -> None:
    registration = make.registration(event.slots[0])
    soon, late = ask(make, event, keep_days=7), ask(make, event, QuestionKind.FILE, keep_days=30)
    give_file(make, registration, late)
    give(make, registration, {soon: "书", late: "我的作品.png"})
    ends_at = event.ends_at
    assert make.do(answers.drop_old_answers, at=ends_at + 6.9 * DAY) == 0
    assert make.do(answers.drop_old_answers, at=ends_at + 7 * DAY) == 1
    assert list(given(registration.person_id)) == [late]
    assert make.do(answers.drop_old_answers, at=ends_at + 30 * DAY) == 1
    assert rows(Answer, AnswerFile, AnswerSheet) == [0, 0, 1]


def test_a_moved_event_keeps_its_answers_for_as_long_as_promised(make: Factory, event: Event) -> None:
    registration, number = make.registration(event.slots[0]), ask(make, event, keep_days=7)
    give(make, registration, {number: "书"})
    starts_at, ends_at = event.starts_at, event.ends_at
    make.do(announcing.postpone_event, event.id, starts_at + 10 * DAY, "下雨", by=event.created_by_id, at=now())
    assert make.do(answers.drop_old_answers, at=ends_at + 8 * DAY) == 0
    assert make.do(answers.drop_old_answers, at=ends_at + 17 * DAY) == 1


def test_a_deleted_sheet_takes_answers_and_files_along(make: Factory, event: Event) -> None:
    registration = make.registration(event.slots[0])
    a_question(make, event, registration)
    sheet = sheet_of(registration.person_id, db.session.scalar(select(QuestionSet.id)))
    assert sheet
    make.do(lambda: db.session.delete(db.session.get_one(AnswerSheet, sheet.id)))
    assert rows(AnswerSheet, Answer, AnswerFile) == [0, 0, 0]


def test_a_copied_event_asks_the_same_and_a_deleted_draft_asks_nothing(make: Factory, event: Event) -> None:
    ask(make, event)
    day = (event.starts_at + 9 * DAY).date()
    copy = make.do(drafts.copy_event, event.id, day, by=event.created_by_id, at=now())
    assert copy.question_set_id not in {None, db.session.get_one(Event, event.id).question_set_id}
    make.do(drafts.delete_event, copy.id)
    assert db.session.scalar(select(func.count()).select_from(QuestionSet)) == 1


def test_old_answers_go_each_night() -> None:
    night = datetime.fromisoformat("2026-11-22T03:30:01+08:00")
    assert "events.old_answers" in {kind for kind, _ in turns(night)}
