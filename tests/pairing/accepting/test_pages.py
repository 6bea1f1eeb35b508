"""The family's page of a pair."""

import pytest
from flask.testing import FlaskClient

from app.accounts.models import User
from app.pairing.models import PairingRound
from app.pairing.states import PairState, Way
from app.people.models import Person, Relation
from tests.accepting_rows import member_of, pair_of, published, say_yes
from tests.exchanges import a_programme
from tests.factories import Factory
from tests.signing_in import Personas, signed_in


class Family:
    """A youth of age with an account, and its browser."""

    def __init__(self, personas: Personas, make: Factory, name: str) -> None:
        self.user: User = make.user(name)
        self.person: Person = make.person(self.user, name=name, age=19, relation=Relation.ONESELF)
        self.browser: FlaskClient = signed_in(personas.app, self.user)


@pytest.fixture
def one(personas: Personas, make: Factory) -> Family:
    """The family that looks."""
    return Family(personas, make, "欧阳娜娜")


@pytest.fixture
def other(personas: Personas, make: Factory) -> Family:
    """The other side."""
    return Family(personas, make, "韩梅梅")


@pytest.fixture
def made(personas: Personas, make: Factory, one: Family, other: Family) -> PairingRound:
    """Their round, published."""
    return published(make, personas.host, (one.person, other.person))


def address(personas: Personas, made: PairingRound, family: Family, end: str = "") -> str:
    """Return the address of a family's pair."""
    with personas.app.app_context():
        return f"/pairs/{member_of(made, family.person).pair_id}{end}"


def state(personas: Personas, made: PairingRound, family: Family) -> PairState:
    """Return how a family's pair stands."""
    with personas.app.app_context():
        return pair_of(made, family.person).state


def test_both_accept_what_they_see_by_first_name_and_the_pair_is_on_their_own_page(
    personas: Personas, made: PairingRound, one: Family, other: Family
) -> None:
    page = one.browser.get(address(personas, made, one)).text
    assert "梅梅" in page
    assert "韩梅梅" not in page
    for family in (one, other, other):
        sent = family.browser.post(address(personas, made, family, "/acceptance"))
        assert sent.status_code == 303
    assert state(personas, made, one) is PairState.FORMED
    assert "已结成" in one.browser.get("/mine").text


def test_who_asks_for_another_and_why_the_other_side_never_reads(
    personas: Personas, made: PairingRound, one: Family, other: Family
) -> None:
    too_long = one.browser.post(address(personas, made, one, "/another"), data={"reason": "长" * 201})
    assert too_long.status_code == 422
    assert "长" * 201 in too_long.text
    for _twice in range(2):
        sent = one.browser.post(address(personas, made, one, "/another"), data={"reason": "怕生"})
        assert sent.status_code == 303
    theirs = other.browser.get(address(personas, made, other)).text
    assert "老师重新安排" in theirs
    assert "怕生" not in theirs
    assert "娜娜" not in theirs
    assert "怕生" in personas.staff.get(f"/desk/pairing/{made.id}/acceptance?state=asked").text


def test_nobody_else_finds_a_pair(personas: Personas, made: PairingRound, one: Family, make: Factory) -> None:
    stranger = signed_in(personas.app, make.user("陈思远"))
    for end in ("", "/another", "/objection", "/guardian"):
        assert stranger.get(address(personas, made, one, end)).status_code == 404
    for end in ("/acceptance", "/another", "/objection", "/contact", "/contact/removal", "/guardian"):
        assert stranger.post(address(personas, made, one, end)).status_code == 404


def test_a_parent_answers_for_the_own_child_and_not_for_another_of_the_pair(
    personas: Personas, one: Family, make: Factory
) -> None:
    parent = make.user("林建国")
    child = make.person(parent, name="林小满", age=15)
    made, browser = published(make, personas.host, (child, one.person)), signed_in(personas.app, parent)
    with personas.app.app_context():
        own, theirs = member_of(made, child), member_of(made, one.person)
    where = f"/pairs/{own.pair_id}/acceptance"
    assert browser.post(where, data={"member": theirs.id}).status_code == 404
    assert browser.post(where, data={"member": own.id}).status_code == 303
    one.browser.post(where)
    assert state(personas, made, one) is PairState.FORMED


def test_how_to_be_reached_is_shared_with_a_tick_and_taken_back(
    personas: Personas, made: PairingRound, one: Family, other: Family, make: Factory
) -> None:
    for family in (one, other):
        say_yes(make, made, family.person)
    where = address(personas, made, one, "/contact")
    unticked = one.browser.post(where, data={"wechat": "nana-2012"})
    assert unticked.status_code == 422
    assert "nana-2012" in unticked.text
    one.browser.post(where, data={"wechat": "nana-2012", "agrees": "y"})
    assert "nana-2012" not in other.browser.get(address(personas, made, other)).text
    other.browser.post(address(personas, made, other, "/contact"), data={"phone": "13900002222", "agrees": "y"})
    assert "nana-2012" in other.browser.get(address(personas, made, other)).text
    for _twice in range(2):
        assert one.browser.post(f"{where}/removal").status_code == 303
    assert "nana-2012" not in other.browser.get(address(personas, made, other)).text


def test_by_class_one_button_objects_and_the_pair_is_gone(
    personas: Personas, one: Family, other: Family, make: Factory
) -> None:
    programme = a_programme(make, personas.host)
    made = published(make, personas.host, (one.person, other.person), way=Way.CLASS, programme_id=programme.id)
    where = address(personas, made, one, "/objection")
    assert one.browser.get(where).status_code == 200
    assert one.browser.post(where).status_code == 303
    assert one.browser.post(where).status_code == 404
    assert "老师重新安排" in other.browser.get(address(personas, made, other)).text
