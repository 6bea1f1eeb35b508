"""Browsers here send forms."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.trusting import trusting


@pytest.fixture
def app(app: Flask) -> Iterator[Flask]:
    """The application, which takes these forms for its own."""
    with trusting(app) as trusting_app:
        yield trusting_app
