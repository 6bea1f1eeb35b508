"""What was answered: one sheet, many sheets, and how often what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, selectinload, undefer

from app.core.db import db
from app.questions.models import MAY_LEAD_ON, Answer, AnswerFile, AnswerSheet, Question, QuestionSet
from app.questions.words import answer_words


@dataclass(frozen=True)
class Tally:
    """How often each answer to a question was given, in the order of the choices."""

    question: Question
    counts: list[tuple[str, int]]


def set_with_questions(set_id: int | None) -> QuestionSet | None:
    """Return a set, its questions brought along."""
    if set_id is None:
        return None
    found = select(QuestionSet).where(QuestionSet.id == set_id).options(selectinload(QuestionSet.questions))
    return db.session.scalar(found)


def questions_asked(set_id: int | None) -> list[Question]:
    """Return what a set asks now, in its order."""
    its = set_with_questions(set_id)
    return its.asked if its else []


def question_in(set_id: int | None, question_id: int) -> Question | None:
    """Return a question of a set, asked now or put away; None for another set's."""
    its = set_with_questions(set_id)
    return next((one for one in its.questions if one.id == question_id), None) if its else None


def sheet_of(person_id: int, set_id: int | None) -> AnswerSheet | None:
    """Return a person's sheet, its answers brought along."""
    if set_id is None:
        return None
    found = select(AnswerSheet).where(AnswerSheet.set_id == set_id, AnswerSheet.person_id == person_id)
    whole = selectinload(AnswerSheet.answers)
    return db.session.scalar(found.options(whole.joinedload(Answer.question), whole.joinedload(Answer.file)))


def answers_of(sheet: AnswerSheet | None) -> dict[int, Answer]:
    """Return the answers of a sheet by question."""
    return {answer.question_id: answer for answer in sheet.answers} if sheet else {}


def plain_answers(set_id: int, person_ids: Iterable[int]) -> dict[int, dict[int, Answer]]:
    """Return the answers of some people to a set, by person and question; sensitive ones are in no list."""
    found = (
        select(AnswerSheet.person_id, Answer)
        .join(AnswerSheet, AnswerSheet.id == Answer.sheet_id)
        .join(Answer.question)
        .where(AnswerSheet.set_id == set_id, AnswerSheet.person_id.in_(set(person_ids)))
        .where(Question.is_sensitive.is_(False))
        .options(contains_eager(Answer.question))
    )
    by_person: dict[int, dict[int, Answer]] = {}
    for person_id, answer in db.session.execute(found):
        by_person.setdefault(person_id, {})[answer.question_id] = answer
    return by_person


def who_answered(set_id: int, person_ids: Iterable[int]) -> set[int]:
    """Return which of these people have a sheet."""
    found = select(AnswerSheet.person_id).where(
        AnswerSheet.set_id == set_id, AnswerSheet.person_id.in_(set(person_ids))
    )
    return set(db.session.scalars(found))


def plain_questions(its: QuestionSet | None) -> list[Question]:
    """Return the questions that lists have a column for: those asked now, then those put away with their answers."""
    every = [question for question in its.questions if not question.is_sensitive] if its else []
    return sorted(every, key=lambda question: question.archived_at is not None)


def sheets_of(set_id: int, person_ids: Select[int]) -> Select[int]:
    """Return the ids of the sheets of some people."""
    return select(AnswerSheet.id).where(AnswerSheet.set_id == set_id, AnswerSheet.person_id.in_(person_ids))


def tallies(questions: list[Question], sheet_ids: Select[int]) -> list[Tally]:
    """Return how often the answers to choices and agreements were given on some sheets, in one statement."""
    counted = {question.id: question for question in questions if question.kind in MAY_LEAD_ON}
    found = (
        select(Answer.question_id, Answer.value, func.count())
        .where(Answer.question_id.in_(list(counted)), Answer.sheet_id.in_(sheet_ids))
        .group_by(Answer.question_id, Answer.value)
    )
    given: dict[int, Counter[str]] = {number: Counter() for number in counted}
    for number, value, count in db.session.execute(found) if counted else ():
        for one in value.split("\n"):
            given[number][one] += count
    return [Tally(question, _in_order(question, given[number])) for number, question in counted.items()]


def file_answering(question_id: int, person_id: int) -> AnswerFile | None:
    """Return the file with which somebody answered a question, its content brought along."""
    found = (
        select(AnswerFile)
        .join(AnswerFile.answer)
        .join(Answer.sheet)
        .where(Answer.question_id == question_id, AnswerSheet.person_id == person_id)
        .options(contains_eager(AnswerFile.answer).joinedload(Answer.question), undefer(AnswerFile.content))
    )
    return db.session.scalar(found)


def in_words(answers: Mapping[int, Answer], questions: Iterable[Question]) -> list[str]:
    """Return a row of a list: the answers to some questions, "" where there is none."""
    return [answer_words(one, answers[one.id].text) if one.id in answers else "" for one in questions]


def _in_order(question: Question, given: Counter[str]) -> list[tuple[str, int]]:
    first = [(one, given.pop(one, 0)) for one in question.offered]
    return [(answer_words(question, one), count) for one, count in [*first, *given.most_common()]]
