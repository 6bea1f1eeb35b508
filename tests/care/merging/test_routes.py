"""Staff look at two records and make one of them."""

from datetime import date

from flask import Flask

from app.core.db import db
from app.people.models import Person
from tests.factories import Factory
from tests.signing_in import Personas

BORN = date(2008, 5, 18)
YES = {"is_one_person": "y"}


def pair(personas: Personas, make: Factory, name: str = "林晓雨") -> tuple[Person, Person]:
    """Return two records alike, both pupils of the school."""
    both = (
        make.person(make.user("妈妈"), name=name, born_on=BORN),
        make.person(make.user("爸爸"), name=name, born_on=BORN),
    )
    for one in both:
        make.enrolment(one, personas.school)
    return both


def read(app: Flask, person: Person) -> Person:
    """Return the person as stored now."""
    with app.app_context():
        return db.session.get_one(Person, person.id)


def test_the_list_names_who_is_alike_and_nobody_else(personas: Personas, make: Factory) -> None:
    one, two = pair(personas, make)
    make.person(name="周思远", born_on=BORN)
    make.person(name="林晓雨", born_on=date(2009, 1, 1))  # with the same phone
    for browser in (personas.administrator, personas.school_office):
        page = browser.get("/doubles").text
        assert f"/doubles/{one.id}/{two.id}" in page
        assert "周思远" not in page
        assert "13712345678" not in page
    assert personas.administrator.get("/doubles").text.count("/doubles/") == 3
    assert personas.school_office.get("/doubles").text.count("/doubles/") == 1


def test_a_long_list_goes_on(personas: Personas, make: Factory) -> None:
    for number in range(9):
        make.person(name="李娜", born_on=BORN, user=make.user(f"账号{number}"))
    first = personas.administrator.get("/doubles").text
    assert first.count("/doubles/") == 30
    (last,) = [line for line in first.splitlines() if 'rel="next"' in line]
    address = last.split('href="')[1].split('"')[0]
    assert personas.administrator.get(address).text.count("/doubles/") == 6


def test_both_are_shown_beside_each_other_and_become_one(app: Flask, personas: Personas, make: Factory) -> None:
    one, two = pair(personas, make)
    address = f"/doubles/{one.id}/{two.id}"
    page = personas.school_office.get(address).text
    assert all(words in page for words in ("妈妈", "爸爸", "合并后", "不能撤销", "137****5678"))
    refused = personas.school_office.post(address, data={})
    assert refused.status_code == 422
    assert "请勾选" in refused.text
    done = personas.school_office.post(address, data=YES, follow_redirects=True)
    assert "合并成一份" in done.text
    assert read(app, two).merged_into_id == one.id
    assert personas.school_office.post(address, data=YES).status_code == 404


def test_what_stands_against_it_is_said_before_and_after_pressing(
    app: Flask, personas: Personas, make: Factory
) -> None:
    one, two = pair(personas, make)[0], make.person(name="林晓雨", born_on=date(2009, 1, 1))
    address = f"/doubles/{one.id}/{two.id}"
    page = personas.administrator.get(address).text
    assert "出生日期不一样" in page
    assert "is_one_person" not in page
    assert personas.administrator.post(address, data=YES).status_code == 422
    assert read(app, two).merged_into_id is None


def test_a_school_finds_only_its_own_pupils(personas: Personas, make: Factory) -> None:
    one, _two = pair(personas, make)
    stranger = make.person(name="林晓雨", born_on=BORN)
    for address in (f"/doubles/{one.id}/{stranger.id}", f"/doubles/{stranger.id}/{one.id}"):
        assert personas.school_office.get(address).status_code == 404
        assert personas.school_office.post(address, data=YES).status_code == 404
    assert personas.staff.get("/doubles").status_code == 403


def test_nobody_alike_says_so(personas: Personas, make: Factory) -> None:
    assert "没有同名" in personas.school_office.get("/doubles").text
