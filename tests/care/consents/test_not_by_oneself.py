"""A child of twelve cannot consent for itself: not in the browser it signed up in, not by knowing its birth date, not
with a link that was meant for its mother, and not with an account that it opens in her name."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.care.consents.answering import Said, answer_from_account
from app.care.consents.asking import ask_about, ask_family
from app.care.consents.codes import prove_by_code, send_code
from app.care.consents.guardian_page import Signed, answer_link
from app.care.consents.models import GuardianLink
from app.care.consents.problems import WrongGuardianCode
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, RegistrationState
from app.people.consents.guardians import GuardianWords, put_on_roster
from app.people.consents.models import ConsentInForce, ConsentSigner, GuardianRelation
from app.people.models import Relation
from app.schooldesk.claims.slips import claim, code_of, make_slips
from app.schooldesk.class_events.signing_up import ClassSignUp, sign_class_up
from app.schooldesk.models import ClaimSlip
from tests.consents import YES, scope_in
from tests.factories import Factory, born
from tests.rosters import a_class, entered, typed

pytestmark = pytest.mark.usefixtures("inside")
BROWSER = "of the child"


@pytest.fixture
def child(make: Factory) -> Registration:
    """A child of twelve who signed up with an account of its own; the school knows the mother's number."""
    child = make.registration(age=12, relation=Relation.ONESELF)
    words = GuardianWords("王芳", GuardianRelation.MOTHER, "13712345678")
    make.do(put_on_roster, child.person_id, words, make.school().id, by=make.user().id, at=now())
    return child


def still_unproven(child: Registration) -> bool:
    """Return whether the place is held, and whatever was answered proves nothing."""
    db.session.expire_all()
    proofs = db.session.scalars(select(ConsentInForce.is_proven)).all()
    return db.session.get_one(Registration, child.id).state is RegistrationState.HELD and not any(proofs)


def answered(make: Factory, link: GuardianLink, browser: str = "") -> GuardianLink:
    """Answer yes to everything that a link asks, in the mother's name."""
    said = [Said(one.person_id, one.scope, YES) for one in link.asks]
    return make.do(answer_link, link.id, said, Signed("王芳", GuardianRelation.MOTHER, browser), at=now())


def test_in_the_browser_that_signed_it_up_an_answer_proves_nothing_and_the_browser_is_known(
    make: Factory, child: Registration
) -> None:
    link = make.do(ask_family, child.registered_by_id, browser_hash=BROWSER, at=now())
    for _ in range(2):
        answered(make, link, BROWSER)
    assert still_unproven(child)
    assert set(db.session.scalars(select(ConsentSigner.browser_hash))) == {link.browser_hash}


def test_from_its_own_account_an_answer_proves_nothing(make: Factory, child: Registration) -> None:
    said = Said(child.person_id, scope_in(child), YES)
    make.do(answer_from_account, said, GuardianRelation.MOTHER, by=child.registered_by_id, at=now())
    assert still_unproven(child)


def test_with_a_forwarded_link_it_can_sign_as_its_mother_but_not_read_the_code_on_her_phone(
    inside: Flask, make: Factory, child: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(inside.config, "CHANNELS", ("sms",))
    page = answered(make, make.do(ask_about, child.id, by=make.user().id, at=now()))
    make.do(send_code, page.id, page.asks[0].id, at=now())
    for digits in ("", "000000", f"{born(12):%y%m%d}"):
        with pytest.raises(WrongGuardianCode):
            make.do(prove_by_code, page.id, page.asks[0].id, digits, at=now())
    assert still_unproven(child)


def test_with_a_slip_and_its_birth_date_it_can_open_her_account_but_not_consent_by_it(make: Factory) -> None:
    one, office = a_class(make), make.user().id
    pupil = entered(make, one, typed("王小雨", born(12)), by=office).items[0].person_id
    asked = ClassSignUp(one.id, make.slot().id, frozenset({pupil}))
    (place,) = make.do(sign_class_up, asked, by=office, at=now())
    make.do(make_slips, one.id, [pupil], by=office, at=now())
    code = code_of(db.session.scalars(select(ClaimSlip)).one())
    mother = make.user("王芳")
    make.do(claim, code, born(12), mother.id, at=now())
    said = Said(pupil, scope_in(place), YES)
    make.do(answer_from_account, said, GuardianRelation.MOTHER, by=mother.id, at=now() + timedelta(minutes=1))
    assert still_unproven(place)
