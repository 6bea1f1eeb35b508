"""Places are never given twice, and nobody on the reserve list is passed: whatever happens in whatever order."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.factories import Factory
from tests.programmes.applications.applications_machine import Applications


def test_whatever_happens_nobody_is_passed(inside: Flask, make: Factory, request: pytest.FixtureRequest) -> None:
    examples, steps = (1000, 50) if request.config.getoption("--soak") else (60, 30)

    class Here(Applications):
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
