"""Every page, for everybody who may see it, in both languages: valid HTML, one title, one heading, no id twice."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from html5lib.html5parser import ParseError
from werkzeug.test import TestResponse

from app.core.languages import LANGUAGES
from tests.factories import Factory
from tests.test_access import rows
from tests.world import World, build

NAMES = ("anonymous", "young", "school", "staff", "admin")  # between them they see every page there is
LABELLED = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit"}


@pytest.fixture
def world(app: Flask, make: Factory) -> World:
    """Everybody and everything."""
    return build(app, make)


def faults(text: str, lang: str) -> list[str]:
    """Return what is wrong with a page."""
    try:
        page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    except ParseError as error:
        return [f"not valid HTML: {error}"]
    ids = Counter(one.get("id") for one in page.iter() if one.get("id"))
    found = [f"id {name} stands there {count} times" for name, count in ids.items() if count > 1]
    for name, count in (("title", 1), ("h1", 1), ("main", 1)):
        texts = ["".join(one.itertext()).strip() for one in page.iter(name)]
        if len(texts) != count or not all(texts):
            found.append(f"{name}: {texts}")
    if page.get("lang") != lang:
        found.append(f"lang is {page.get('lang')}")
    return found + list(_loose_ends(page, set(ids)))


def _loose_ends(page: Element, ids: set[str | None]) -> Iterator[str]:
    labels = {one.get("for") for one in page.iter("label")}
    for one in page.iter():
        for attribute in ("aria-describedby", "aria-labelledby", "for"):
            missing = set((one.get(attribute) or "").split()) - ids
            if missing:
                yield f"{one.tag} {attribute} names {missing}, which is not there"
        if one.tag == "img" and one.get("alt") is None:
            yield f"a picture without words: {one.get('src')}"
        if one.tag in LABELLED and one.get("type") not in NEEDS_NO_LABEL and one.get("id") not in labels:
            yield f"nobody says what goes into {one.get('name')}"


def answers(world: World, persona: str, language: str) -> Iterator[tuple[str, TestResponse]]:
    """Ask for every address in the table, refusals and faulty forms too; what is no page is passed over."""
    for (method, address), _ in rows():
        if address.endswith((".pdf", ".png")):
            continue
        answer = world.ask(persona, method, address, language)
        if answer.content_type.startswith("text/html") and answer.status_code not in {302, 303}:
            yield f"{method} {address}: {answer.status_code}", answer


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("persona", NAMES)
def test_every_page_is_valid(world: World, persona: str, language: str) -> None:
    lang = "en" if language == "en" else "zh-CN"
    wrong = {name: faults(answer.text, lang) for name, answer in answers(world, persona, language)}
    assert len(wrong) > 10
    assert {name: found for name, found in wrong.items() if found} == {}


def test_the_check_finds_what_is_wrong() -> None:
    page = "<!doctype html><html lang=en><title> </title><p id=a><i id=a></i><img src=x><input name=q></html>"
    found = " ".join(faults(page, "en"))
    for fault in ("id a", "title", "h1", "main", "without words", "what goes into q"):
        assert fault in found
    assert "not valid" in faults("<p><div></p>", "en")[0]
