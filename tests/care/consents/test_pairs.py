"""A guardian answers about a pair by link: no account, and under 14 it counts once it is proven."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.care.consents import asking, opening
from app.care.consents.models import GuardianAsk, GuardianLink
from app.core.clock import now
from app.core.db import db
from app.pairing.models import PairingRound
from app.pairing.states import PairState, Way
from app.people.models import Person
from tests.accepting_rows import member_of, pair_of, published, say_yes
from tests.exchanges import a_programme
from tests.factories import Factory
from tests.signing_in import Personas

SIGNED = {"name": "林建国", "relation": "father", "reason": ""}


@pytest.fixture
def child(make: Factory) -> Person:
    """A child of twelve without an account of its own."""
    return make.person(age=12, name="林小满")


@pytest.fixture
def partner(make: Factory) -> Person:
    """Somebody of age on the other side."""
    return make.person(age=19, name="韩梅梅")


@pytest.fixture
def made(personas: Personas, make: Factory, child: Person, partner: Person) -> PairingRound:
    """Their round, published; the partner has accepted."""
    made = published(make, personas.host, (child, partner))
    say_yes(make, made, partner)
    return made


def link(personas: Personas, made: PairingRound, child: Person) -> str:
    """Have the organiser make the link; returns its path."""
    with personas.app.app_context():
        member_id = member_of(made, child).id
    where = f"/desk/pairing/members/{member_id}/guardian"
    assert personas.staff.post(where).status_code == personas.staff.post(where).status_code == 303
    found = re.search(r"/G/\w+/pair", personas.staff.get(where).text)
    assert found
    return found[0]


def answered(client: FlaskClient, where: str, answer: str = "accepted") -> str:
    """Answer by a link; returns the private page's path."""
    fields = re.search(r'name="ask" value="(\d+)"', client.get(where).text)
    assert fields
    sent = client.post(where, data={**SIGNED, "ask": fields[1], "answer": answer})
    assert sent.status_code == 303
    return str(sent.location)


def state(personas: Personas, made: PairingRound, child: Person) -> PairState:
    """Return how the pair stands."""
    with personas.app.app_context():
        return pair_of(made, child).state


def opened(personas: Personas, page: str) -> None:
    """Let the private page be known to be the guardian's."""
    with personas.app.app_context():
        code = page.split("/")[2]
        page_link = asking.known_link(code)
        assert page_link

    def open_it(link_id: int) -> None:
        opening.open_for(db.session.get_one(GuardianLink, link_id).asks[0], at=now())

    personas.make.do(open_it, page_link.id)


def test_what_a_guardian_accepts_by_link_counts_under_fourteen_once_it_is_proven(
    personas: Personas, client: FlaskClient, made: PairingRound, child: Person
) -> None:
    where = link(personas, made, child)
    page = client.get(where).text
    assert "梅梅" in page
    assert "韩梅梅" not in page
    assert " checked" not in page
    private = answered(client, where)
    assert private != where
    assert "打电话" in client.get(private).text
    assert state(personas, made, child) is PairState.PROPOSED
    opened(personas, private)
    ask = number_of(personas, private)
    assert client.post(f"{private}/acceptance", data={"ask": ask}).status_code == 303
    assert state(personas, made, child) is PairState.FORMED
    contact = {"ask": ask, "phone": "", "wechat": "linjianguo", "agrees": "y"}
    assert client.post(f"{private}/contact", data={**contact, "agrees": ""}).status_code == 422
    assert client.post(f"{private}/contact", data=contact).status_code == 303
    assert "linjianguo" in client.get(private).text
    assert client.post(f"{private}/contact/removal", data={"ask": ask}).status_code == 303
    assert "linjianguo" not in client.get(private).text


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(
    personas: Personas, client: FlaskClient, made: PairingRound, child: Person
) -> None:
    sent = client.post(link(personas, made, child), data={"name": "林建国"})
    assert sent.status_code == 422
    assert 'value="林建国"' in sent.text


def test_a_no_by_link_needs_no_proof(
    personas: Personas, client: FlaskClient, made: PairingRound, child: Person
) -> None:
    private = answered(client, link(personas, made, child), "another")
    assert state(personas, made, child) is PairState.ASKED
    ask = {"ask": number_of(personas, private)}
    assert client.post(f"{private}/another?ask={ask['ask']}", data={"reason": "怕生"}).status_code == 303
    assert client.post(f"{private}/acceptance", data=ask).status_code == 303
    assert state(personas, made, child) is PairState.PROPOSED


def test_the_private_page_leads_to_the_pair_and_a_link_about_something_else_does_not(
    personas: Personas, client: FlaskClient, made: PairingRound, child: Person
) -> None:
    private = answered(client, link(personas, made, child))
    assert private in client.get(private.removesuffix("/pair")).text
    assert client.post(f"{private}/acceptance", data={"ask": "0"}, follow_redirects=True).status_code == 200
    assert state(personas, made, child) is PairState.PROPOSED
    assert client.get("/G/7Q3KXF9MT2AB5CDE/pair").status_code == 404


def test_by_class_one_button_objects_without_a_name(
    personas: Personas, client: FlaskClient, make: Factory, partner: Person
) -> None:
    programme, grown = a_programme(make, personas.host), make.person(age=20, name="赵小敏")
    made = published(make, personas.host, (grown, partner), way=Way.CLASS, programme_id=programme.id)
    where = link(personas, made, grown)
    with personas.app.app_context():
        ask = db.session.scalars(select(GuardianAsk.id)).one()
    assert client.get(f"{where}/objection?ask={ask}").status_code == 200
    for _twice in range(2):
        assert client.post(f"{where}/objection?ask={ask}", data={"reason": ""}).status_code == 303
    with personas.app.app_context():
        assert member_of(made, grown).pair_id is None


def number_of(personas: Personas, page: str) -> str:
    """Return what stands for the child in the forms of a private page."""
    with personas.app.app_context():
        known = asking.known_link(page.split("/")[2])
        assert known
        return str(known.asks[0].id)
