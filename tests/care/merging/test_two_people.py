"""Two people of one name are two: said once, and nobody is asked again."""

import pytest

from app.care.merging.operations import merge
from app.care.merging.two_people import said_two, say_two
from app.core.clock import now
from app.people.models import Person
from tests.care.merging.twice import BORN
from tests.factories import Factory
from tests.signing_in import Personas


def three(make: Factory) -> list[Person]:
    """Return three records of one name and birth date."""
    return [make.person(make.user(), born_on=BORN) for _ in range(3)]


def test_whom_somebody_said_to_be_two_is_not_offered_again(personas: Personas, make: Factory) -> None:
    one, two, other = three(make)
    for _ in range(2):
        answer = personas.administrator.post(f"/doubles/{two.id}/{one.id}/two")
        assert (answer.status_code, answer.location) == (303, "/doubles")
    page = personas.administrator.get("/doubles").text
    assert f"/doubles/{one.id}/{two.id}" not in page
    assert all(f"/doubles/{known.id}/{other.id}" in page for known in (one, two))
    assert "是两个人" in personas.administrator.get(f"/doubles/{one.id}/{two.id}").text


def test_only_whoever_sees_both_may_say_so(personas: Personas, make: Factory) -> None:
    one, two, _other = three(make)
    make.enrolment(one, personas.school)
    assert personas.school_office.post(f"/doubles/{one.id}/{two.id}/two").status_code == 404
    assert f"/doubles/{one.id}/{two.id}" in personas.administrator.get("/doubles").text


@pytest.mark.usefixtures("inside")
def test_whoever_is_not_the_one_is_not_the_record_that_is_kept_of_both(make: Factory) -> None:
    kept, goes, third = three(make)
    by = make.user().id
    for pair in ((goes.id, third.id), (kept.id, goes.id)):
        make.do(say_two, *pair, by=by, at=now())
    make.do(merge, kept.id, goes.id, by=by, at=now())
    assert said_two(third.id, kept.id)
    assert not said_two(goes.id, third.id) and not said_two(kept.id, goes.id)
