"""Drawing lots: the same for everybody who draws them again."""

from app.events.ways import lots

SEED = "a seed"
NUMBERS = ["7Q3KXF9M", "T2AB5CDE", "00000001", "ZZZZZZZZ", "8H4NPQ2R"]


def test_the_order_leans_on_seed_and_numbers_alone() -> None:
    order = lots.drawn_order(SEED, NUMBERS)
    assert sorted(order) == sorted(NUMBERS)
    assert lots.drawn_order(SEED, reversed(NUMBERS)) == order
    assert lots.drawn_order(SEED, [*NUMBERS, NUMBERS[0]]) == order
    assert lots.drawn_order("another seed", NUMBERS) != order


def test_whoever_leaves_before_the_draw_changes_nothing_between_the_others() -> None:
    order = lots.drawn_order(SEED, NUMBERS)
    assert lots.drawn_order(SEED, NUMBERS[1:]) == [number for number in order if number != NUMBERS[0]]


def test_the_order_is_the_one_that_is_written_down_in_the_documents() -> None:
    # sha256("a seed:7Q3KXF9M") and so on, sorted by hand with sha256sum
    assert lots.drawn_order(SEED, NUMBERS) == ["ZZZZZZZZ", "T2AB5CDE", "8H4NPQ2R", "00000001", "7Q3KXF9M"]


def test_places_are_given_in_turn_while_they_last() -> None:
    sizes = {"a": 2, "b": 1, "c": 3, "d": 1}
    assert lots.winners("abcd", sizes, 4, smaller_may_pass=False) == ["a", "b"]
    assert lots.winners("abcd", sizes, 4, smaller_may_pass=True) == ["a", "b", "d"]
    assert lots.winners("abcd", sizes, 7, smaller_may_pass=False) == ["a", "b", "c", "d"]
    assert lots.winners("abcd", sizes, 0, smaller_may_pass=True) == []


def test_an_application_number_is_short_and_new_each_time() -> None:
    numbers = {lots.new_application_no() for _ in range(200)}
    assert len(numbers) == 200
    assert {len(number) for number in numbers} == {lots.NUMBER_LENGTH}
