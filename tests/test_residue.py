"""Every page, for everybody who may see it, speaks one language: Chinese pages no English, English pages no Chinese.

What people typed is known from the database and taken out first; what a page itself marks with another language (the
seal, the link to the other language) is passed over.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from sqlalchemy import Column, String, select

from app.core.crypto import unseal
from app.core.db import db
from app.core.languages import LANGUAGES
from app.people.models import Person
from app.people.names import given_name
from tests.factories import Factory
from tests.test_pages_valid import NAMES, answers
from tests.world import World, build

CHINESE = re.compile(r"[\u3400-\u9fff]+")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:['’-][a-z]+)*")
CODE = re.compile(
    r"\b[0-9A-Z]{4}(?: [0-9A-Z]{4}){3}\b|https?://\S+|\{\w+\}|\b[\w.]+@[\w.]+|\b\w[\w…-]*(?:\.[a-z]{2,})+\b"
)
# What a Chinese office calls by these letters, too, and what a language calls itself.
KNOWN = {
    *(
        "QR",
        "PDF",
        "ZIP",
        "Excel",
        "WPS",
        "csv",
        "xls",
        "xlsx",
        "CSV",
        "ICP",
        "JPEG",
        "JSON",
        "SHA",
        "PNG",
        "MB",
        "A4",
        "WeChat",
        "Cookie",
        "JavaScript",
        "Tab",
    ),
    *("Windows", "Android", "iPhone", "iPad", "Mac", "Linux", "Chrome", "Safari", "Firefox", "Edge"),
    *("English", "简体中文"),
}
READ_OUT = {"title", "alt", "placeholder", "aria-label", "aria-valuetext", "label"}
SHOWN_BY_OTHERS = {"description", "og:title", "og:description"}  # search engines and chats


@pytest.fixture
def world(app: Flask, make: Factory) -> World:
    """Everybody and everything."""
    return build(app, make)


def typed_in(app: Flask) -> set[str]:
    """Return every text that somebody typed, with the pieces in which pages show them."""
    with app.app_context():
        columns = [column for table in db.metadata.sorted_tables for column in table.columns]
        texts = [column for column in columns if isinstance(column.type, String)]
        found = {
            _opened(column, text) for column in texts for text in db.session.scalars(select(column).distinct()) if text
        }
        given = {given_name(name) for name in db.session.scalars(select(Person.name))}
    lines = {line.strip() for text in found for line in text.splitlines()}
    masked = {text[:1] + "**" for text in found if CHINESE.match(text)}
    endings = {text[-4:] for text in found if re.fullmatch(r"[0-9A-Z]{16}", text)}
    return {text for text in found | lines | masked | endings if _says_something(text)} | given


def _opened(column: Column[Any], text: object) -> str:
    purpose = column.info.get("sealed_for")
    return (purpose and unseal(purpose, str(text))) or str(text)


def _says_something(text: str) -> bool:
    """Return whether a stored text is somebody's own words: single lower-case words are states, kinds and roles."""
    return len(text) > 1 and not re.fullmatch(r"[a-z_]+", text)


def residue(text: str, language: str, typed: list[str]) -> list[str]:
    """Return the words of the other language on a page."""
    page = html5lib.parse(text, namespaceHTMLElements=False)
    foreign = CHINESE if language == "en" else ENGLISH
    found = []
    for said in _said(page, page.get("lang")):
        own = CODE.sub(" ", said)
        for words in typed:
            own = own.replace(words, " ")
        strange = [word for word in foreign.findall(own) if word not in KNOWN]
        if strange:
            found.append(f"{strange} in {said.strip()[:80]!r}")
    return found


def _said(element: Element, lang: str | None) -> Iterator[str]:
    if element.tag in {"script", "style"} or not isinstance(element.tag, str):
        return
    if element.get("lang", lang) == lang:
        for name, value in element.items():
            yield from _words_of(value) if _is_read(element, name, value) else ()
        yield element.text or ""
        for child in element:
            yield from _said(child, lang)
    for child in element:
        if element.get("lang", lang) == lang:
            yield child.tail or ""


def _words_of(value: str) -> list[str]:
    """Return what an attribute says: scripts are handed their words as JSON."""
    if not value.startswith("{"):
        return [value]
    handed = json.loads(value)
    return [word for words in handed.values() for word in (words if isinstance(words, list) else [words])]


def _is_read(element: Element, name: str, value: str) -> bool:
    if name == "value":
        return element.get("type") in {"submit", "button"} and element.tag == "input"
    if name == "content":
        return (element.get("name") or element.get("property")) in SHOWN_BY_OTHERS
    if name.startswith("data-"):  # words for scripts, not the names of what they do
        return " " in value or not value.isascii()
    return name in READ_OUT


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("persona", NAMES)
def test_a_page_speaks_one_language(app: Flask, world: World, persona: str, language: str) -> None:
    before = typed_in(app)  # one of the forms deletes a session
    pages = {name: answer.text for name, answer in answers(world, persona, language)}
    typed = sorted(before | typed_in(app), key=len, reverse=True)
    found = {name: residue(text, language, typed) for name, text in pages.items()}
    assert len(found) > 10
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("language", "lang", "fault"),
    [
        ("en", "en", "<p>报名 Sign up</p>"),
        ("en", "en", "<p>By<b>x</b>林晓雨 已签到</p>"),
        ("en", "en", "<input placeholder=姓名>"),
        ("en", "en", "<form data-confirm=删除吗？></form>"),
        ("zh_Hans_CN", "zh-CN", "<p>报名 Sign up</p>"),
        ("zh_Hans_CN", "zh-CN", "<img alt='Entry code of 林晓雨'>"),
        ("zh_Hans_CN", "zh-CN", "<form data-confirm='Delete it?'></form>"),
        ("zh_Hans_CN", "zh-CN", "<input type=submit value=Save>"),
    ],
)
def test_a_text_that_was_not_translated_is_found(language: str, lang: str, fault: str) -> None:
    page = f"<html lang={lang}><body>{{}}<p lang=zh-CN>同</p><p>林晓雨</p><a lang=en>English</a></body></html>"
    assert residue(page.format(fault), language, ["林晓雨"]) != []
    assert residue(page.format("<p data-draft=event-new>7Q3K XF9M T2AB 5CDE</p>"), language, ["林晓雨"]) == []
