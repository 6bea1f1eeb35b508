"""The one-time code to the number of the school's roster."""

from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.problems import TriedTooOften
from app.care.consents.answering import Said
from app.care.consents.asking import ask_about
from app.care.consents.codes import digits_of, prove_by_code, prove_counted, send_code
from app.care.consents.guardian_page import Signed, answer_link
from app.care.consents.models import GuardianLink
from app.care.consents.problems import CodeOnItsWay, NoRosterPhone, WrongGuardianCode
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, RegistrationState
from app.people.consents.guardians import GuardianWords, put_on_roster
from app.people.consents.models import GuardianRelation
from tests.consents import YES
from tests.factories import Factory


@pytest.fixture
def child(inside: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch) -> Registration:
    """A child whose mother's number the school knows, where text messages go out."""
    monkeypatch.setitem(inside.config, "CHANNELS", ("sms",))
    child = make.registration(age=12)
    words = GuardianWords("王芳", GuardianRelation.MOTHER, "13712345678")
    make.do(put_on_roster, child.person_id, words, make.school().id, by=make.user().id, at=now())
    return child


def signed(make: Factory, child: Registration, name: str) -> tuple[GuardianLink, int]:
    """Answer by link under a name; returns the private page and what it shows."""
    link = make.do(ask_about, child.id, by=child.registered_by_id, at=now())
    said = [Said(one.person_id, one.scope, YES) for one in link.asks]
    page = make.do(answer_link, link.id, said, Signed(name, GuardianRelation.MOTHER), at=now())
    return page, page.asks[0].id


def state(child: Registration) -> RegistrationState:
    db.session.expire_all()
    return db.session.get_one(Registration, child.id).state


def test_the_code_to_the_rosters_number_confirms_the_place(make: Factory, child: Registration) -> None:
    page, ask = signed(make, child, "王芳")
    code = make.do(send_code, page.id, ask, at=now())
    assert state(child) is RegistrationState.HELD
    make.do(prove_by_code, page.id, ask, digits_of(code), at=now())
    assert state(child) is RegistrationState.CONFIRMED


def test_under_a_name_that_is_not_on_the_roster_there_is_no_code(make: Factory, child: Registration) -> None:
    page, ask = signed(make, child, "林晓雨")
    with pytest.raises(NoRosterPhone):
        make.do(send_code, page.id, ask, at=now())


def test_a_wrong_or_late_code_proves_nothing(make: Factory, child: Registration) -> None:
    page, ask = signed(make, child, "王芳")
    code = make.do(send_code, page.id, ask, at=now())
    with pytest.raises(CodeOnItsWay):
        make.do(send_code, page.id, ask, at=now())
    for digits, at in (("x", now()), (digits_of(code), now() + timedelta(minutes=11))):
        with pytest.raises(WrongGuardianCode):
            make.do(prove_by_code, page.id, ask, digits, at=at)
    assert state(child) is RegistrationState.HELD


def test_ten_wrong_codes_close_it_for_a_while(make: Factory, child: Registration) -> None:
    page, ask = signed(make, child, "王芳")
    code = make.do(send_code, page.id, ask, at=now())
    for _number in range(10):
        with pytest.raises(WrongGuardianCode):
            prove_counted(page.id, ask, "x", at=now())
    with pytest.raises(TriedTooOften):
        prove_counted(page.id, ask, digits_of(code), at=now())
