"""A school signs pupils up: all or nobody, or one by one; never beyond the places, its own share first."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, RegistrationState, Slot, WayIn
from app.events.problems import SignUpClosed
from app.people.models import Enrolment, SchoolClass
from app.schooldesk.class_events.problems import ClassDoesNotFit, DrawnByLot, NotForPupil, OthersWait
from app.schooldesk.class_events.signing_up import ClassSignUp, sign_class_up
from tests.factories import Factory, born
from tests.rosters import a_class, entered, typed

NAMES = "甲乙丙丁戊己庚辛"


def people(make: Factory, one: SchoolClass, count: int, age: int = 10) -> frozenset[int]:
    """Enter pupils; return who they are."""
    entered(make, one, *(typed(f"王{name}", born(age)) for name in NAMES[:count]))
    return frozenset(db.session.scalars(select(Enrolment.person_id).where(Enrolment.class_name == one.name)))


def sign_up(make: Factory, one: SchoolClass, slot: Slot, who: frozenset[int], **more: object) -> Sequence[Registration]:
    """Sign pupils up."""
    asked = ClassSignUp(one.id, slot.id, who, **more)  # type: ignore[arg-type]
    return make.do(sign_class_up, asked, by=make.user().id, at=now())


def taken(slot: Slot) -> int:
    """Return how many places are taken."""
    db.session.expire_all()
    return db.session.get_one(Slot, slot.id).taken


def test_a_class_and_its_adults_take_their_places_and_the_children_are_held(inside: Flask, make: Factory) -> None:
    one, slot = a_class(make), make.slot(capacity=6)
    made = sign_up(make, one, slot, people(make, one, 4), adults=2)
    assert taken(slot) == 6
    assert {each.state for each in made} == {RegistrationState.HELD}
    assert {(each.school_id, each.class_name) for each in made} == {(one.school_id, one.name)}
    assert len({each.party_id for each in made}) == 1


def test_twice_is_once(inside: Flask, make: Factory) -> None:
    one, slot = a_class(make), make.slot()
    who = people(make, one, 3)
    sign_up(make, one, slot, who)
    assert sign_up(make, one, slot, who) == []
    assert taken(slot) == 3


def test_together_or_nobody(inside: Flask, make: Factory) -> None:
    one, slot = a_class(make), make.slot(capacity=3)
    who = people(make, one, 3)
    with pytest.raises(ClassDoesNotFit, match="class_does_not_fit"):
        sign_up(make, one, slot, who, adults=1)
    assert taken(slot) == 0
    assert len(sign_up(make, one, slot, who)) == 3


def test_one_by_one_as_far_as_the_places_go(inside: Flask, make: Factory) -> None:
    one, slot = a_class(make), make.slot(capacity=2, has_waiting_list=True)
    made = sign_up(make, one, slot, people(make, one, 4), together=False)
    assert [each.state for each in made].count(RegistrationState.WAITING) == 2
    assert taken(slot) == 2


def test_nobody_passes_a_line(inside: Flask, make: Factory) -> None:
    one, slot = a_class(make), make.slot(capacity=1, has_waiting_list=True)
    for _ in range(2):
        make.registration(slot, age=20)
    who = people(make, one, 2)
    with pytest.raises(OthersWait):
        sign_up(make, one, slot, who)
    made = sign_up(make, one, slot, who, together=False)
    assert {each.state for each in made} == {RegistrationState.WAITING}


def test_who_is_too_young_is_named_and_nobody_is_signed_up(inside: Flask, make: Factory) -> None:
    one, slot = a_class(make), make.slot(min_age=12)
    with pytest.raises(NotForPupil) as refused:
        sign_up(make, one, slot, people(make, one, 2))
    assert "王甲" in refused.value.message
    assert taken(slot) == 0


def test_another_class_s_pupils_are_left_alone(inside: Flask, make: Factory) -> None:
    one, slot = a_class(make), make.slot()
    strangers = frozenset({make.person(school=make.school()).id})
    assert sign_up(make, one, slot, strangers) == []


def test_a_lottery_and_a_closed_session_are_said_so(inside: Flask, make: Factory) -> None:
    one = a_class(make)
    who = people(make, one, 1)
    slot = make.slot(closes_at=now())
    with pytest.raises(SignUpClosed):
        sign_up(make, one, slot, who)
    soon = now() + timedelta(hours=1)
    drawn = make.slot(way_in=WayIn.LOTTERY, closes_at=soon, draws_at=soon)
    with pytest.raises(DrawnByLot):
        sign_up(make, one, drawn, who)
