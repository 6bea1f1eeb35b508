"""The list of pages that are looked at in a browser is complete, and each public page is light."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

from config import ROOT
from tests.e2e.test_pages_accessible import PAGES
from tests.factories import Factory
from tests.test_access import rows
from tests.world import World, build

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])

LIMIT = 40_000  # bytes of HTML, style and script of a public page, compressed
NEVER_OPENED = {"pages.start"}  # it only leads on
_PLACE = re.compile(r"\$\w+")


@pytest.fixture
def world(app: Flask, make: Factory) -> World:
    """Everybody and everything."""
    return build(app, make)


def pages(world: World, persona: str) -> Iterator[tuple[str, TestResponse]]:
    """Ask for every address that the persona may open; what is no page is passed over."""
    for (method, address), cells in rows():
        if method == "GET" and cells[persona] == "ok" and not address.endswith((".pdf", ".png")):
            answer = world.ask(persona, method, address)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                yield address, answer


def endpoint(map_: MapAdapter, path: str) -> str | None:
    """Return the name of the view behind a path of the list, whatever its numbers and codes are."""
    for place in ("1", "0" * 16, "child"):
        try:
            return str(map_.match(_PLACE.sub(place, path.partition("?")[0]), method="GET")[0])
        except NotFound:
            continue
    return None


@pytest.mark.parametrize("persona", ["anonymous", "young", "school", "staff", "manager", "admin"])
def test_every_page_is_in_the_list_that_is_looked_at(app: Flask, world: World, persona: str) -> None:
    map_ = app.url_map.bind("localhost")
    listed = {endpoint(map_, path) for paths in PAGES.values() for path in paths}
    opened = {address: answer.request.path for address, answer in pages(world, persona)}
    assert opened
    missing = {address for address, path in opened.items() if map_.match(path)[0] not in listed | NEVER_OPENED}
    assert missing == set()


@pytest.mark.parametrize("persona", ["anonymous", "young"])
def test_a_public_page_is_light_and_asks_nobody_else(world: World, persona: str) -> None:
    weights = {address: weight(answer.data) for address, answer in pages(world, persona)}
    weights.pop("/styleguide")  # everything at once, for whoever builds pages
    assert len(weights) > 5
    assert {address: one for address, one in weights.items() if one > LIMIT} == {}


def weight(page: bytes) -> int:
    """Return what a page weighs on its way, with its style and scripts: bytes, compressed."""
    linked = re.findall(rb'(?:href|src)="/(static/dist/[\w.-]+\.(?:css|js))"', page)
    assert len(linked) >= 2
    assert not re.findall(rb'<(?:script|img|iframe|link rel="stylesheet")[^>]+(?:href|src)="(?:https?:)?//', page)
    parts = [page, *((Path(ROOT) / path.decode()).read_bytes() for path in linked)]
    return sum(len(gzip.compress(part)) for part in parts)
