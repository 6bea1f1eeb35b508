"""Whoever acts for a child is told what became of a correction, and no more than they should know."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete

from app.accounts.models import User
from app.care.correcting import operations
from app.care.correcting.models import DataCorrection
from app.core.clock import now
from app.core.db import db
from app.core.languages import CHINESE, ENGLISH
from app.messages.models import Message, MessageKind
from app.messages.wording import worded
from app.people.consents.models import Guardian, GuardianRelation, GuardianSource
from app.people.models import ActsFor, Person, Relation
from tests.factories import Factory

BORN = date(2012, 3, 4)


def asked(make: Factory, person: Person, **wanted: object) -> DataCorrection:
    """Let a guardian ask for something to be put right."""

    def add() -> DataCorrection:
        guardian = Guardian(
            person_id=person.id, relation=GuardianRelation.MOTHER, source=GuardianSource.TYPED, added_at=now()
        )
        db.session.add(guardian)
        db.session.flush()
        row = DataCorrection(person_id=person.id, guardian_id=guardian.id, asked_at=now(), **wanted)
        db.session.add(row)
        db.session.flush()
        return row

    return make.do(add)


def acts(make: Factory, person: Person, relation: Relation) -> User:
    user = make.user("何建国")
    make.do(lambda: db.session.add(ActsFor(user_id=user.id, person_id=person.id, relation=relation, since=now())))
    return user


def told(person: Person) -> list[Message]:
    return db.session.query(Message).filter(Message.person_id == person.id).order_by(Message.id).all()


@pytest.fixture
def pupil(inside: Flask, make: Factory) -> Person:
    """A pupil of a school whom nobody acts for."""
    person = make.person(name="何小月", age=15, school=make.school())
    make.do(lambda: db.session.execute(delete(ActsFor).where(ActsFor.person_id == person.id)))
    return person


def test_it_is_told_once_what_was_put_right_and_never_the_date(make: Factory, pupil: Person) -> None:
    acts(make, pupil, Relation.ONESELF)
    row = asked(make, pupil, name="何小岳", born_on=BORN)
    for _twice in range(2):
        make.do(operations.put_right, row.id, by=make.user().id, at=now())
    (message,) = told(pupil)
    assert (message.kind, message.facts) == (MessageKind.DATA_CORRECTED, {"corrected": ["name", "born_on"]})
    assert "何小岳的姓名、出生日期" in worded(message, CHINESE).body
    assert "the name, the date of birth of 何小岳" in worded(message, ENGLISH).body


@pytest.mark.parametrize(("also", "is_told_why"), [(Relation.CHILD, True), (Relation.ONESELF, False)])
def test_why_it_stays_is_for_guardians_alone(make: Factory, pupil: Person, also: Relation, is_told_why: bool) -> None:
    for relation in {Relation.CHILD, also}:
        acts(make, pupil, relation)
    row = asked(make, pupil, words="班级不对")
    make.do(operations.refuse, row.id, "学籍上是三班", by=make.user().id, at=now())
    (message,) = told(pupil)
    assert message.kind is MessageKind.DATA_KEPT
    body = worded(message, CHINESE).body
    assert ("学籍上是三班" in body, "原因" in body) == (is_told_why, is_told_why)


def test_where_no_account_reads_it_nothing_is_written(make: Factory, pupil: Person) -> None:
    row = asked(make, pupil, name="何小岳")
    make.do(operations.put_right, row.id, by=make.user().id, at=now())
    assert told(pupil) == []


def test_of_whom_no_school_knows_the_last_host_tells(make: Factory, inside: Flask) -> None:
    place = make.registration(name="何小月", age=15)
    acting = db.session.query(ActsFor).filter(ActsFor.person_id == place.person_id).count()
    row = asked(make, place.person, words="过敏不对")
    make.do(operations.put_right, row.id, by=make.user().id, at=now())
    assert acting
    assert told(place.person)[-1].organisation_id == place.slot.event.host_id
