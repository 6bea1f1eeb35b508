"""Why somebody cannot sign up: one list of reasons, the same words everywhere."""

import pytest
from flask import Flask

from app.events.registration.reasons import Reason
from tests.factories import Factory
from tests.signing_in import signed_in


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("reason", Reason)
def test_each_reason_says_why_and_what_to_do(inside: Flask, reason: Reason) -> None:
    assert reason.value.code == reason.name.lower()
    assert str(reason.value.words)
    assert str(reason.value.advice)


def test_page_and_program_read_the_same_words(app: Flask, make: Factory) -> None:
    parent = make.user()
    child, slot = make.person(parent), make.slot(capacity=1)
    make.registration(slot)
    browser = signed_in(app, parent)
    address, form = f"/slots/{slot.id}/registration", {"person_id": child.id}
    page = browser.post(address, data=form)
    told = browser.post(address, data=form, headers={"Accept": "application/json"})
    assert (page.status_code, told.status_code) == (422, 422)
    assert told.get_json()["error"] == "slot_full"
    assert told.get_json()["message"] in page.text
