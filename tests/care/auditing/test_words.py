"""The access log speaks words: no page that writes an entry is shown by the name that the program has for it."""

import inspect
import re

import pytest
from flask import Flask

from app.care.auditing.words import _PAGES

NOTES = re.compile(r"\bnote_(access|look|search)\(")


@pytest.mark.parametrize("engine", ["sqlite"])
def test_every_page_that_writes_into_the_log_has_words(app: Flask) -> None:
    views = {name: inspect.unwrap(view) for name, view in app.view_functions.items()}
    writing = {name for name, view in views.items() if NOTES.search(inspect.getsource(view))}
    assert len(writing) > 20
    assert writing - set(_PAGES) == set()
