"""Paging by key."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.core.paging import page_of, read_key

START = datetime(2026, 5, 18, 1, 0, 0, 123456, tzinfo=UTC)
ROWS = [(START + timedelta(minutes=minute), minute) for minute in range(5)]


def test_a_list_that_fits_has_no_next_page() -> None:
    assert page_of(ROWS, 5, lambda row: row) == (ROWS, None)
    assert page_of([], 5, lambda row: row) == ([], None)


def test_the_next_page_starts_after_the_last_row_of_this_one() -> None:
    page, following = page_of(ROWS, 3, lambda row: row)
    assert page == ROWS[:3]
    assert read_key(following) == ROWS[2]


@pytest.mark.parametrize(
    "text",
    [None, "", "~", "1", "1~", "~1", "nan~1", "inf~1", "1e300~1", "1~x", "1~" + "9" * 30, "1~-" + "9" * 30, "a~b~c"],
)
def test_anything_else_than_a_key_means_the_first_page(text: str | None) -> None:
    assert read_key(text) is None


@pytest.mark.parametrize("key", ["1~" + "9" * 30, "-62135596800~1", "253402300799~1", "nan~1", "0~-1"])
def test_no_key_in_an_address_breaks_the_page(client: FlaskClient, key: str) -> None:
    assert client.get("/", query_string={"after": key}).status_code == 200
