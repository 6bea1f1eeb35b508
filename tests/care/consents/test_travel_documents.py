"""A guardian without an account fills the travel document in on the private page, once it is proven whose it is."""

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.care.consents.answering import Said
from app.care.consents.asking import ask_about_programme
from app.care.consents.guardian_page import Signed, answer_link
from app.care.consents.models import GuardianLink
from app.care.consents.proving import confirm_by_call
from app.core.clock import now
from app.core.db import db
from app.people.consents.models import GuardianRelation, Purpose
from app.people.consents.scopes import programme_scope
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application
from app.trips.documents.operations import Holder
from app.trips.documents.queries import filled_in_at
from tests.consents import code_of_link
from tests.exchanges import decide, entered
from tests.factories import Factory
from tests.travel import a_trip, identity_number, person_of


@dataclass(frozen=True)
class Private:
    """A guardian's page, what it is asked about, and the child's application."""

    code: str
    page_id: int
    ask: int
    one: Application


@pytest.fixture
def private(make: Factory) -> Private:
    """The page of a guardian who said yes, and whom the teacher has called; nobody has proven whose page it is."""
    child = make.user("林小雨")
    one = entered(make, a_trip(make), user=child, name="林小雨", age=12)
    decide(make, Verdict.ACCEPT, one)
    link = make.do(ask_about_programme, one.id, by=child.id, at=now())
    page = make.do(_answered, link.id)
    (ask, guardian) = make.do(lambda: _asked(page.id))
    scope = programme_scope(one.programme_id)
    make.do(confirm_by_call, one.person_id, scope, guardian, now(), by=make.user().id, at=now())
    return Private(code_of_link(make, page), page.id, ask, one)


def _answered(link_id: int) -> GuardianLink:
    link = db.session.get_one(GuardianLink, link_id)
    said = [Said(each.person_id, each.scope, {Purpose.TAKING_PART: True}) for each in link.asks]
    return answer_link(link_id, said, Signed("林建国", GuardianRelation.FATHER), at=now())


def _asked(page_id: int) -> tuple[int, int]:
    (ask,) = db.session.get_one(GuardianLink, page_id).asks
    return ask.id, ask.guardian_id or 0


def opened(make: Factory, private: Private) -> None:
    """Let it be proven whose page it is."""

    def prove() -> None:
        for ask in db.session.get_one(GuardianLink, private.page_id).asks:
            ask.opened_at = now()

    make.do(prove)


def is_there(app: Flask, one: Application) -> bool:
    """Whether a document is kept."""
    with app.app_context():
        return filled_in_at(Holder(one.programme_id, one.person_id)) is not None


def test_it_is_filled_in_and_deleted_and_never_shown(
    app: Flask, client: FlaskClient, make: Factory, private: Private
) -> None:
    opened(make, private)
    page = f"/G/{private.code}/travel-document"
    assert f"{page}?ask={private.ask}" in client.get(f"/G/{private.code}").text
    number = identity_number(person_of(make, private.one).born_on)
    sent = {"ask": str(private.ask), "kind": "identity_card", "number": number, "name": "林小雨"}
    answer = client.post(page, data=sent)
    assert answer.status_code == 303
    assert is_there(app, private.one)
    assert number not in client.get(answer.location).text
    assert client.post(page, data=sent | {"number": "1"}).status_code == 422
    assert client.post(f"{page}/removal", data={"ask": str(private.ask)}).status_code == 303
    assert not is_there(app, private.one)


def test_whoever_was_only_forwarded_the_page_fills_nothing_in(
    app: Flask, client: FlaskClient, make: Factory, private: Private
) -> None:
    page = f"/G/{private.code}/travel-document"
    assert "需要出行证件" in client.get(f"/G/{private.code}").text
    number = identity_number(person_of(make, private.one).born_on)
    sent = {"ask": str(private.ask), "kind": "identity_card", "number": number, "name": "林小雨"}
    for answer in (client.get(f"{page}?ask={private.ask}"), client.post(page, data=sent)):
        assert (answer.status_code, answer.location) == (303, f"/G/{private.code}")
    assert not is_there(app, private.one)


def test_a_page_that_is_none_says_so(client: FlaskClient, private: Private) -> None:
    assert client.get("/G/0000000000000000/travel-document").status_code == 404
    assert client.post(f"/G/0000000000000000/travel-document/removal?ask={private.ask}").status_code == 404
