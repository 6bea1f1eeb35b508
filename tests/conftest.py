"""Every test gets a fresh database, on SQLite and on PostgreSQL."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from playwright.sync_api import Browser

from app import create_app
from app.core.db import db
from app.site.operator import current_operator, forget_operator
from tests import databases
from tests.browser import chromium as running_chromium
from tests.factories import Factory
from tests.signing_in import Personas

_SERVER, _TEMPLATES = "TONGXING_TEST_SERVER", "TONGXING_TEST_TEMPLATES"
_stack = ExitStack()
_apps: dict[str, Flask] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make soak` ask for more of what is drawn by lot."""
    parser.addoption("--soak", action="store_true", help="2,000 runs of the machine of places in place of 200")


def pytest_configure(config: pytest.Config) -> None:
    """Start the throwaway server and build the templates once, before xdist's workers are born."""
    _draw_the_same_lots(config)
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    server = _stack.enter_context(databases.postgresql_server())
    templates = Path(tempfile.mkdtemp(prefix="tongxing-templates-"))
    _stack.callback(shutil.rmtree, templates)
    databases.migrate_templates(server, templates)
    os.environ |= {_SERVER: str(server), _TEMPLATES: str(templates)}


def _draw_the_same_lots(config: pytest.Config) -> None:
    """What is drawn by lot is drawn alike each time, but for `make soak`, however long a busy machine takes."""
    settings.register_profile("ours", deadline=None, derandomize=not config.getoption("--soak"))
    settings.load_profile("ours")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    _stack.close()


@pytest.fixture(params=databases.ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of the database engine; a test that needs only one says so by parametrising it."""
    name: str = request.param
    return name


@pytest.fixture
def fresh_url(engine: str, worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database as the migrations leave it, empty."""
    if engine == "sqlite":
        folder = tmp_path_factory.getbasetemp() / "sqlite"
        folder.mkdir(exist_ok=True)
        return databases.copy_sqlite(Path(os.environ[_TEMPLATES]), folder)
    return databases.copy_postgresql(Path(os.environ[_SERVER]), f"tongxing_{worker_id}")


@pytest.fixture
def app(fresh_url: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application on a fresh database; made once per process and engine."""
    if fresh_url not in _apps:
        made = create_app(databases.settings_for(fresh_url, tmp_path_factory.mktemp("data")))
        made.config |= {"TESTING": True, "WTF_CSRF_ENABLED": False}
        _apps[fresh_url] = made
    app = _apps[fresh_url]
    monkeypatch.setattr("app.site.operator._KEPT_FOR", 3600)  # or a slow test would count its statement, too
    with app.app_context():
        forget_operator()
        current_operator()  # what a running server has read long ago
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def inside(app: Flask) -> Iterator[Flask]:
    """The application with its context open, for tests that call operations; not for those that use a client."""
    with app.app_context():
        yield app


@pytest.fixture
def make(app: Flask) -> Factory:
    """What makes rows."""
    return Factory(app)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser: one a worker, for a second one cannot be driven beside it."""
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody has signed in with."""
    return app.test_client()


@pytest.fixture
def personas(app: Flask, make: Factory) -> Personas:
    """Everybody who may ask, each with a browser."""
    return Personas(app, make)
