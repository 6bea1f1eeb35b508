"""No address that somebody types breaks anything."""

import pytest
from flask import Flask
from wtforms.fields.core import UnboundField

from app.core.access import API_PREFIX
from app.core.forms import Form
from tests.addresses import values_for
from tests.factories import Factory
from tests.signing_in import Personas

ENDS_THE_SESSION = ("/sign-out", "/account/sessions")
TOO_LARGE = 10**30  # no column holds it
CODES = {
    "code": "%00",
    "filename": "none",
    "digest": "0" * 64,
}
QUERIES = [
    "kind",
    "when",
    "from",
    "to",
    "level",
    "free",
    "state",
    "slot",
    "sort",
    "host",
    "after",
    "before",
    "event",
    "school",
    "q",
    "view",
    "next",
    "number",
    "unit",
    "told",
    "class",
    "standing",
    "presence",
    "unseen",
    "again",
    "part",
]
BESIDE_FORMS = {
    "slot",
    "school",
    "class",
    "unseen",
    "standing",
    "presence",
    "back",
    "start",
    "view",
    "what",
    "digest",
    "unit",
    "event",
}
ODD = [str(TOO_LARGE), f"1~{TOO_LARGE}", f"a~{TOO_LARGE}", "a~-1", "\0~1", "nan~1", "²"]


def paths(app: Flask, number: int, method: str) -> list[str]:
    """Return every page of a method that somebody could point elsewhere, the number in all its places."""
    asked = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or set())]
    pages = [rule for rule in asked if not rule.rule.startswith((API_PREFIX, "/static"))]
    addresses = app.url_map.bind("tongxing.test")
    return [addresses.build(rule.endpoint, values_for(rule, CODES, number), method=method) for rule in pages]


def test_a_number_that_no_row_can_have_is_not_found(app: Flask, personas: Personas) -> None:
    everybody = (personas.staff, personas.school_office, personas.administrator)
    for browser in everybody:
        for path in paths(app, TOO_LARGE, "GET"):
            assert browser.get(path).status_code in {200, 302, 303, 403, 404}, path
        for path in paths(app, TOO_LARGE, "POST"):
            assert browser.post(path).status_code in {200, 302, 303, 403, 404, 405, 422}, path


@pytest.mark.parametrize("odd", ODD)
def test_nothing_odd_behind_the_question_mark_breaks_a_page(
    app: Flask, personas: Personas, make: Factory, odd: str
) -> None:
    event = make.event(personas.host)
    for browser in (personas.staff, personas.school_office, personas.administrator):
        for path in paths(app, event.id, "GET"):
            answer = browser.get(path, query_string=dict.fromkeys(QUERIES, odd))
            assert answer.status_code in {200, 302, 303, 403, 404}, path


def fields(form: type[Form] = Form) -> set[str]:
    """Return the names of everything that any form asks for."""
    own = {name for name, field in vars(form).items() if isinstance(field, UnboundField)}
    return own.union(*(fields(one) for one in form.__subclasses__()))


@pytest.mark.parametrize("odd", ["\0", f"1~{TOO_LARGE}", "http://[\r\n%(x)s{0.__class__}", "长" * 3500])
def test_nothing_odd_in_a_form_breaks_a_page(app: Flask, personas: Personas, make: Factory, odd: str) -> None:
    event = make.event(personas.host)
    for browser in (personas.staff, personas.school_office, personas.administrator):
        for path in paths(app, event.id, "POST"):
            if path.startswith(ENDS_THE_SESSION):
                continue
            answer = browser.post(path, data=dict.fromkeys(fields() | BESIDE_FORMS, odd))
            assert answer.status_code in {200, 302, 303, 403, 404, 405, 409, 422}, path
        assert browser.get("/mine").status_code == 200


def test_nothing_odd_breaks_the_api(make: Factory, app: Flask) -> None:
    event = make.going_on()
    _device, token = make.device(event)
    client, bearer = app.test_client(), {"Authorization": f"Bearer {token}"}
    address = f"/api/v1/events/{event.id}"
    for odd in ODD:
        found = client.post(f"{address}/registrations/search", json={"q": odd}, headers=bearer)
        assert found.status_code in {200, 422}
    far = f"/api/v1/events/{TOO_LARGE}/registrations/search"
    assert client.post(far, json={"q": "a"}, headers=bearer).status_code == 404
