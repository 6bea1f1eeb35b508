"""One person who signed up by two records, and both codes."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.care.merging.problems import BothCame
from app.core.db import db
from app.events.models import FormerCode, Registration, RegistrationState, Slot
from app.people.models import Person
from tests.care.merging.twice import BORN, merged, place, two
from tests.events.dates.class_series import series
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("inside")


def test_places_of_both_are_the_persons(make: Factory) -> None:
    kept, other = two(make)
    own, theirs = place(make, kept, make.slot()), place(make, other, make.slot())
    merged(make, kept, other)
    found = db.session.scalars(select(Registration).where(Registration.person_id == kept.id).order_by(Registration.id))
    assert [(one.id, one.state) for one in found] == [(own.id, "confirmed"), (theirs.id, "confirmed")]
    assert db.session.scalar(select(func.count(FormerCode.id))) == 0


def test_the_same_slot_twice_frees_one_place_and_both_codes_lead_to_the_other(make: Factory) -> None:
    slot = make.slot(capacity=2, has_waiting_list=True)
    kept, other = two(make)
    own, theirs = place(make, kept, slot), place(make, other, slot)
    behind = make.registration(slot)
    assert behind.state is RegistrationState.WAITING
    code = theirs.code
    merged(make, kept, other)
    states = {one.id: one.state for one in db.session.scalars(select(Registration))}
    assert states == {own.id: "confirmed", theirs.id: "cancelled", behind.id: "offered"}
    assert db.session.get_one(Slot, slot.id).taken == 2
    assert [(one.code, one.registration_id) for one in db.session.scalars(select(FormerCode))] == [(code, own.id)]
    assert db.session.get_one(Registration, theirs.id).code != code


def test_of_the_same_slot_twice_the_better_place_stays_whichever_record_is_kept(make: Factory) -> None:
    slot = make.slot(capacity=1, has_waiting_list=True)
    kept, other = two(make)
    better, waits = place(make, other, slot), place(make, kept, slot)
    assert waits.state is RegistrationState.WAITING
    merged(make, kept, other)
    assert db.session.get_one(Registration, better.id).person_id == kept.id
    assert db.session.get_one(Registration, better.id).state is RegistrationState.CONFIRMED
    assert db.session.get_one(Registration, waits.id).state is RegistrationState.CANCELLED
    assert db.session.get_one(Slot, slot.id).waiting == 0


def test_of_the_same_slot_twice_the_one_who_was_there_stays(make: Factory) -> None:
    slot = make.going_on().slots[0]
    kept, other = two(make)
    own, theirs = place(make, kept, slot), place(make, other, slot)
    make.arrival(theirs)
    merged(make, kept, other)
    states = {one.id: (one.person_id, one.state) for one in db.session.scalars(select(Registration))}
    assert states == {own.id: (kept.id, "cancelled"), theirs.id: (kept.id, "confirmed")}


def test_two_who_both_arrived_are_left_alone(make: Factory) -> None:
    slot = make.going_on().slots[0]
    kept, other = two(make)
    for person in (kept, other):
        make.arrival(place(make, person, slot))
    with pytest.raises(BothCame):
        merged(make, kept, other)
    db.session.expire_all()
    assert db.session.get_one(Person, other.id).merged_into_id is None


def test_a_third_record_leads_to_the_last_one_too(make: Factory) -> None:
    first, second = two(make)
    third = make.person(born_on=BORN)
    slot = make.slot()
    codes = [place(make, person, slot).code for person in (first, second, third)]
    merged(make, first, second)
    merged(make, third, first)
    assert db.session.get_one(Person, second.id).merged_into_id == third.id
    stays = db.session.scalars(select(Registration).where(Registration.state == "confirmed")).one()
    assert stays.person_id == third.id
    former = db.session.scalars(select(FormerCode).where(FormerCode.registration_id == stays.id)).all()
    assert {stays.code, *(one.code for one in former)} == set(codes)
    assert db.session.get_one(Slot, slot.id).taken == 1


def test_a_series_joined_twice_is_one_place_on_every_date(inside: Flask, make: Factory) -> None:
    lead, *later = series(make)
    kept, other = two(make)
    for person in (kept, other):
        place(make, person, lead)
    merged(make, kept, other)
    for slot in (lead, *later):
        theirs = select(Registration).where(Registration.slot_id == slot.id, Registration.state == "confirmed")
        assert [one.person_id for one in db.session.scalars(theirs)] == [kept.id]
        assert db.session.get_one(Slot, slot.id).taken == 1
    assert len(db.session.scalars(select(FormerCode)).all()) == 1 + len(later)
