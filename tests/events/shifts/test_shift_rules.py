"""Who may take a shift: the rules themselves, without a database."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from app.core.clock import local_day
from app.core.problems import Problem
from app.events.models import SlotForm
from app.events.rules import Rules
from app.events.shifts import shift_problems as problems
from app.events.shifts.shift_facts import Shift, Stay, Volunteer
from app.events.shifts.shift_rules import why_not
from tests.factories import born
from tests.shifts import HOUR, clock

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
AT = clock(12, days=0)


def shift(begins: float, ends: float, **changes: Any) -> Shift:
    """Return a shift on some day."""
    values: dict[str, Any] = {"place": "县图书馆", "skill_id": None, "skill": "", "lacks_insurance": False}
    return Shift(starts_at=clock(begins), ends_at=clock(ends), **({**values, "rules": Rules()} | changes))


def stay(begins: float, ends: float, place: str = "县图书馆", form: SlotForm = SlotForm.SHIFT) -> Stay:
    """Return another place of the same person on that day."""
    return Stay(clock(begins), clock(ends), place, form, "整理 · 上午班")


def volunteer(age: int, *stays: Stay, has_skill: bool = False, at: datetime = AT) -> Volunteer:
    """Return somebody of an age."""
    return Volunteer(born(age, local_day(at)), has_skill, stays)


def refusal(shift: Shift, somebody: Volunteer) -> type[Problem] | None:
    """Return what kind of a no there is."""
    problem = why_not(shift, somebody, at=AT)
    return type(problem) if problem else None


@pytest.mark.parametrize(
    ("age", "begins", "ends", "expected"),
    [
        (16, 19, 21, None),
        (16, 19, 21.5, problems.TooLateForMinors),
        (18, 19, 23, None),
        (17, 23, 25, problems.TooLateForMinors),
        (17, 2, 4, problems.TooLateForMinors),  # the night belongs to the evening before
        (17, 6, 8, None),
        (10, 9, 11, None),
        (9, 9, 11, problems.TooYoungToVolunteer),
        (16, 9, 13, None),
        (16, 9, 13.5, problems.TooManyHours),
        (18, 9, 17, None),
    ],
)
def test_minors_have_a_latest_hour_a_number_of_hours_and_a_least_age(
    inside: Flask, age: int, begins: float, ends: float, expected: type[Problem] | None
) -> None:
    assert refusal(shift(begins, ends), volunteer(age)) is expected


def test_hours_of_one_day_add_up_for_minors_only(inside: Flask) -> None:
    morning = stay(8, 11)
    assert refusal(shift(13, 14), volunteer(16, morning)) is None
    assert refusal(shift(13, 14.5), volunteer(16, morning)) is problems.TooManyHours
    assert refusal(shift(13, 14.5), volunteer(18, morning)) is None
    lesson = stay(8, 11, form=SlotForm.SESSION)
    assert refusal(shift(13, 16), volunteer(16, lesson)) is None
    yesterday = Stay(clock(8, days=1), clock(12, days=1), "县图书馆", SlotForm.SHIFT, "x")
    assert refusal(shift(13, 16), volunteer(16, yesterday)) is None


def test_the_hours_are_said_as_people_count_them(inside: Flask) -> None:
    problem = why_not(shift(13, 14.5), volunteer(16, stay(8, 11)), at=AT)
    assert problem is not None
    assert problem.facts["hours"] == "4.5"
    assert "4.5" in problem.message


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (stay(8, 9), None),  # the same place, one after the other
        (stay(8, 9.25), problems.ShiftsOverlap),
        (stay(10.5, 12), problems.ShiftsOverlap),
        (stay(9.25, 9.5), problems.ShiftsOverlap),
        (stay(8, 8.75, "滨江公园"), problems.TooFarApart),
        (stay(8, 8.5, "滨江公园"), None),
        (stay(11.25, 12, "滨江公园"), problems.TooFarApart),
        (stay(11.5, 12, "滨江公园"), None),
        (stay(8, 10, form=SlotForm.SESSION), problems.ShiftsOverlap),
    ],
)
def test_two_places_at_one_time_or_too_far_apart_are_refused(
    inside: Flask, other: Stay, expected: type[Problem] | None
) -> None:
    assert refusal(shift(9, 11), volunteer(20, other)) is expected


def test_the_way_between_two_places_is_for_the_host_to_say(inside: Flask) -> None:
    hurried = shift(9, 11, rules=Rules(travel_minutes=0))
    assert refusal(hurried, volunteer(20, stay(8, 9, "滨江公园"))) is None


def test_a_skill_and_the_insurance_come_first(inside: Flask) -> None:
    skilled = shift(9, 11, skill_id=1, skill="急救")
    assert refusal(skilled, volunteer(20)) is problems.SkillMissing
    assert refusal(skilled, volunteer(20, has_skill=True)) is None
    assert refusal(shift(9, 11, lacks_insurance=True), volunteer(20)) is problems.NotInsured


def test_a_host_may_ask_for_more(inside: Flask) -> None:
    strict = Rules(youngest_volunteer=16, latest_hour=18, hours_a_day=2)
    assert refusal(shift(9, 11, rules=strict), volunteer(15)) is problems.TooYoungToVolunteer
    assert refusal(shift(17, 18.5, rules=strict), volunteer(16)) is problems.TooLateForMinors
    assert refusal(shift(9, 12, rules=strict), volunteer(16)) is problems.TooManyHours


def test_whoever_turns_eighteen_later_is_a_minor_on_the_day_of_sign_up(inside: Flask) -> None:
    tomorrow = local_day(AT + 24 * HOUR)
    almost = Volunteer(tomorrow.replace(year=tomorrow.year - 18), False)
    assert refusal(shift(19, 22), almost) is problems.TooLateForMinors
