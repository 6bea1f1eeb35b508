"""An event that asks."""

import pytest

from app.events.models import Event
from tests.factories import Factory


@pytest.fixture
def event(make: Factory) -> Event:
    """An event that is open for sign-up."""
    return make.event()
