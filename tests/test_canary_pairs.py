"""A published pair is nobody else's business, and the partner learns the agreed fields and nothing more.

One youth has canaries in every field; the partner, a third youth of the same round, its guardian, another school and
another host ask for every address of pairs.
"""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.pairing.accepting import contacts
from app.pairing.accepting.answering import Signer, ask_another
from app.pairing.accepting.contacts import Reachable
from app.pairing.models import PairingRound
from app.people.models import Person, Relation
from tests import canaries
from tests.accepting_rows import guardian_of, member_of, published, say_yes
from tests.factories import Factory
from tests.signing_in import Personas, signed_in
from tests.test_access import rows

AGREED = {"given.name", "people.interests", "pairing_rounds.first_side", "pairing_rounds.title"}
NAME = f"{canaries.WORD}given.name {canaries.WORD}family.name"


class Youth:
    """Somebody of age with an account, and a browser."""

    def __init__(self, personas: Personas, make: Factory, name: str) -> None:
        self.user: User = make.user(name)
        school = make.school()
        self.person: Person = make.person(self.user, name=name, age=19, relation=Relation.ONESELF, school=school)
        self.browser: FlaskClient = signed_in(personas.app, self.user)


class Watched:
    """A round with a pair one of whom is full of canaries, and a second pair."""

    def __init__(self, personas: Personas, make: Factory) -> None:
        self.app = personas.app
        self.partner, self.third = (Youth(personas, make, name) for name in ("韩梅梅", "赵小敏"))
        self.others = (personas.outsider, personas.school_office, personas.young())
        fourth, host = make.person(name="孙小强", age=19), personas.host
        with self.app.app_context():
            before = canaries.rows_now()
        self.own = Youth(personas, make, "林晓雨")
        make.do(lambda: _profile(self.own.person.id))
        self.round: PairingRound = published(
            make, host, (self.own.person, self.partner.person), (self.third.person, fourth)
        )
        make.do(lambda: guardian_of(self.own.person.id, "林建国"))
        make.do(self._say)
        for one in (self.own, self.partner):
            say_yes(make, self.round, one.person)
        with self.app.app_context():
            made = canaries.rows_now()
            fresh = {name: ids - before[name] for name, ids in made.items() if name != "messages"}
            canaries.fill(fresh, {})
        make.do(lambda: _name(self.own.person.id))
        with self.app.app_context():
            self.pair_id = member_of(self.round, self.own.person).pair_id

    def _say(self) -> None:
        own = member_of(self.round, self.own.person)
        contacts.share(own.pair_id or 0, own.id, Signer(), Reachable("13800001111", "晓雨"), at=now())
        ask_another(own.pair_id or 0, own.id, Signer(), "怕生", at=now())

    def addresses(self, pair_id: int | None) -> Iterator[tuple[str, str]]:
        """Yield method and path of everything a family asks of a pair."""
        for (method, pattern), _cells in rows():
            if pattern.startswith("/pairs/<own_pair>") and pattern.count("<") == 1:
                yield method, pattern.replace("<own_pair>", str(pair_id))


def _profile(person_id: int) -> None:
    person = db.session.get_one(Person, person_id)
    person.interests, person.languages, person.phone = "画画", "普通话", "13800002222"


def _name(person_id: int) -> None:
    db.session.get_one(Person, person_id).name = NAME


@pytest.fixture
def watched(personas: Personas, make: Factory) -> Watched:
    """What is watched."""
    return Watched(personas, make)


def test_the_partner_sees_the_agreed_fields_and_nothing_else(watched: Watched) -> None:
    shown: set[str] = set()
    for method, path in watched.addresses(watched.pair_id):
        shown |= canaries.seen_in(watched.partner.browser.open(path, method=method))
    for path in ("/mine", "/messages"):
        shown |= canaries.seen_in(watched.partner.browser.get(path))
    assert "given.name" in shown
    assert shown - AGREED == set()


def test_how_to_reach_each_other_is_seen_once_both_agreed(watched: Watched, make: Factory) -> None:
    def agree() -> None:
        member = member_of(watched.round, watched.partner.person)
        contacts.share(member.pair_id or 0, member.id, Signer(), Reachable("13900002222"), at=now())

    make.do(agree)
    page = watched.partner.browser.get(f"/pairs/{watched.pair_id}")
    assert canaries.seen_in(page) - AGREED == {"pair_contacts.sealed"}


def test_nobody_else_gets_a_byte_of_a_published_pair(watched: Watched) -> None:
    for browser in (watched.third.browser, *watched.others):
        for method, path in watched.addresses(watched.pair_id):
            answer = browser.open(path, method=method)
            assert answer.status_code in {302, 403, 404}, path
            assert canaries.seen_in(answer) == set(), path


def test_a_third_guardian_and_a_third_youth_see_their_own_pair_only(
    watched: Watched, personas: Personas, make: Factory
) -> None:
    with watched.app.app_context():
        own = member_of(watched.round, watched.third.person)
        own_pair, own_member = own.pair_id, own.id
    named = {"pairing_rounds.title", "pairing_rounds.first_side", "pairing_rounds.second_side"}
    guardian = watched.app.test_client()
    made = personas.staff.post(f"/desk/pairing/members/{own_member}/guardian")
    assert made.status_code == 303
    assert_only(named, watched.third.browser, f"/pairs/{own_pair}", "/mine", "/messages")
    code = personas.staff.get(f"/desk/pairing/members/{own_member}/guardian").text.split("/G/")[1].split("/")[0]
    assert_only(
        named, guardian, f"/G/{code}", f"/G/{code}/pair", f"/G/{code}/pair/another", f"/pairs/{watched.pair_id}"
    )


def assert_only(named: set[str], browser: FlaskClient, *paths: str) -> None:
    """Fail if a page shows anything else than what the round is called."""
    for path in paths:
        assert canaries.seen_in(browser.get(path)) - named == set(), path
