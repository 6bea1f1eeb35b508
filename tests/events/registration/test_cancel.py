"""Giving a place back."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.events import problems
from app.events.models import Registration, RegistrationState
from app.events.registration import operations
from tests.events.registration.test_register import taken
from tests.factories import Factory


def cancel(make: Factory, registration: Registration) -> Registration:
    """Give a place back now, as whoever signed up."""
    return make.do(operations.cancel, registration.id, by=registration.registered_by_id, at=now())


@pytest.mark.parametrize("age", [13, 16])
def test_a_place_that_is_given_back_is_free_for_somebody_else(inside: Flask, make: Factory, age: int) -> None:
    slot = make.slot(capacity=1)
    cancelled = cancel(make, make.registration(slot, age=age))
    assert cancelled.state is RegistrationState.CANCELLED
    assert cancelled.cancelled_by_id == cancelled.registered_by_id
    assert taken(slot.id) == 0
    make.registration(slot)
    assert taken(slot.id) == 1


def test_giving_it_back_twice_frees_one_place_and_keeps_the_first_moment(inside: Flask, make: Factory) -> None:
    slot = make.slot()
    make.registration(slot)
    first = cancel(make, make.registration(slot))
    moment = first.cancelled_at
    assert cancel(make, first).cancelled_at == moment
    assert taken(slot.id) == 1


def test_once_it_has_begun_it_is_too_late(inside: Flask, make: Factory) -> None:
    slot = make.slot()
    registration = make.registration(slot)
    by = registration.registered_by_id
    with pytest.raises(problems.TooLateToCancel):
        make.do(operations.cancel, registration.id, by=by, at=slot.starts_at)
    assert taken(slot.id) == 1
    last_second = slot.starts_at - timedelta(seconds=1)
    assert not make.do(operations.cancel, registration.id, by=by, at=last_second).is_active


def test_whoever_comes_back_gets_a_new_code_and_the_old_one_stays_cancelled(inside: Flask, make: Factory) -> None:
    slot = make.slot()
    first = cancel(make, make.registration(slot))
    again = make.do(operations.register, first.person_id, slot.id, by=first.registered_by_id, at=now())
    assert again.id != first.id
    assert again.code != first.code
    assert not db.session.get_one(Registration, first.id).is_active
    assert taken(slot.id) == 1
