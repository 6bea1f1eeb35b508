"""The organiser's pages of a published round."""

import pytest

from app.core.clock import now
from app.pairing.models import PairingRound
from app.pairing.states import PairState, Way
from app.people.models import Person
from tests.accepting_rows import member_of, pair_of, published
from tests.counting import statements
from tests.exchanges import a_programme
from tests.factories import Factory
from tests.pairing_rows import a_round, paired
from tests.signing_in import Personas


@pytest.fixture
def people(personas: Personas, make: Factory) -> list[Person]:
    """Four of age without accounts."""
    return [make.person(age=19, name=name) for name in ("王小芳", "韩梅梅", "李大雷", "赵小敏")]


@pytest.fixture
def made(personas: Personas, make: Factory, people: list[Person]) -> PairingRound:
    """Their round of the staff's own host, published."""
    return published(make, personas.host, people[:2], people[2:])


def called(personas: Personas, made: PairingRound, person: Person, answer: str = "accepted", **more: str) -> int:
    """Write down what somebody said on the phone; returns the status."""
    with personas.app.app_context():
        member_id = member_of(made, person).id
    data = {"who": "-1", "name": "", "relation": "mother", "answer": answer, **more}
    return personas.staff.post(f"/desk/pairing/members/{member_id}/call", data=data).status_code


def state(personas: Personas, made: PairingRound, person: Person) -> PairState:
    """Return how somebody's pair stands."""
    with personas.app.app_context():
        return pair_of(made, person).state


def test_the_way_is_chosen_before_a_round_is_published(personas: Personas, make: Factory) -> None:
    by = make.member(personas.host).id
    made = a_round(make, personas.host, by)
    paired(make, made, by)
    where = f"/desk/pairing/{made.id}/way"
    assert personas.staff.post(where, data={"way": "person", "answer_on": "2020-01-01"}).status_code == 422
    refused = personas.staff.post(where, data={"way": "class", "answer_on": ""})
    assert refused.status_code == 422
    assert "项目" in refused.text
    day = f"{now().year + 1}-05-20"
    for _twice in range(2):
        assert personas.staff.post(where, data={"way": "person", "answer_on": day}).status_code == 303
    assert "逐人确认" in personas.staff.get(f"/desk/pairing/{made.id}").text


def test_what_was_said_on_the_phone_makes_a_pair_and_is_counted(
    personas: Personas, made: PairingRound, people: list[Person]
) -> None:
    assert called(personas, made, people[0], answer="") == 422
    for person in (people[0], people[1], people[1]):
        assert called(personas, made, person) == 303
    assert state(personas, made, people[0]) is PairState.FORMED
    formed = personas.staff.get(f"/desk/pairing/{made.id}/acceptance?state=formed").text
    assert "王小芳" in formed
    assert "李大雷" not in formed


def test_of_a_minor_a_guardian_who_is_not_on_the_list_is_entered_by_name(personas: Personas, make: Factory) -> None:
    child, grown = make.person(age=12, name="林小满"), make.person(age=19)
    made = published(make, personas.host, (child, grown))
    called(personas, made, grown)
    assert called(personas, made, child, who="0") == 422
    assert called(personas, made, child, who="0", name="林建国") == 303
    assert state(personas, made, child) is PairState.FORMED


def test_whoever_wants_another_is_paired_anew_or_the_pair_stays_or_ends(
    personas: Personas, made: PairingRound, people: list[Person]
) -> None:
    called(personas, made, people[0], "another", reason="想找同年级的")
    with personas.app.app_context():
        pair_id, member_id = pair_of(made, people[0]).id, member_of(made, people[0]).id
    where = f"/desk/pairing/members/{member_id}/partner"
    assert "现在没有空着的人" in personas.staff.get(where).text
    assert personas.staff.post(where).status_code == 422
    for _twice in range(2):
        assert personas.staff.post(f"/desk/pairing/pairs/{pair_id}/stay").status_code == 303
    assert state(personas, made, people[0]) is PairState.PROPOSED
    called(personas, made, people[0], "another")
    called(personas, made, people[2], "another")
    with personas.app.app_context():
        other_id = member_of(made, people[3]).id
    assert personas.staff.post(where, data={"other": str(other_id)}).status_code == 303
    assert personas.staff.post(f"/desk/pairing/pairs/{pair_id}/dissolution").status_code == 303
    ended = personas.staff.get(f"/desk/pairing/{made.id}/acceptance?state=ended").text
    assert "第1对" in ended


def test_who_has_not_answered_is_reminded_and_another_host_finds_nothing(
    personas: Personas, made: PairingRound, people: list[Person]
) -> None:
    assert personas.staff.post(f"/desk/pairing/{made.id}/reminders", follow_redirects=True).text.count("4") > 0
    with personas.app.app_context():
        pair_id, member_id = pair_of(made, people[0]).id, member_of(made, people[0]).id
    for path in (
        f"{made.id}/acceptance",
        f"{made.id}/way",
        f"members/{member_id}/call",
        f"members/{member_id}/partner",
    ):
        assert personas.outsider.get(f"/desk/pairing/{path}").status_code == 404
    for path in (f"{made.id}/reminders", f"{made.id}/showing", f"pairs/{pair_id}/stay", f"pairs/{pair_id}/dissolution"):
        assert personas.outsider.post(f"/desk/pairing/{path}").status_code == 404


def test_by_class_whose_guardians_have_not_agreed_is_listed(personas: Personas, make: Factory) -> None:
    programme = a_programme(make, personas.host)
    child, grown = make.person(age=12, name="林小满"), make.person(age=19)
    made = published(make, personas.host, (child, grown), way=Way.CLASS, programme_id=programme.id)
    page = personas.staff.get(f"/desk/pairing/{made.id}/acceptance").text
    assert "还没给家长看" in page
    assert "林小满" in page
    assert personas.staff.post(f"/desk/pairing/{made.id}/showing").status_code == 303


def test_the_list_asks_the_database_as_often_for_many_pairs_as_for_one(personas: Personas, make: Factory) -> None:
    asked = []
    for count in (1, 5):
        couples = [[make.person(age=19, name=name) for name in ("王小芳", "韩梅梅")] for _one in range(count)]
        made = published(make, personas.host, *couples)
        for couple in couples:
            called(personas, made, couple[0], "another")
        personas.staff.get(f"/desk/pairing/{made.id}/acceptance")
        with statements(personas.app) as found:
            personas.staff.get(f"/desk/pairing/{made.id}/acceptance")
        asked.append(len(found))
    assert asked[0] == asked[1]
