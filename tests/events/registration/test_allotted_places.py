"""Who takes the places that were set aside for a school."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.events import problems
from app.events.models import Registration, RegistrationState, Slot
from app.events.registration import offers, operations
from app.events.registration.wishes import SignUp
from app.events.ways import allotments
from app.events.ways.allotments import Share
from app.organisations.models import Organisation
from tests.events.registration.parties import far_slot, leave, now_in, read, together
from tests.factories import Factory

CONFIRMED, WAITING, OFFERED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.OFFERED


def allotted(make: Factory, slot: Slot, school: Organisation, places: int = 2) -> int:
    """Set places aside for a school; returns the id of the share."""
    share = Share("雁南镇", (school.id,), places, now() + timedelta(days=5))
    return make.do(allotments.allot, slot.id, share, by=make.user().id, at=now()).id


def come(
    make: Factory, slot: Slot, school: Organisation | None, *ages: int, is_confirmed: bool = True
) -> list[Registration]:
    """Sign up a party; those up to 21 are pupils of the school, if there is one."""
    user = make.user()
    people = [make.person(user, name=f"林晓{'甲乙丙丁'[i]}", age=age) for i, age in enumerate(ages)]
    for person, age in zip(people, ages, strict=True):
        if school and age <= 21:
            make.enrolment(person, school, is_confirmed=is_confirmed)
    asked = SignUp(slot.id, tuple(person.id for person in people))
    return make.do(operations.sign_up, asked, by=user.id, at=now())


def numbers(slot: Slot) -> tuple[int, int, int]:
    """Return how many places are taken, set aside, and free for all, read anew."""
    found = read(slot)
    return found.taken, found.reserved, found.free


def test_only_a_pupil_whom_the_school_confirmed_takes_such_a_place(inside: Flask, make: Factory) -> None:
    slot, school = far_slot(make, capacity=2), make.school()
    allotted(make, slot, school)
    doubtful = come(make, slot, school, 18, is_confirmed=False)
    stranger, other = come(make, slot, None, 18), come(make, slot, make.school(), 18)
    pupil = come(make, slot, school, 18)
    assert now_in([*doubtful, *stranger, *other, *pupil]) == [WAITING, WAITING, WAITING, CONFIRMED]
    assert numbers(slot) == (1, 1, 0)


def test_a_parent_comes_along_with_the_pupil(inside: Flask, make: Factory) -> None:
    slot, school = far_slot(make, capacity=2), make.school()
    share = allotted(make, slot, school)
    both = come(make, slot, school, 18, 40)
    assert now_in(both) == [CONFIRMED, CONFIRMED]
    assert [one.allotment_id for one in both] == [share, share]
    assert numbers(slot) == (2, 0, 0)


def test_a_pupil_and_a_friend_of_another_school_take_places_that_are_for_all(inside: Flask, make: Factory) -> None:
    slot, school, user = far_slot(make, capacity=4), make.school(), make.user()
    allotted(make, slot, school)
    pupil, friend = (make.person(user, name=name, age=age) for name, age in (("林晓雨", 18), ("陈思远", 17)))
    make.enrolment(pupil, school)
    both = make.do(operations.sign_up, SignUp(slot.id, (pupil.id, friend.id)), by=user.id, at=now())
    assert now_in(both) == [CONFIRMED, RegistrationState.HELD]
    assert [one.allotment_id for one in both] == [None, None]
    assert numbers(slot) == (2, 2, 0)


def test_when_the_schools_places_are_used_its_pupils_take_others(inside: Flask, make: Factory) -> None:
    slot, school = far_slot(make, capacity=3), make.school()
    allotted(make, slot, school, places=1)
    for _ in range(2):
        come(make, slot, school, 18)
    assert numbers(slot) == (2, 0, 1)


def test_a_party_is_not_split_between_the_schools_places_and_others(inside: Flask, make: Factory) -> None:
    slot, school = far_slot(make, capacity=2), make.school()
    allotted(make, slot, school, places=1)
    both = come(make, slot, school, 18, 18)
    assert now_in(both) == [WAITING, WAITING]
    assert numbers(slot) == (0, 1, 1)


def test_a_place_that_is_given_back_is_the_schools_again(inside: Flask, make: Factory) -> None:
    slot, school = far_slot(make, capacity=1), make.school()
    allotted(make, slot, school, places=1)
    (pupil,) = come(make, slot, school, 18)
    stranger, second = come(make, slot, None, 18), come(make, slot, school, 18)
    leave(make, pupil)
    assert now_in([*stranger, *second]) == [WAITING, OFFERED]
    make.do(offers.decline, second[0].id, by=second[0].registered_by_id, at=now())
    assert now_in(stranger) == [WAITING]
    assert numbers(slot) == (0, 1, 0)


def test_once_released_the_places_are_for_whoever_is_next(inside: Flask, make: Factory) -> None:
    slot, school = far_slot(make, capacity=2), make.school()
    share = allotted(make, slot, school)
    (pupil,) = come(make, slot, school, 18)
    strangers = [*come(make, slot, None, 18), *come(make, slot, None, 18)]
    make.do(allotments.release, share, by=make.user().id, at=now())
    assert now_in(strangers) == [OFFERED, WAITING]
    assert numbers(slot) == (2, 0, 0)
    leave(make, pupil)
    assert now_in(strangers) == [OFFERED, OFFERED]
    assert numbers(slot) == (2, 0, 0)


def test_without_a_line_a_stranger_is_told_that_it_is_full(inside: Flask, make: Factory) -> None:
    slot, school = far_slot(make, capacity=2, has_waiting_list=False), make.school()
    allotted(make, slot, school)
    with pytest.raises(problems.SlotFull):
        together(make, slot, 18)
    assert numbers(slot) == (0, 2, 0)
    assert now_in(come(make, slot, school, 18)) == [CONFIRMED]
