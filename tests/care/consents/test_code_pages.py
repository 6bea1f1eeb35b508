"""A parent who has answered in the form of the sign-up need not wait for a call where the school knows the number."""

import re

import pytest
from flask import Flask

from app.care.consents.codes import digits_of
from app.care.consents.models import GuardianCode
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, RegistrationState
from app.people.consents.guardians import GuardianWords, put_on_roster
from app.people.consents.models import GuardianRelation
from tests.factories import Factory
from tests.signing_in import signed_in

ROSTER = GuardianWords("王芳", GuardianRelation.MOTHER, "13712345678")


@pytest.mark.parametrize("is_on_roster", [True, False])
def test_the_code_to_the_schools_number_confirms_the_place_and_is_offered_to_nobody_else(
    app: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch, is_on_roster: bool
) -> None:
    monkeypatch.setitem(app.config, "CHANNELS", ("sms",))
    parent, slot = make.user("王芳"), make.slot()
    child = make.person(parent, age=12)
    if is_on_roster:
        make.do(put_on_roster, child.id, ROSTER, make.school().id, by=make.user().id, at=now())
    browser = signed_in(app, parent, "en")
    said = {"person_id": child.id, f"guardian-take_{child.id}": "yes", "guardian-relation": "mother"}
    place = browser.post(f"/slots/{slot.id}/registration", data=said | {"guardian-name": "王芳"}).location
    next_steps = browser.get(f"{place}/guardian").text
    (page,) = set(re.findall(r'href="[^"]*(/G/\w+)"', next_steps))
    assert ("Quicker" in next_steps) is is_on_roster
    assert (f'action="{page}/code"' in browser.get(page).text) is is_on_roster
    (ask,) = set(re.findall(r'name="ask" value="(\d+)"', browser.get(page).text))
    browser.post(f"{page}/code", data={"ask": ask})
    with app.app_context():
        digits = [digits_of(one) for one in db.session.query(GuardianCode)]
    browser.post(f"{page}/proof", data={"ask": ask, "digits": digits[0] if digits else "000000"})
    with app.app_context():
        state = db.session.query(Registration).one().state
    assert state is (RegistrationState.CONFIRMED if is_on_roster else RegistrationState.HELD)
