"""Which questions are asked of somebody, given what was answered before."""

from collections.abc import Iterable, Mapping

from app.questions.models import Question


def asked_of(questions: Iterable[Question], values: Mapping[int, str]) -> set[int]:
    """Return the ids of the questions that are asked of whoever answered so; both in the order they are asked in.

    ``values`` are answers by question, as they are written down. What leans on a question that is itself not asked is
    not asked either.
    """
    asked: set[int] = set()
    for question in questions:
        if question.needs_id is None or (question.needs_id in asked and _is_met(question, values)):
            asked.add(question.id)
    return asked


def missing_from(questions: Iterable[Question], values: Mapping[int, str]) -> set[int]:
    """Return the ids of the questions that somebody still has to answer."""
    every = list(questions)
    asked = asked_of(every, values)
    return {one.id for one in every if one.is_required and one.id in asked and not values.get(one.id)}


def _is_met(question: Question, values: Mapping[int, str]) -> bool:
    return question.needs_answer in values.get(question.needs_id or 0, "").split("\n")
