"""Answering: what was typed becomes a sheet, and may be mended while the owner lets it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.crypto import seal
from app.core.db import db
from app.questions.conditions import asked_of, missing_from
from app.questions.files import FileToKeep
from app.questions.models import SEALED_FOR, Answer, AnswerFile, AnswerSheet, Question, QuestionKind, QuestionSet
from app.questions.problems import QuestionsChanged


@dataclass(frozen=True)
class Given:
    """One answer as it is written down, "" for none; of a file that was just sent, the file too."""

    value: str
    file: FileToKeep | None = None


def write_answers(set_id: int, person_id: int, given: Mapping[int, Given], *, by: int, at: datetime) -> AnswerSheet:
    """Write a person's sheet, or write it anew; what is no longer asked of this person is forgotten.

    ``given`` are answers by question; a file without a new one stays as it is.
    Raises `QuestionsChanged` when something that must be answered is not.
    """
    asked_now = db.session.get_one(QuestionSet, set_id, populate_existing=True).asked
    values = {question: one.value for question, one in given.items()}
    if missing_from(asked_now, values):
        raise QuestionsChanged
    asked = asked_of(asked_now, values)
    sheet = _sheet(set_id, person_id, by=by, at=at)
    before = {answer.question_id: answer for answer in sheet.answers}
    for question in asked_now:
        answer, wanted = before.get(question.id), given.get(question.id)
        if question.id in asked and wanted and wanted.value:
            _write(sheet, question, answer, wanted)
        elif answer:
            sheet.answers.remove(answer)
    db.session.flush()
    return sheet


def _sheet(set_id: int, person_id: int, *, by: int, at: datetime) -> AnswerSheet:
    found = select(AnswerSheet).where(AnswerSheet.set_id == set_id, AnswerSheet.person_id == person_id)
    sheet = db.session.scalar(found.with_for_update(key_share=True))
    if sheet:
        sheet.edited_at, sheet.answered_by_id = at, by
        return sheet
    sheet = AnswerSheet(set_id=set_id, person_id=person_id, answered_by_id=by, answered_at=at)
    db.session.add(sheet)
    return sheet


def _write(sheet: AnswerSheet, question: Question, answer: Answer | None, given: Given) -> None:
    if question.kind is QuestionKind.FILE and given.file is None and answer is None:
        return  # a name without a file: it was removed in another window
    if answer is None:
        answer = Answer(question=question)
        sheet.answers.append(answer)
    if question.kind is QuestionKind.FILE and given.file is None:
        return
    answer.value = seal(SEALED_FOR, given.value) if question.is_sensitive else given.value
    if given.file is None:
        return
    if answer.file is None:
        answer.file = AnswerFile()
    answer.file.media_type, answer.file.content = given.file.media_type, given.file.sealed
