"""Chosen registrations, in short for an address."""

import pytest

from app.announcements.people import read_people, short


@pytest.mark.parametrize(("ids", "text"), [([], ""), ([7], "7"), ([3, 1, 2, 9, 2], "1-3,9")])
def test_what_is_said_in_short_is_read_again(ids: list[int], text: str) -> None:
    assert short(ids) == text
    assert read_people(text) == sorted(set(ids))


@pytest.mark.parametrize("text", ["x", "-", "0", "5-", "-5", "9-1", "٣", "1" * 30, "1-99999999999"])
def test_what_is_no_id_is_left_out(text: str) -> None:
    assert all(0 < number < 1000 for number in read_people(text))


def test_a_range_without_an_end_in_sight_is_cut() -> None:
    assert len(read_people("1-2000000000")) == 1000
