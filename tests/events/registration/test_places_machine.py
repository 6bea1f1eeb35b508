"""Places are never given twice, nobody waits in vain, nobody is passed: whatever happens in whatever order."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.events.registration.places_machine import Places
from tests.factories import Factory


def test_whatever_happens_places_stay_right(inside: Flask, make: Factory, request: pytest.FixtureRequest) -> None:
    examples, steps = (2000, 50) if request.config.getoption("--soak") else (200, 30)

    class Here(Places):
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
