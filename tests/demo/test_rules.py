"""What the demo county enters in bulk is what the operations would have written."""

from collections import Counter, defaultdict

import pytest
from flask import Flask
from sqlalchemy import select

from app.checkin.attendance import arrival
from app.checkin.models import Attendance, Correction, Scan, Verdict
from app.core.clock import local_day, now
from app.core.db import db
from app.demo import county
from app.events.models import TAKING, Registration, RegistrationState, Slot, SlotForm
from app.events.registration.reasons import why_not_this_person
from app.events.rules import Rules
from app.events.shifts.shift_facts import Shift, Volunteer
from app.events.shifts.shift_rules import why_not
from app.people.ages import adult_on, fourteen_on
from app.people.models import Enrolment, SchoolClass
from app.people.names import initials, pinyin


@pytest.fixture
def places(inside: Flask) -> list[Registration]:
    """All places of a fresh county, on both engines."""
    county.fill("no hash", now())
    db.session.expire_all()  # places are counted by statements that the slots in memory know nothing of
    return list(db.session.scalars(select(Registration).order_by(Registration.id)))


def test_all_rules_hold(places: list[Registration]) -> None:
    """One test, for filling the county takes seconds."""
    _places_are_counted(places)
    _nobody_has_a_place_that_is_not_for_them(places)
    _classes_are_those_of_the_school(places)
    _attendance_follows_from_scans_and_corrections(places)


def _places_are_counted(places: list[Registration]) -> None:
    taken = Counter(one.slot_id for one in places if one.state in TAKING)
    slots = db.session.scalars(select(Slot)).all()
    assert {slot.id: slot.taken for slot in slots} == {slot.id: taken[slot.id] for slot in slots}
    assert all(slot.taken <= slot.capacity for slot in slots)


def _nobody_has_a_place_that_is_not_for_them(places: list[Registration]) -> None:
    for one in places:
        assert why_not_this_person(one.slot, one.person.born_on, on=one.registered_on) is None
        assert one.fourteen_on == fourteen_on(one.person.born_on)
        assert one.registered_on == local_day(one.registered_at)
        assert one.slot.opens_at <= one.registered_at < one.slot.closes_at
        assert one.slot.event.published_at is not None
        is_child = one.fourteen_on > one.registered_on
        assert one.state is not RegistrationState.CONFIRMED or one.consent_proven or not is_child
        assert one.state is not RegistrationState.HELD or one.registered_on < adult_on(one.fourteen_on)
        assert not (is_child and one.slot.form is SlotForm.SHIFT)
        assert _is_short_and_early_enough(one)
        assert (one.person.name_pinyin, one.person.name_initials) == (
            pinyin(one.person.name),
            initials(one.person.name),
        )


def _is_short_and_early_enough(one: Registration) -> bool:
    """Return whether a shift is one that somebody of that age may serve by the rules that come with the program."""
    slot, place = one.slot, one.slot.place or one.slot.event.place
    shift = Shift(slot.starts_at, slot.ends_at, place, None, "", False, Rules())
    somebody = Volunteer(one.person.born_on, False)
    return slot.form is SlotForm.SESSION or why_not(shift, somebody, at=one.registered_at) is None


def _classes_are_those_of_the_school(places: list[Registration]) -> None:
    pupils = {one.person_id: one for one in db.session.scalars(select(Enrolment))}
    classes = {(one.school_id, one.name) for one in db.session.scalars(select(SchoolClass))}
    assert {(one.school_id, one.class_name) for one in pupils.values()} <= classes
    for one in places:
        pupil = pupils.get(one.person_id)
        assert (one.school_id, one.class_name) == ((pupil.school_id, pupil.class_name) if pupil else (None, ""))


def _attendance_follows_from_scans_and_corrections(places: list[Registration]) -> None:
    scans: dict[int | None, list[Scan]] = defaultdict(list)
    corrections: dict[int, list[Correction]] = defaultdict(list)
    for scan in db.session.scalars(select(Scan)):
        scans[scan.registration_id].append(scan)
    for correction in db.session.scalars(select(Correction)):
        corrections[correction.registration_id].append(correction)
    known = {one.registration_id: one.arrived_at for one in db.session.scalars(select(Attendance))}
    meant = {one.id: arrival(scans[one.id], corrections[one.id]) for one in places}
    assert known == {number: moment for number, moment in meant.items() if moment}
    assert {scan.verdict for scan in scans[None]} == {Verdict.UNKNOWN}
    assert len(known) > 400
    assert len(corrections) > 30
