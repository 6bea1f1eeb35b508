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
from app.events.models import Event, Registration
from app.organisations.models import Organisation
from tests import databases
from tests.browser import PHONE, Visitor
from tests.e2e.town import Town, build
from tests.factories import Factory
from tests.servers import Server, running
from tests.sessions import COOKIE, open_sessions, session_of

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
    """The running program; one process, as each worker has its own and a cold one draws no paper for seconds."""
    config = here.config
    url, key = config["SQLALCHEMY_DATABASE_URI"], config["SECRET_KEY"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMS", "console")  # so that there are pages to set it up
        with running(url, config["DATA"], key, processes=1) as server:
            yield server


@pytest.fixture(scope="session")
def rows(here: Flask) -> Factory:
    """What makes rows in the running program's database."""
    return Factory(here)


@pytest.fixture(scope="session")
def town(rows: Factory) -> Town:
    """Somebody in every role, and an event at which somebody was."""
    return build(rows)


@pytest.fixture
def visit(here: Flask, site: Server, chromium: Browser) -> Iterator[Visit]:
    """What gives somebody a browser of their own; afterwards none of their pages may have complained."""
    visitors: list[Visitor] = []

    def make(user: User | None = None, language: str = "zh_Hans_CN", **options: Any) -> Visitor:
        context = chromium.new_context(**({"viewport": PHONE, "service_workers": "block"} | options))
        (token,) = open_sessions(here, [user.id]) if user else ("",)
        cookies = {COOKIE: session_of(here, token).cookie, "language": language}
        context.add_cookies([{"name": name, "value": value, "url": site.url} for name, value in cookies.items()])
        visitors.append(Visitor(context, site.url))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


@pytest.fixture
def host(rows: Factory) -> Organisation:
    """Whose event it is."""
    return rows.organisation()


@pytest.fixture
def event(rows: Factory, host: Organisation) -> Event:
    """An event that is going on."""
    return rows.going_on(host)


@pytest.fixture
def guest(rows: Factory, event: Event) -> Registration:
    """Somebody with a place in it."""
    return rows.registration(event.slots[0], name="欧阳若溪")


@pytest.fixture
def helper(visit: Visit, rows: Factory, host: Organisation) -> Visitor:
    """Staff of the host, with a phone."""
    return visit(rows.member(host))
