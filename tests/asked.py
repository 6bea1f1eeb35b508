"""Questions of events, and answers to them, for tests."""

from collections.abc import Mapping
from io import BytesIO

from app.core.clock import now
from app.events.models import Event, Registration
from app.events.questions.answers import answer
from app.events.questions.asking import add_question
from app.questions.answering import Given
from app.questions.files import prepare_file
from app.questions.models import Question, QuestionKind
from app.questions.rules import QuestionWords
from tests.factories import Factory
from tests.photos import photo


def words(kind: QuestionKind = QuestionKind.TEXT, text: str = "想带什么？", **more: object) -> QuestionWords:
    """Return a question; a choice is between S, M and L, a sensitive one has a reason."""
    values: dict[str, object] = {"choices": "S\nM\nL"} if kind in {QuestionKind.CHOICE, QuestionKind.SEVERAL} else {}
    if more.get("is_sensitive"):
        values["reason"] = "安排用餐"
    return QuestionWords(kind, text, **(values | more))  # type: ignore[arg-type]


def ask(
    make: Factory, event: Event, kind: QuestionKind = QuestionKind.TEXT, text: str = "想带什么？", **more: object
) -> int:
    """Let an event ask something, and return the question's id."""
    asked: Question = make.do(add_question, event.id, words(kind, text, **more), by=event.created_by_id, at=now())
    return asked.id


def give(make: Factory, registration: Registration, values: Mapping[int, str]) -> int:
    """Let whoever signed somebody up answer, and return the sheet's id."""
    given = {question: Given(value) for question, value in values.items()}
    return make.do(answer, registration.id, given, by=registration.registered_by_id, at=now()).id


def give_file(make: Factory, registration: Registration, question_id: int) -> None:
    """Let whoever signed somebody up answer a question with a photo."""
    with make.app.app_context():
        file = prepare_file("我的作品.jpg", BytesIO(photo()))
    given = {question_id: Given(file.name, file)}
    make.do(answer, registration.id, given, by=registration.registered_by_id, at=now())


def a_question(make: Factory, event: Event, registration: Registration) -> int:
    """Let an event ask for a photo, and two things besides, one of them sensitive; somebody sent the photo."""
    ask(make, event, QuestionKind.CHOICE, "文化衫要多大的？")
    ask(make, event, text="有没有忌口？", is_sensitive=True)
    number = ask(make, event, QuestionKind.FILE, "你的作品")
    give_file(make, registration, number)
    return number
