"""The quiet hours: what waits for the morning, and what does not wait."""

from datetime import datetime

import pytest
import time_machine
from flask import Flask

from app.core.clock import SHANGHAI
from app.messages.quiet import leaves_at
from tests.factories import Factory
from tests.messages.readers import deliveries, reader, states, told
from tests.post_office import channels, post_office
from tests.work import work_off


def here(text: str) -> datetime:
    """Return a moment on the clock in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        ("2026-11-25 07:59", "2026-11-25 08:00"),
        ("2026-11-25 07:59:59.999999", "2026-11-25 08:00"),
        ("2026-11-25 08:00", "2026-11-25 08:00"),
        ("2026-11-25 12:30:15", "2026-11-25 12:30:15"),
        ("2026-11-25 20:59", "2026-11-25 20:59"),
        ("2026-11-25 20:59:59.999999", "2026-11-25 20:59:59.999999"),
        ("2026-11-25 21:00", "2026-11-26 08:00"),
        ("2026-11-25 23:59:59", "2026-11-26 08:00"),
        ("2026-11-26 00:00", "2026-11-26 08:00"),
        ("2026-12-31 21:00", "2027-01-01 08:00"),
        ("2027-01-01 00:00", "2027-01-01 08:00"),
        ("2028-02-28 22:00", "2028-02-29 08:00"),
    ],
)
def test_what_could_leave_now_leaves(at: str, leaves: str) -> None:
    assert leaves_at(here(at)) == here(leaves)


def test_a_message_of_the_evening_arrives_in_the_morning(inside: Flask, make: Factory) -> None:
    with post_office() as office, channels(inside, mail_port=office.port):
        with time_machine.travel(here("2026-12-31 21:00"), tick=False):
            told(make, reader(make))
            work_off(inside)
            assert states() == ["waiting"]
        with time_machine.travel(here("2027-01-01 07:59:59"), tick=False):
            work_off(inside)
            assert office.letters == []
        with time_machine.travel(here("2027-01-01 08:00"), tick=False):
            work_off(inside)
        assert (states(), len(office.letters)) == (["sent"], 1)


@time_machine.travel(here("2026-11-25 23:00"), tick=False)
def test_a_cancellation_leaves_at_any_hour(inside: Flask, make: Factory) -> None:
    with post_office() as office, channels(inside, mail_port=office.port):
        told(make, reader(make), is_urgent=True)
        work_off(inside)
        assert (states(), len(office.letters)) == (["sent"], 1)


def test_what_fails_before_nine_in_the_evening_is_not_tried_again_in_the_night(inside: Flask, make: Factory) -> None:
    with post_office() as office, channels(inside, mail_port=office.port):
        office.at_end = ["451 later"]
        with time_machine.travel(here("2026-11-25 20:59:30"), tick=False):
            told(make, reader(make))
            work_off(inside)
        with time_machine.travel(here("2026-11-26 03:00"), tick=False):
            work_off(inside)
            assert (office.letters, deliveries()[0].attempts) == ([], 1)
        with time_machine.travel(here("2026-11-26 08:00"), tick=False):
            work_off(inside)
        assert states() == ["sent"]
