"""How soon something begins, in words."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.events.countdown import countdown

EVENING = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (-1, "进行中"),
        (0.5, "今天 23:30"),
        (2, "明天 01:00"),
        (24.5, "明天 23:30"),
        (26, "还有 2 天"),
        (24 * 30, "还有 30 天"),
    ],
)
def test_days_are_those_of_the_calendar_in_shanghai(inside: Flask, hours: float, words: str) -> None:
    begins = EVENING + timedelta(hours=hours)
    assert countdown(begins, begins + timedelta(hours=3), EVENING) == words
