"""Whoever staff or a school enters into a shift is asked the same as whoever signs up."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.checkin.walking_in import walk_in
from app.core.clock import now
from app.core.problems import Problem
from app.events.acts.by_hand import Entry, enter
from app.events.acts.substituting import substitute
from app.events.models import Registration, Slot, SlotForm
from app.events.planning import publish
from app.events.registration.operations import cancel, register
from app.events.shifts import insuring
from app.events.shifts import shift_problems as problems
from app.people.models import Person
from app.people.operations import Details
from app.people.queries import current_enrolment
from tests.factories import Factory
from tests.shifts import confirmed, shift, shift_event, skill

pytestmark = pytest.mark.usefixtures("inside")
Enter = Callable[[Factory, Slot, Person], Registration]


def by_hand(make: Factory, slot: Slot, person: Person) -> Registration:
    """Let staff enter somebody who is known."""
    return make.do(enter, entry(person), slot.id, by=make.user().id, at=now())


def as_substitute(make: Factory, slot: Slot, person: Person) -> Registration:
    """Let somebody take over the place of another pupil of the same school."""
    known, user = current_enrolment(person.id), make.user()
    school = known.school if known else make.school()
    pupil = make.person(user, age=20, name="王芳")
    for one in [pupil] if known else [pupil, person]:
        make.enrolment(one, school)
    leaving = make.do(register, pupil.id, slot.id, by=user.id, at=now())
    return make.do(substitute, leaving.id, person.id, "发烧了", by=user.id, at=now())


def entry(person: Person) -> Entry:
    """Return what staff types of somebody who is known."""
    return Entry(Details(person.name, person.born_on, None, ""), known_id=person.id)


@pytest.mark.parametrize("come_in", [by_hand, as_substitute])
def test_nobody_is_at_two_places_at_once(make: Factory, come_in: Enter) -> None:
    place = make.registration(shift(make), age=20)
    with pytest.raises(problems.ShiftsOverlap):
        come_in(make, shift(make), place.person)
    make.do(cancel, place.id, by=place.registered_by_id, at=now())
    assert come_in(make, shift(make), place.person).is_active


@pytest.mark.parametrize(
    ("begins", "ends", "age", "problem"),
    [(9, 11, 9, Problem), (9, 20, 16, problems.TooManyHours), (19, 22, 16, problems.TooLateForMinors)],
)
@pytest.mark.parametrize("come_in", [by_hand, as_substitute])
def test_the_law_for_minors_holds_for_staff_too(
    make: Factory, come_in: Enter, begins: float, ends: float, age: int, problem: type[Problem]
) -> None:
    with pytest.raises(problem):
        come_in(make, shift(make, begins=begins, ends=ends), make.person(age=age))


def test_a_skill_is_confirmed_first(make: Factory) -> None:
    host, somebody = make.organisation(), make.person(age=20)
    first_aid = skill(make, host)
    slot = shift(make, host, skill_id=first_aid.id)
    with pytest.raises(problems.SkillMissing, match="skill_missing"):
        by_hand(make, slot, somebody)
    confirmed(make, first_aid.id, somebody.id)
    assert by_hand(make, slot, somebody).is_active


def test_a_shift_that_is_not_insured_any_more_takes_nobody(make: Factory) -> None:
    event = shift_event(make, is_risky=True, is_published=False)
    (slot,), staff = event.slots, make.user()
    make.do(insuring.mark_insured, slot.id, "保单 2026-0117", by=staff.id, at=now())
    make.do(publish, event.id, by=staff.id, at=now())
    make.do(insuring.withdraw_insurance, slot.id, by=staff.id, at=now())
    with pytest.raises(problems.NotInsured):
        by_hand(make, slot, make.person(age=20))


def test_at_the_door_too_nobody_is_at_two_places_at_once(make: Factory) -> None:
    here, there = (make.going_on(form=SlotForm.SHIFT).slots[0] for _ in range(2))
    place = make.registration(there, age=20)
    with pytest.raises(problems.ShiftsOverlap):
        make.do(walk_in, entry(place.person), here.id, by=make.user().id, at=now())
    registration, judged = make.do(walk_in, entry(make.person(age=20)), here.id, by=make.user().id, at=now())
    assert registration.is_active
    assert judged.arrived_at


def test_a_session_asks_for_nothing_of_this(make: Factory) -> None:
    begins = now() + timedelta(hours=3)
    place = make.registration(make.slot(starts_at=begins), age=20)
    assert by_hand(make, make.slot(starts_at=begins), place.person).is_active
