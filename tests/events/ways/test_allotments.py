"""Places set aside for schools."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.core.changes import changes_of
from app.core.clock import now
from app.core.db import db
from app.core.jobs import enqueue
from app.core.problems import Problem
from app.events import announcing, jobs, planning
from app.events.models import Allotment, AllottedSchool, Registration, RegistrationState, Slot, WayIn
from app.events.registration import operations
from app.events.ways import allotments
from app.events.ways import way_in_problems as problems
from app.events.ways.allotments import Share
from app.organisations.models import Organisation
from tests.events.ways.lotteries import lottery_slot, states
from tests.factories import Factory
from tests.work import work_off

HOUR = timedelta(hours=1)
CONFIRMED, WAITING, OFFERED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.OFFERED


def share(*schools: Organisation, places: int = 2, **changes: Any) -> Share:
    """Return a share of some schools."""
    values = {"name": "雁南镇", "places": places, "release_at": now() + HOUR}
    return Share(school_ids=tuple(school.id for school in schools), **(values | changes))


def allot(make: Factory, slot: Slot, *schools: Organisation, **changes: Any) -> Allotment:
    """Set places of a slot aside."""
    return make.do(allotments.allot, slot.id, share(*schools, **changes), by=make.user().id, at=now())


def pupil(make: Factory, slot: Slot, school: Organisation, *, is_confirmed: bool = True) -> Registration:
    """Sign up a pupil of a school."""
    user = make.user()
    person = make.person(user)
    make.enrolment(person, school, is_confirmed=is_confirmed)
    return make.do(operations.register, person.id, slot.id, by=user.id, at=now())


def numbers(slot: Slot) -> tuple[int, int, int]:
    """Return how many places are taken, set aside and free, read anew."""
    db.session.expire_all()
    read = db.session.get_one(Slot, slot.id)
    return read.taken, read.reserved, read.free


def used(allotment: Allotment) -> int:
    """Return how many places of a share are used, read anew."""
    db.session.expire_all()
    return db.session.get_one(Allotment, allotment.id).used


def refused(make: Factory, problem: type[Problem], operation: Any, *asked: Any) -> None:
    """See that something is refused."""
    with pytest.raises(problem):
        make.do(operation, *asked, by=make.user().id, at=now())


def test_places_set_aside_are_not_free_for_others(inside: Flask, make: Factory) -> None:
    slot, school = make.slot(capacity=3, has_waiting_list=True), make.school()
    allot(make, slot, school)
    for _ in range(2):
        make.registration(slot)
    assert states(slot.id) == [CONFIRMED, WAITING]
    assert numbers(slot) == (1, 2, 0)


def test_a_confirmed_pupil_takes_a_place_of_the_own_school(inside: Flask, make: Factory) -> None:
    slot, school = make.slot(capacity=3), make.school()
    allotment = allot(make, slot, school)
    registration = pupil(make, slot, school)
    assert (registration.state, registration.allotment_id) == (CONFIRMED, allotment.id)
    assert (numbers(slot), used(allotment)) == ((1, 1, 1), 1)


def test_who_only_says_to_be_of_the_school_takes_none(inside: Flask, make: Factory) -> None:
    slot, school = make.slot(capacity=3), make.school()
    allotment = allot(make, slot, school)
    pupil(make, slot, school, is_confirmed=False)
    assert (numbers(slot), used(allotment)) == ((1, 2, 0), 0)


def test_whoever_had_a_place_before_does_not_use_the_share_up(inside: Flask, make: Factory) -> None:
    slot, school = make.slot(capacity=3), make.school()
    before = pupil(make, slot, school)
    allotment = allot(make, slot, school)
    assert (numbers(slot), used(allotment)) == ((1, 2, 0), 0)
    make.do(operations.cancel, before.id, by=before.registered_by_id, at=now())
    assert (numbers(slot), used(allotment)) == ((0, 2, 1), 0)


def test_a_place_that_is_given_back_goes_back_to_the_share(inside: Flask, make: Factory) -> None:
    slot, school = make.slot(capacity=3), make.school()
    allotment = allot(make, slot, school)
    registration = pupil(make, slot, school)
    make.do(operations.cancel, registration.id, by=registration.registered_by_id, at=now())
    assert (numbers(slot), used(allotment)) == ((0, 2, 1), 0)


def test_only_what_is_free_can_be_set_aside(inside: Flask, make: Factory) -> None:
    slot, school = make.slot(capacity=2), make.school()
    make.registration(slot)
    refused(make, problems.AllotmentTooLarge, allotments.allot, slot.id, share(school, places=2))
    assert numbers(slot) == (1, 0, 1)


def test_a_school_has_one_share_of_a_slot(inside: Flask, make: Factory) -> None:
    slot, school, other = make.slot(), make.school(), make.school()
    allotment = allot(make, slot, school)
    refused(make, problems.SchoolAllotted, allotments.allot, slot.id, share(other, school))
    second = allot(make, slot, other)
    refused(make, problems.SchoolAllotted, allotments.change, second.id, share(school))
    make.do(allotments.change, allotment.id, share(school, places=3), by=make.user().id, at=now())


def test_a_lottery_keeps_no_places_and_a_slot_that_keeps_some_is_not_drawn(inside: Flask, make: Factory) -> None:
    school, lots = make.school(), lottery_slot(make)
    refused(make, problems.NothingSetAsideInLottery, allotments.allot, lots.id, share(school))
    slot = make.slot()
    allot(make, slot, school)
    begins = slot.starts_at
    plan = make.plan(way_in=WayIn.LOTTERY, starts_at=begins, closes_at=begins, draws_at=begins)
    refused(make, problems.AllottedPlacesLeft, planning.edit_slot, slot.id, plan)


def test_a_share_can_be_changed_as_long_as_what_is_used_fits(inside: Flask, make: Factory) -> None:
    slot, school, other = make.slot(capacity=5), make.school(), make.school()
    allotment = allot(make, slot, school, places=3)
    pupil(make, slot, school)
    refused(make, problems.AllotmentBelowUsed, allotments.change, allotment.id, share(school, places=0))
    refused(make, problems.AllotmentTooLarge, allotments.change, allotment.id, share(school, places=6))
    make.do(allotments.change, allotment.id, share(other, places=2, name="雁北乡"), by=make.user().id, at=now())
    assert numbers(slot) == (1, 1, 3)
    assert [one.school_id for one in db.session.query(AllottedSchool)] == [other.id]


def test_released_places_go_to_the_line_first_and_once(inside: Flask, make: Factory) -> None:
    slot, school = make.slot(capacity=3, has_waiting_list=True), make.school()
    allotment = allot(make, slot, school)
    pupil(make, slot, school)
    for _ in range(3):
        make.registration(slot)
    for _ in range(2):
        make.do(allotments.release, allotment.id, by=make.user().id, at=now())
    assert states(slot.id) == [CONFIRMED, CONFIRMED, OFFERED, WAITING]
    assert numbers(slot) == (3, 0, 0)
    released = [change.facts for change in changes_of("slot", [slot.id]) if change.what == "allotment_released"]
    assert released == [{"name": "雁南镇", "places": 1}]
    refused(make, problems.AllotmentReleased, allotments.change, allotment.id, share(school))


def test_a_place_given_back_after_the_release_is_for_everybody(inside: Flask, make: Factory) -> None:
    slot, school = make.slot(capacity=2), make.school()
    allotment = allot(make, slot, school)
    registration = pupil(make, slot, school)
    make.do(allotments.release, allotment.id, by=make.user().id, at=now())
    make.do(operations.cancel, registration.id, by=registration.registered_by_id, at=now())
    assert numbers(slot) == (0, 0, 2)


def test_a_share_that_nobody_used_can_be_removed(inside: Flask, make: Factory) -> None:
    slot, school = make.slot(capacity=2), make.school()
    make.do(allotments.remove, allot(make, slot, school).id, by=make.user().id, at=now())
    assert (numbers(slot), db.session.query(Allotment).count()) == ((0, 0, 2), 0)
    allotment = allot(make, slot, school)
    pupil(make, slot, school)
    refused(make, problems.AllotmentInUse, allotments.remove, allotment.id)


def test_the_job_releases_what_is_due_and_nothing_else(inside: Flask, make: Factory) -> None:
    slot, school, other = make.slot(capacity=9), make.school(), make.school()
    allot(make, slot, school, release_at=now() - HOUR)
    later = allot(make, slot, other)
    slot_id = slot.id
    make.do(enqueue, jobs.RELEASE, {}, at=now())
    assert allotments.due(later.release_at - HOUR) != []
    work_off(inside)
    assert db.session.get_one(Slot, slot_id).reserved == 2


def test_a_release_that_was_put_off_meanwhile_does_not_happen(inside: Flask, make: Factory) -> None:
    slot = make.slot()
    allotment = allot(make, slot, make.school())
    make.do(allotments.release_in_time, allotment.id, at=now())
    assert numbers(slot)[1] == 2


def test_releases_move_with_the_event(inside: Flask, make: Factory) -> None:
    slot = make.slot()
    allotment = allot(make, slot, make.school())
    before = allotment.release_at
    moved = slot.starts_at + 24 * HOUR
    make.do(announcing.postpone_event, slot.event_id, moved, "下雨", by=make.user().id, at=now())
    db.session.expire_all()
    assert db.session.get_one(Allotment, allotment.id).release_at == before + 24 * HOUR


def test_three_days_before_closing_is_usual_and_never_in_the_past(inside: Flask, make: Factory) -> None:
    soon, late = make.slot(), make.slot(starts_at=now() + 240 * HOUR, ends_at=now() + 241 * HOUR)
    assert allotments.usual_release(soon, now()) == soon.closes_at
    late.closes_at = late.starts_at
    assert allotments.usual_release(late, now()) == late.closes_at - 72 * HOUR
