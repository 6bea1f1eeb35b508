"""The machine that watches over places does notice: each fault that is planted here is found."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.exc import IntegrityError

from app.events.models import Registration, Slot
from app.events.registration import places
from tests.events.registration.places_machine import Places
from tests.factories import Factory

Members = list[Registration]


def nobody_is_served(_slot: Slot, **_named: Any) -> list[Any]:
    """Free places stay free."""
    return []


def companions_sit_on_knees(_slot: Slot, members: Members) -> int:
    """Grown-ups who come along take no place."""
    return len(members)


def nobody_blocks(_slot: Slot, _pools: Any, blocked: set[int | None]) -> bool:
    """Whoever does not fit is passed by those behind."""
    blocked.clear()
    return True


def last_come_first(slot: Slot) -> Iterator[Members]:
    """The line is served from its end."""
    yield from reversed(list(_line(slot)))


_line = places._line
FAULTS: dict[str, Callable[..., Any]] = {
    "serve": nobody_is_served,
    "size": companions_sit_on_knees,
    "_has_room": nobody_blocks,
    "_line": last_come_first,
}


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(inside: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    class Here(Places):
        pass

    Here.make = make
    monkeypatch.setattr(places, name, FAULTS[name])
    found = settings(
        max_examples=400,
        stateful_step_count=30,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    with pytest.raises((AssertionError, IntegrityError)):  # an invariant, or a rule of the database
        run_state_machine_as_test(Here, settings=found)
