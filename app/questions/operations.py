"""Asking: questions are added, changed, put in order and taken away."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from app.core.db import db
from app.questions.models import Answer, Question, QuestionSet
from app.questions.problems import LeansOnNothing, LeansOnSensitive, OthersLean
from app.questions.rules import QuestionWords, check_answered, check_files, check_number, check_words


def new_set(organisation_id: int, *, ends_at: datetime) -> QuestionSet:
    """Make an empty set."""
    made = QuestionSet(organisation_id=organisation_id, ends_at=ends_at)
    db.session.add(made)
    db.session.flush()
    return made


def copy_set(set_id: int, *, ends_at: datetime, at: datetime) -> QuestionSet:
    """Make a set that asks the same, with the usual deadline; nobody's answers come with it."""
    original = db.session.get_one(QuestionSet, set_id)
    copy = new_set(original.organisation_id, ends_at=ends_at)
    copies: dict[int | None, int | None] = {None: None}
    for question in original.asked:
        words = asdict(words_of(question)) | {"needs_id": copies[question.needs_id]}
        made = _add(copy, words, at)
        copies[question.id] = made.id
    return copy


def delete_set(set_id: int) -> None:
    """Delete a set that nobody answered; its owner is gone already."""
    db.session.delete(db.session.get_one(QuestionSet, set_id))


def add_question(set_id: int, words: QuestionWords, *, at: datetime) -> Question:
    """Ask something more, last. Raises the `Problem` that says why not."""
    its = locked(set_id)
    check_number(its.asked)
    check_files(words, its.asked)
    check_words(words, its.asked)
    return _add(its, asdict(words), at)


def edit_question(question_id: int, words: QuestionWords) -> Question:
    """Ask it in other words; once there are answers, its kind and its promises hold."""
    question, its = _locked_question(question_id)
    others = [one for one in its.asked if one.id != question_id]
    check_files(words, others)
    check_words(words, [one for one in others if one.position < question.position])
    if is_answered(question_id):
        check_answered(question, words)
    _keep_leaning(question, words, others)
    for name, value in asdict(words).items():
        setattr(question, name, value)
    return question


def move_up(question_id: int) -> Question:
    """Ask it before the one above; the first stays where it is."""
    return _swap(question_id, -1)


def move_down(question_id: int) -> Question:
    """Ask it after the one below; the last stays where it is."""
    return _swap(question_id, 1)


def remove_question(question_id: int, *, at: datetime) -> bool:
    """Ask it no more; returns whether it is gone: with answers it is put away with them. A second time is the same.

    Raises `OthersLean` when another question is asked because of it.
    """
    question, its = _locked_question(question_id)
    leaning = next((one for one in its.asked if one.needs_id == question_id), None)
    if leaning:
        raise OthersLean(text=leaning.text)
    if is_answered(question_id):
        question.archived_at = question.archived_at or at
        return False
    its.questions.remove(question)
    return True


def ask_again(question_id: int, *, at: datetime) -> Question:
    """Ask what was put away once more, last; what it leant on may be gone or another question by now, and then it is
    asked of everybody."""
    question, its = _locked_question(question_id)
    if question.archived_at is None:
        return question
    check_number(its.asked)
    check_files(words_of(question), its.asked)
    try:
        check_words(words_of(question), its.asked)
    except (LeansOnNothing, LeansOnSensitive):
        question.needs_id, question.needs_answer = None, ""
    question.archived_at, question.asked_at = None, at
    question.position = _last(its) + 1
    return question


def set_deadline(set_id: int, until: datetime | None) -> QuestionSet:
    """Let answers be mended until a moment; None is the owner's usual one."""
    its = locked(set_id)
    its.answers_until = until
    return its


def words_of(question: Question) -> QuestionWords:
    """Return a question's words as they are."""
    return QuestionWords(**{name: getattr(question, name) for name in QuestionWords.__dataclass_fields__})


def is_answered(question_id: int) -> bool:
    """Return whether anybody answered it."""
    return bool(db.session.scalar(select(exists().where(Answer.question_id == question_id))))


def locked(set_id: int) -> QuestionSet:
    """Return a set that nobody else changes until this transaction ends."""
    return db.session.get_one(QuestionSet, set_id, with_for_update={"key_share": True}, populate_existing=True)


def _locked_question(question_id: int) -> tuple[Question, QuestionSet]:
    question = db.session.get_one(Question, question_id)
    return question, locked(question.set_id)


def _add(its: QuestionSet, words: dict[str, Any], at: datetime) -> Question:
    question = Question(set_id=its.id, position=_last(its) + 1, asked_at=at, **words)
    its.questions.append(question)
    db.session.flush()
    return question


def _last(its: QuestionSet) -> int:
    return max((question.position for question in its.questions), default=0)


def _swap(question_id: int, step: int) -> Question:
    question, its = _locked_question(question_id)
    place = its.asked.index(question) + step if question in its.asked else -1
    if not 0 <= place < len(its.asked):
        return question
    other = its.asked[place]
    first, second = (other, question) if step < 0 else (question, other)
    if second.needs_id == first.id:
        raise OthersLean(text=second.text)
    question.position, other.position = other.position, question.position
    return question


def _keep_leaning(question: Question, words: QuestionWords, others: list[Question]) -> None:
    """Refuse to take away an answer that another question leans on, or to hide the one and show the other."""
    offered = set(words.choices.split("\n")) if words.kind == question.kind else set()
    for one in others:
        if one.needs_id != question.id:
            continue
        if (question.choices and one.needs_answer not in offered) or words.kind != question.kind:
            raise OthersLean(text=one.text)
        if words.is_sensitive and not one.is_sensitive:
            raise OthersLean(text=one.text)
