"""Questions, in sets of what is asked together, and answers, on sheets of what one person answered."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.crypto import unseal
from app.core.db import Base

SEALED_FOR = "answer"
_IS_SEALED = "question_id IN (SELECT id FROM questions WHERE is_sensitive)"
AGREED = "y"  # what an agreement is answered with


class QuestionKind(StrEnum):
    """What one answers with."""

    TEXT = "text"
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"
    AGREEMENT = "agreement"


OFFER_CHOICES = (QuestionKind.CHOICE, QuestionKind.SEVERAL)
MAY_LEAD_ON = (*OFFER_CHOICES, QuestionKind.AGREEMENT)  # their answers are known beforehand


class QuestionSet(Base):
    """What is asked of everybody who takes part in one thing (an event, a programme), its owner.

    ``answers_until`` is the organiser's own deadline; without one the owner has a usual one. ``ends_at`` is the end of
    what it is about: from there each question's ``keep_days`` are counted.
    """

    __tablename__ = "question_sets"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    answers_until: Mapped[datetime | None]
    ends_at: Mapped[datetime] = mapped_column(index=True)

    questions: Mapped[list["Question"]] = relationship(
        order_by="Question.position, Question.id", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def asked(self) -> list["Question"]:
        """The questions that are asked now, in their order."""
        return [question for question in self.questions if question.archived_at is None]


class Question(Base):
    """One question, in the organiser's words.

    It is asked of everybody, or only where the question ``needs_id`` was answered ``needs_answer``. A sensitive one is
    always optional, says why it is asked, and is in no list. Answers are deleted ``keep_days`` after the end.
    """

    __tablename__ = "questions"
    __table_args__ = (
        CheckConstraint("kind IN ('text', 'choice', 'several', 'number', 'date', 'file', 'agreement')", name="kind"),
        CheckConstraint("NOT (is_sensitive AND is_required)", name="sensitive_is_optional"),
        CheckConstraint("is_sensitive = (reason <> '')", name="sensitive_with_a_reason"),
        CheckConstraint("(needs_id IS NULL) = (needs_answer = '')", name="needs_an_answer"),
        CheckConstraint("keep_days BETWEEN 1 AND 1095", name="keep_days"),
        Index("ix_questions_set_id", "set_id", "position"),
    )

    set_id: Mapped[int] = mapped_column(ForeignKey("question_sets.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[QuestionKind]
    text: Mapped[str]
    hint: Mapped[str]
    choices: Mapped[str]  # one a line
    is_required: Mapped[bool]
    needs_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), index=True)
    needs_answer: Mapped[str]
    is_sensitive: Mapped[bool]
    reason: Mapped[str]
    keep_days: Mapped[int]
    asked_at: Mapped[datetime]  # since when
    archived_at: Mapped[datetime | None]  # no longer asked, but there are answers

    @property
    def offered(self) -> list[str]:
        """What one chooses from."""
        return self.choices.split("\n") if self.choices else []


class AnswerSheet(Base):
    """What one person answered to one set: once, however many dates of a series somebody comes to."""

    __tablename__ = "answer_sheets"
    __table_args__ = (UniqueConstraint("set_id", "person_id"),)

    set_id: Mapped[int] = mapped_column(ForeignKey("question_sets.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]

    answers: Mapped[list["Answer"]] = relationship(
        back_populates="sheet", cascade="all, delete-orphan", passive_deletes=True
    )


class Answer(Base):
    """One answer as it is written down: several choices one a line, a day as 2026-11-28, of a file its name.

    That of a sensitive question is sealed with the server's key.
    """

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("sheet_id", "question_id"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("answer_sheets.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), index=True)
    value: Mapped[str] = mapped_column(info={"sealed_for": SEALED_FOR, "sealed_where": _IS_SEALED})

    sheet: Mapped[AnswerSheet] = relationship(back_populates="answers")
    question: Mapped[Question] = relationship()
    file: Mapped["AnswerFile | None"] = relationship(
        back_populates="answer", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def text(self) -> str:
        """What was answered; "" if it was sealed with a key that is no longer there."""
        return (unseal(SEALED_FOR, self.value) or "") if self.question.is_sensitive else self.value


class AnswerFile(Base):
    """A file that answers a question, sealed with the server's key."""

    __tablename__ = "answer_files"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), unique=True)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info={"sealed_for": SEALED_FOR})

    answer: Mapped[Answer] = relationship(back_populates="file")
