"""Notes for staff, and another pupil of the same school in somebody's place."""

import re

import pytest
from flask import Flask

from app.core.clock import now
from app.events.models import Event, Registration
from app.events.registration.operations import register
from tests.factories import Factory, born
from tests.searches import searched
from tests.signing_in import Personas


@pytest.fixture
def event(personas: Personas, make: Factory) -> Event:
    """An event of today that has not begun."""
    return make.event(personas.host)


@pytest.fixture
def leaving(personas: Personas, make: Factory, event: Event) -> Registration:
    """A pupil's place."""
    user = make.user()
    person = make.person(user, name="王芳", age=18)
    make.enrolment(person, personas.school)
    return make.do(register, person.id, event.slots[0].id, by=user.id, at=now())


def pupil(personas: Personas, make: Factory, name: str = "曾晓雨", age: int = 18) -> int:
    """Return the id of another confirmed pupil of the school."""
    person = make.person(name=name, born_on=born(age))
    make.enrolment(person, personas.school)
    return person.id


def test_a_note_is_for_staff_and_can_be_taken_away(personas: Personas, make: Factory, event: Event) -> None:
    person = make.registration(event.slots[0])
    address = f"/desk/registrations/{person.id}"
    for _ in range(2):
        assert personas.staff.post(f"{address}/comments", data={"words": "家长说会晚到"}).status_code == 303
    page = personas.staff.get(address).text
    assert page.count("家长说会晚到") == 1
    (deletion,) = re.findall(r'action="(/desk/comments/\d+/deletion)"', page)
    assert personas.outsider.post(deletion).status_code == 404
    personas.staff.post(deletion)
    after = personas.staff.get(address).text
    assert "家长说会晚到" not in after
    assert "删除了一条备注" in after


@pytest.mark.parametrize("words", ["", "长" * 501])
def test_a_note_has_words_and_not_too_many(personas: Personas, make: Factory, event: Event, words: str) -> None:
    address = f"/desk/registrations/{make.registration(event.slots[0]).id}"
    page = personas.staff.post(f"{address}/comments", data={"words": words}, follow_redirects=True).text
    assert "备注要写 1 到 500 字。" in page
    assert personas.outsider.post(f"{address}/comments", data={"words": "x"}).status_code == 404


def test_the_host_names_a_pupil_of_the_same_school(
    personas: Personas, make: Factory, event: Event, leaving: Registration
) -> None:
    pupil(personas, make)
    typed = {"name": "曾晓雨", "born_on": f"{born(18):%Y%m%d}", "reason": "发烧了"}
    answer = personas.staff.post(f"/desk/registrations/{leaving.id}/substitution", data=typed)
    assert answer.status_code == 303
    assert "同校替补" in personas.staff.get(f"/desk/events/{event.id}/registrations").text
    assert personas.staff.post(f"/desk/registrations/{leaving.id}/substitution", data=typed).location == answer.location


def test_somebody_of_no_school_is_refused_and_nothing_typed_is_lost(
    personas: Personas, make: Factory, leaving: Registration
) -> None:
    typed = {"name": "别校生", "born_on": "20100101", "reason": "发烧了"}
    answer = personas.staff.post(f"/desk/registrations/{leaving.id}/substitution", data=typed)
    assert answer.status_code == 422
    assert 'value="别校生"' in answer.text
    assert personas.outsider.post(f"/desk/registrations/{leaving.id}/substitution", data=typed).status_code == 404


def test_the_school_chooses_one_of_its_own_pupils(personas: Personas, make: Factory, leaving: Registration) -> None:
    chosen = pupil(personas, make)
    address = f"/school/registrations/{leaving.id}/substitution"
    assert "曾晓雨" in searched(personas.school_office, address, "zxy").text
    answer = personas.school_office.post(address, data={"person_id": str(chosen), "reason": "发烧了"})
    assert answer.status_code == 303
    page = personas.school_office.get("/school/registrations").text
    assert "曾晓雨" in page
    assert "王芳" not in page


def test_a_pupil_of_another_school_is_no_choice(
    app: Flask, personas: Personas, make: Factory, leaving: Registration
) -> None:
    stranger, address = make.person(name="别校生"), f"/school/registrations/{leaving.id}/substitution"
    make.enrolment(stranger, make.school())
    sent = {"person_id": str(stranger.id), "reason": "发烧了"}
    assert personas.school_office.post(address, data=sent).status_code == 422
    assert personas.staff.post(address, data=sent).status_code == 403


def test_a_school_finds_only_its_own_pupils_places(personas: Personas, make: Factory) -> None:
    other = make.registration(school=make.school())
    assert personas.school_office.get(f"/school/registrations/{other.id}/substitution").status_code == 404
