"""What tells namesakes apart on paper: never a part of the birth date."""

from flask import Flask
from sqlalchemy import update

from app.core.clock import now
from app.core.db import db
from app.people.consents.guardians import GuardianWords, put_on_roster
from app.people.consents.models import GuardianRelation
from app.people.models import Gender, Person
from app.people.namesakes import told_apart
from tests.factories import Factory


def two(make: Factory, *numbers: str) -> list[Person]:
    """Two of one name, with student numbers."""
    found = [make.person(name="王芳") for _ in range(2)]
    for one, number in zip(found, numbers, strict=False):
        change(make, one, student_no=number)
    return found


def change(make: Factory, one: Person, **values: object) -> None:
    """Let somebody be described otherwise."""
    make.do(db.session.execute, update(Person).where(Person.id == one.id).values(values))
    db.session.refresh(one)


def apart(people: list[Person]) -> list[str]:
    told = told_apart(people)
    return [told.get(one.id, "") for one in people]


def test_the_end_of_the_student_number_is_enough(inside: Flask, make: Factory) -> None:
    assert apart(two(make, "20260101", "20260102")) == ["学号尾号 0101", "学号尾号 0102"]


def test_where_the_ends_are_alike_the_whole_number_is_needed(inside: Flask, make: Factory) -> None:
    assert apart(two(make, "2025-0101", "2026-0101")) == ["学号 2025-0101", "学号 2026-0101"]


def test_else_the_guardian_whom_the_school_knows_or_the_gender(inside: Flask, make: Factory) -> None:
    people = two(make, "20260101")
    for one, gender in zip(people, (Gender.FEMALE, Gender.MALE), strict=True):
        change(make, one, gender=gender)
    assert apart(people) == ["女", "男"]
    school, by = make.school().id, make.user().id
    for one, name in zip(people, ("王建国", "赵敏"), strict=True):
        words = GuardianWords(name, GuardianRelation.FATHER, "13712345678")
        make.do(put_on_roster, one.id, words, school, by=by, at=now())
    assert apart(people) == ["家长 王**", "家长 赵**"]


def test_who_has_no_namesake_needs_nothing(inside: Flask, make: Factory) -> None:
    one = make.person(name="王芳")
    change(make, one, student_no="20260101")
    assert apart([one, make.person(name="林晓雨"), one]) == ["", "", ""]
