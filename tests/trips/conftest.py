"""A trip of six."""

import pytest
from flask import Flask

from app.programmes.models import Programme
from tests.factories import Factory
from tests.trip_rows import a_trip


@pytest.fixture
def by(inside: Flask, make: Factory) -> int:
    """Who arranges."""
    return make.user().id


@pytest.fixture
def programme(by: int, make: Factory) -> Programme:
    """A trip of six: girls and boys in turn, the first three of one school."""
    return a_trip(make)
