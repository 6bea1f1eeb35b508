"""For whom a school's office may print a slip: families of its confirmed pupils alone."""

from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from tests.factories import Factory
from tests.signing_in import Personas, signed_in


def is_offered(browser: FlaskClient, user: User, view: str = "confirmed") -> bool:
    """Return whether the list of pupils has the button."""
    return f"/school/accounts/{user.id}/slip" in browser.get(f"/school/pupils?view={view}").text


def may_print(browser: FlaskClient, user: User) -> bool:
    """Return whether a slip is printed."""
    answer = browser.post(f"/school/accounts/{user.id}/slip")
    assert answer.status_code in {303, 404}
    return answer.status_code == 303


def test_for_the_family_of_a_confirmed_pupil(personas: Personas, make: Factory) -> None:
    family = make.user("何家长")
    make.enrolment(make.person(family, name="何晨"), personas.school)
    assert is_offered(personas.school_office, family)
    answer = personas.school_office.post(f"/school/accounts/{family.id}/slip")
    assert "何家长" in personas.school_office.get(answer.location).text


def test_not_before_the_school_has_confirmed_the_pupil(personas: Personas, make: Factory) -> None:
    family = make.user()
    make.enrolment(make.person(family), personas.school, is_confirmed=False)
    assert not is_offered(personas.school_office, family, "waiting")
    assert not may_print(personas.school_office, family)


def test_not_for_a_family_with_a_child_elsewhere_or_a_parent_who_takes_part(personas: Personas, make: Factory) -> None:
    at_two, with_parent = make.user(), make.user()
    make.enrolment(make.person(at_two), personas.school)
    make.enrolment(make.person(at_two, name="二宝"), make.school())
    make.enrolment(make.person(with_parent), personas.school)
    make.person(with_parent, name="家长本人", age=40)
    for family in (at_two, with_parent):
        assert not is_offered(personas.school_office, family)
        assert not may_print(personas.school_office, family)


def test_not_for_somebody_who_works_somewhere(personas: Personas, make: Factory) -> None:
    teacher = make.member(personas.other_host)
    make.enrolment(make.person(teacher), personas.school)
    assert not is_offered(personas.school_office, teacher)
    assert not may_print(personas.school_office, teacher)


def test_not_for_oneself_nor_for_an_account_without_anybody(app: Flask, personas: Personas, make: Factory) -> None:
    teacher = make.member(personas.school)
    make.enrolment(make.person(teacher), personas.school)
    assert not may_print(signed_in(app, teacher), teacher)
    assert not may_print(personas.school_office, make.user())


def test_not_by_another_school(app: Flask, personas: Personas, make: Factory) -> None:
    family, other = make.user(), make.school()
    make.enrolment(make.person(family), personas.school)
    office = signed_in(app, make.member(other))
    assert not may_print(office, family)
    answer = office.post(f"/school/accounts/{family.id}/slip", data={"school": personas.school.id})
    assert answer.status_code == 404
