"""Whatever happens to a class series in whatever order, a place in it is a place on each date to come."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.events.dates.series_machine import Series
from tests.factories import Factory


def test_whatever_happens_each_date_has_the_seats_of_the_lead(
    inside: Flask, make: Factory, request: pytest.FixtureRequest
) -> None:
    examples, steps = (500, 40) if request.config.getoption("--soak") else (40, 20)

    class Here(Series):
        pass

    Here.make = make
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
