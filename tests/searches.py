"""Looking for people as the forms on pages do: what is typed is posted, and comes back sealed in an address."""

from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def searched(browser: FlaskClient, page: str, q: str, **filters: str) -> TestResponse:
    """Send the form that stands on a page, and return the page it leads to."""
    return browser.get(search(browser, page, q, **filters))


def search(browser: FlaskClient, page: str, q: str, **filters: str) -> str:
    """Send the form that stands on a page, and return the address it leads to."""
    answer = browser.post("/search", data={"to": page, "q": q, **filters})
    assert answer.status_code == 303, answer.status_code
    return answer.location


def turned(text: str, way: str) -> str:
    """Return the address of the ``next`` or ``prev`` page of a list, "" where there is none."""
    return unescape(text.partition(f'rel="{way}" href="')[2].partition('"')[0])
