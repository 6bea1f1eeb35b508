"""Who stands at the door in these tests."""

import pytest
from flask.testing import FlaskClient

from tests.factories import Factory
from tests.phone import Phone


@pytest.fixture
def phone(client: FlaskClient, make: Factory) -> Phone:
    """A phone at the door of an event that is going on."""
    event = make.going_on()
    device, token = make.device(event)
    registration = make.registration(event.slots[0], name="曾晓雨", school=make.school("清溪一中"))
    return Phone(client, event, device, token, registration)
