"""One running program and one Chromium per worker; a browser context and its own people per test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app import create_app
from app.accounts.models import User
from app.core.db import db
from tests import browser, databases
from tests.browser import PHONE, Visitor
from tests.factories import Factory
from tests.servers import Server, running
from tests.sessions import COOKIE, session_of

Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application in this process, on the database that the running program has; only for making rows."""
    folder = tmp_path_factory.mktemp("site")
    url = databases.copy_sqlite(Path(os.environ["TONGXING_TEST_TEMPLATES"]), folder)
    app = create_app(databases.settings_for(url, folder))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def site(here: Flask) -> Iterator[Server]:
    """The running program."""
    config = here.config
    with running(config["SQLALCHEMY_DATABASE_URI"], config["DATA"], config["SECRET_KEY"]) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    with browser.chromium() as running_browser:
        yield running_browser


@pytest.fixture(scope="session")
def rows(here: Flask) -> Factory:
    """What makes rows in the running program's database."""
    return Factory(here)


@pytest.fixture
def visit(here: Flask, site: Server, chromium: Browser) -> Iterator[Visit]:
    """What gives somebody a browser of their own; afterwards none of their pages may have complained."""
    visitors: list[Visitor] = []

    def make(user: User | None = None, language: str = "zh_Hans_CN", **options: Any) -> Visitor:
        context = chromium.new_context(**({"viewport": PHONE, "accept_downloads": True} | options))
        if user:
            cookie = session_of(here, user.get_id(), language).cookie
            context.add_cookies([{"name": COOKIE, "value": cookie, "url": site.url}])
        visitors.append(Visitor(context, site.url))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []
