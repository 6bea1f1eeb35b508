"""From a programme to its pairing: everybody with a confirmed place is in, of two sides or of many."""

import pytest
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.settings import read_settings
from app.programmes.applications import answering, applying
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application, Programme, Side
from tests.exchanges import a_programme, decide, first_side
from tests.factories import Factory
from tests.pairing.test_desk import CHOSEN
from tests.partner_rows import a_side
from tests.signing_in import Personas


@pytest.fixture
def programme(personas: Personas) -> Programme:
    """A programme of three sides, with two, two and one who take part."""
    make = personas.make
    made = a_programme(make, personas.host, places=5)
    for side, names in zip(
        (first_side(make, made), a_side(make, made, "云岭"), a_side(make, made, "湾里")),
        (("王一", "王二"), ("李一", "李二"), ("赵一",)),
        strict=True,
    ):
        for name in names:
            _takes_part(make, side, name)
    return made


def _takes_part(make: Factory, side: Side, name: str) -> Application:
    person, by = make.person(name=name, age=20), make.user().id
    one = make.do(applying.enter, side.id, person.id, class_name="云岭中学 · 七年级（2）班", by=by, at=now())
    decide(make, Verdict.ACCEPT, one)
    return make.do(answering.say_yes, one.id, by=by, at=now())


def form(personas: Personas, programme: Programme, **chosen: str) -> dict[str, str]:
    """Return the form as it is offered, with some choices changed."""
    with personas.app.app_context():
        sides = [str(side.id) for side in db.session.get_one(Programme, programme.id).sides]
    given = {"title": "秋季书信", "shape": "one_to_one", "first_id": sides[0], "second_id": sides[1]}
    return given | {name: sides[int(value)] if value.isdecimal() else value for name, value in chosen.items()}


def set_up(personas: Personas, programme: Programme, data: dict[str, str]) -> PairingRound:
    """Set a round up on the page."""
    there = personas.staff.post(f"/desk/pairing/programmes/{programme.id}/new", data=data)
    assert there.status_code == 303
    with personas.app.app_context():
        return db.session.scalars(select(PairingRound)).one()


def names_by_side(personas: Personas) -> dict[int, set[str]]:
    """Return who is in the round, by side."""
    found: dict[int, set[str]] = {}
    with personas.app.app_context():
        for member in db.session.scalars(select(PairingMember)):
            found.setdefault(member.side, set()).add(member.person.name)
    return found


def test_two_of_the_sides_are_chosen_and_everybody_is_in(personas: Personas, programme: Programme) -> None:
    assert f"/desk/pairing/programmes/{programme.id}/new" in personas.staff.get(f"/desk/programmes/{programme.id}").text
    one = set_up(personas, programme, form(personas, programme, second_id="2"))
    assert names_by_side(personas) == {0: {"王一", "王二"}, 1: {"赵一"}}
    assert one.side_names[1] == "湾里"
    with personas.app.app_context():
        member = db.session.scalars(select(PairingMember).where(PairingMember.side == 1)).one()
        assert (member.school, member.class_name, member.grade) == ("云岭中学", "七年级（2）班", 7)


def test_all_the_others_can_be_one_side_together(personas: Personas, programme: Programme) -> None:
    set_up(personas, programme, form(personas, programme) | {"second_id": "0"})
    assert names_by_side(personas) == {0: {"王一", "王二"}, 1: {"李一", "李二", "赵一"}}


def test_in_a_pool_of_many_sides_every_pair_crosses_sides(personas: Personas, programme: Programme) -> None:
    one = set_up(personas, programme, form(personas, programme, shape="pool"))
    assert len(names_by_side(personas)) == 3
    assert read_settings(one.settings).other_side
    page = f"/desk/pairing/{one.id}"
    assert personas.staff.post(page, data=CHOSEN | {"other_side": "y"}).status_code == 303
    with personas.app.app_context():
        pairs = [[member.side for member in pair.members] for pair in db.session.scalars(select(Pair))]
    assert pairs
    assert all(len(set(sides)) > 1 for sides in pairs)
    text = personas.staff.get(page).text
    assert "云岭" in text
    assert "湾里" in text


def test_a_side_is_not_paired_with_itself(personas: Personas, programme: Programme) -> None:
    page = f"/desk/pairing/programmes/{programme.id}/new"
    assert personas.staff.post(page, data=form(personas, programme, second_id="0")).status_code == 422
    assert personas.outsider.get(page).status_code == 404


def test_more_who_take_part_are_put_in_on_their_side(personas: Personas, programme: Programme) -> None:
    one = set_up(personas, programme, form(personas, programme, second_id="2"))
    with personas.app.app_context():
        third = db.session.get_one(Programme, programme.id).sides[2]
    _takes_part(personas.make, third, "赵二")
    for _twice in range(2):
        assert personas.staff.post(f"/desk/pairing/{one.id}/people/programme").status_code == 303
    assert names_by_side(personas)[1] == {"赵一", "赵二"}
