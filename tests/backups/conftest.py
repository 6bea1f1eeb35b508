"""A place to back up, and an empty one to restore into."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.backups.place import Place
from config import sqlite_url
from tests import databases
from tests.backups.places import at, place_in


@pytest.fixture
def place(app: Flask, tmp_path: Path) -> Place:
    """The installation of the test's application."""
    return place_in(app, tmp_path / "here")


@pytest.fixture
def empty(app: Flask, engine: str, worker_id: str, tmp_path: Path) -> Iterator[Place]:
    """An installation of the same engine with nothing in it, which knows the first one's key."""
    there = place_in(app, tmp_path / "there")
    if engine == "sqlite":
        yield at(there, sqlite_url(there.data))
        return
    server, name = Path(os.environ["TONGXING_TEST_SERVER"]), f"tongxing_{worker_id}_restored"
    yield at(there, databases.empty_postgresql(server, name))
    databases.drop_postgresql(server, name)
