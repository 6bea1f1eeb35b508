"""Who is asked what."""

from app.questions.conditions import asked_of, missing_from
from app.questions.models import AGREED, Question, QuestionKind


def question(number: int, needs: tuple[int, str] | None = None, **more: object) -> Question:
    """Return a question that is in no database."""
    needs_id, needs_answer = needs or (None, "")
    return Question(
        id=number,
        kind=QuestionKind.CHOICE,
        needs_id=needs_id,
        needs_answer=needs_answer,
        **({"is_required": True} | more),
    )


CHAIN = [question(1), question(2, (1, "坐大巴")), question(3, (2, "县一中"))]


def test_a_question_without_a_condition_is_asked_of_everybody() -> None:
    assert asked_of(CHAIN, {}) == {1}


def test_a_question_is_asked_after_the_answer_it_needs() -> None:
    assert asked_of(CHAIN, {1: "坐大巴"}) == {1, 2}
    assert asked_of(CHAIN, {1: "自己来"}) == {1}


def test_what_leans_on_a_question_that_is_not_asked_is_not_asked_either() -> None:
    assert asked_of(CHAIN, {1: "自己来", 2: "县一中"}) == {1}
    assert asked_of(CHAIN, {1: "坐大巴", 2: "县一中"}) == {1, 2, 3}


def test_one_of_several_choices_is_enough() -> None:
    assert asked_of([question(1), question(2, (1, "写生"))], {1: "水质\n写生"}) == {1, 2}
    assert asked_of([question(1), question(2, (1, AGREED))], {1: AGREED}) == {1, 2}


def test_only_what_is_asked_and_required_is_missing() -> None:
    assert missing_from(CHAIN, {}) == {1}
    assert missing_from(CHAIN, {1: "坐大巴"}) == {2}
    assert missing_from([question(1, is_required=False)], {}) == set()
