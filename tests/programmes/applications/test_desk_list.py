"""The organiser's list when it is long: one stays where one was, and numbers are those of the side in view."""

from app.core.clock import now
from app.programmes import sides
from app.programmes.applications import applying
from app.programmes.applications.queries import PAGE
from tests.exchanges import a_programme, entered, side_words
from tests.signing_in import Personas


def test_after_a_decision_on_a_later_page_one_is_still_there(personas: Personas) -> None:
    programme = a_programme(personas.make, personas.host, places=PAGE + 2)
    ones = [entered(personas.make, programme, name=f"林{number}") for number in range(PAGE + 1)]
    there = f"/desk/programmes/{programme.id}/applications?after={ones[PAGE - 1].id}"
    decided = personas.staff.post(there, data={"ids": str(ones[PAGE].id), "verdict": "accept", "reason": ""})
    assert decided.status_code == 303
    assert decided.location == there


def test_the_numbers_are_those_of_the_side_in_view(personas: Personas) -> None:
    make = personas.make
    programme = a_programme(make, personas.host)
    by = make.user().id
    other = make.do(sides.add_side, programme.id, side_words(None, "湾里区"), by=by, at=now())
    for _number in range(2):
        entered(make, programme)
    make.do(applying.enter, other.id, make.person().id, by=by, at=now())
    page = f"/desk/programmes/{programme.id}/applications"
    assert "等主办方确认 3" in personas.staff.get(page).text
    assert "等主办方确认 1" in personas.staff.get(f"{page}?side={other.id}").text
