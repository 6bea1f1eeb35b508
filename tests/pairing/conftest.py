"""A unit that pairs, and a round of it."""

import pytest
from flask import Flask

from app.organisations.models import Organisation
from app.pairing.models import PairingRound
from tests.factories import Factory
from tests.pairing_rows import a_round, paired


@pytest.fixture
def host(inside: Flask, make: Factory) -> Organisation:
    """The unit that pairs."""
    return make.organisation()


@pytest.fixture
def by(host: Organisation, make: Factory) -> int:
    """Who pairs."""
    return make.member(host).id


@pytest.fixture
def made(host: Organisation, by: int, make: Factory) -> PairingRound:
    """A round of four and four, paired."""
    one = a_round(make, host, by)
    paired(make, one, by)
    return one
