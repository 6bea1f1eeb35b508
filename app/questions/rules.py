"""What may be asked, and what may still be changed once there are answers."""

from dataclasses import dataclass

from app.questions.models import AGREED, MAY_LEAD_ON, Question, QuestionKind
from app.questions.never_asked import never_asked_in
from app.questions.problems import (
    AnsweredAlready,
    KeptLonger,
    LeansOnNothing,
    LeansOnSensitive,
    NeverAsked,
    NeverHinted,
    NeverOffered,
    TooManyFiles,
    TooManyQuestions,
)

MOST = 30
MOST_FILES = 3  # so that all of them fit into one form


@dataclass(frozen=True)
class QuestionWords:
    """What a question is; ``choices`` one a line, ``reason`` only of a sensitive one."""

    kind: QuestionKind
    text: str
    hint: str = ""
    choices: str = ""
    is_required: bool = False
    needs_id: int | None = None
    needs_answer: str = ""
    is_sensitive: bool = False
    reason: str = ""
    keep_days: int = 30


def check_number(asked: list[Question]) -> None:
    """Refuse more questions than anybody answers."""
    if len(asked) >= MOST:
        raise TooManyQuestions(most=MOST)


def check_words(words: QuestionWords, before: list[Question]) -> None:
    """Refuse what is never asked, and a condition that no question before this one can meet."""
    _check_never_asked(words)
    if words.needs_id is None:
        return
    needed = next((one for one in before if one.id == words.needs_id), None)
    if needed is None or needed.kind not in MAY_LEAD_ON or words.needs_answer not in (needed.offered or [AGREED]):
        raise LeansOnNothing
    if needed.is_sensitive and not words.is_sensitive:
        raise LeansOnSensitive


def check_answered(question: Question, words: QuestionWords) -> None:
    """Refuse to change what those who answered were promised, or what their answers mean."""
    if words.kind != question.kind or words.is_sensitive != question.is_sensitive:
        raise AnsweredAlready
    if words.keep_days > question.keep_days:
        raise KeptLonger(days=question.keep_days)


def check_files(words: QuestionWords, others: list[Question]) -> None:
    """Refuse more files than fit into one form."""
    files = [one for one in others if one.kind is QuestionKind.FILE]
    if words.kind is QuestionKind.FILE and len(files) >= MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)


def _check_never_asked(words: QuestionWords) -> None:
    if words.kind is QuestionKind.AGREEMENT:
        return  # 「我会带好身份证」 asks for nothing
    for text, problem in ((words.text, NeverAsked), (words.hint, NeverHinted), (words.choices, NeverOffered)):
        word = never_asked_in(text)
        if word:
            raise problem(word=word)
