"""What marks and readers come to."""

import pytest

from app.programmes.reading.scoring import Result, Stage, result_of, total_of


def test_marks_count_by_their_weight() -> None:
    assert total_of({1: 10, 2: 10}, {1: 3, 2: 1}) == 1000
    assert total_of({1: 8, 2: 4}, {1: 3, 2: 1}) == 700
    assert total_of({1: 5, 2: 5, 3: 6}, {1: 1, 2: 1, 3: 1}) == 533
    assert total_of({1: 0}, {1: 10}) == 0


@pytest.mark.parametrize(
    ("first", "second", "third", "result"),
    [
        (None, 800, None, Result(Stage.OPEN)),
        (800, None, 700, Result(Stage.OPEN)),
        (800, 650, None, Result(Stage.DONE, 725)),  # 15.0 points apart is not more than 15
        (800, 649, None, Result(Stage.THIRD)),
        (900, 500, 600, Result(Stage.DONE, 600)),  # the middle one of three
        (900, 500, 1000, Result(Stage.DONE, 900)),
    ],
)
def test_a_third_word_is_asked_where_two_are_far_apart(
    first: int | None, second: int | None, third: int | None, result: Result
) -> None:
    assert result_of(first, second, third, tolerance=15) == result
