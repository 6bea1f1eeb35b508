"""同校替补: the place stays the school's, whoever comes between."""

from datetime import timedelta

import pytest

from app.core.clock import now
from app.core.db import db
from app.core.problems import Problem
from app.events.acts.desk_problems import HasSignUp, NobodyToReplace, OtherSchool, TooLateToSubstitute
from app.events.acts.substituting import substitute
from app.events.models import Registration, Slot, Source
from app.events.problems import TooOld
from app.events.registration.operations import register
from app.messages.models import MessageKind
from app.organisations.models import Organisation
from app.people.models import ActsFor, Person, Relation
from tests.factories import Factory
from tests.letters import letters

pytestmark = pytest.mark.usefixtures("inside")


@pytest.fixture
def school(make: Factory) -> Organisation:
    """The school whose place it is."""
    return make.school()


@pytest.fixture
def slot(make: Factory) -> Slot:
    """Two places, full but for one, with somebody in line after that."""
    return make.slot(capacity=1, has_waiting_list=True, max_age=18)


def pupil(make: Factory, school: Organisation, **person: object) -> Person:
    """Make a pupil whom the school has confirmed."""
    made = make.person(**person)  # type: ignore[arg-type]
    make.enrolment(made, school)
    return made


def placed(make: Factory, person: Person, slot: Slot) -> Registration:
    """Give a person a place."""
    user = make.user()
    make.do(lambda: db.session.add(ActsFor(user_id=user.id, person_id=person.id, relation=Relation.CHILD, since=now())))
    return make.do(register, person.id, slot.id, by=user.id, at=now())


def replaced(make: Factory, leaving: Registration, coming: Person, minutes: int = 0) -> Registration:
    """Let a pupil take a place over."""
    at = now() + timedelta(minutes=minutes)
    return make.do(substitute, leaving.id, coming.id, "发烧了", by=make.user().id, at=at)


def test_the_place_stays_within_the_school_though_others_wait(make: Factory, slot: Slot, school: Organisation) -> None:
    leaving = placed(make, pupil(make, school, name="王芳"), slot)
    waiting = make.registration(slot)
    made = replaced(make, leaving, pupil(make, school, name="曾晓雨", age=9))
    db.session.expire_all()
    fresh = db.session.get_one(Registration, leaving.id)
    assert (fresh.state, fresh.reason) == ("cancelled", "发烧了")
    assert (made.state, made.source, made.substitute_for_id) == ("held", Source.SUBSTITUTE, leaving.id)
    assert made.code != leaving.code
    assert (made.slot.taken, db.session.get_one(Registration, waiting.id).state) == (1, "waiting")
    assert letters(made.person_id)[-1].kind is MessageKind.CONSENT_ASKED
    assert letters(leaving.person_id)[-1].kind is MessageKind.PLACE_CANCELLED


def test_the_same_substitute_twice_is_the_first(make: Factory, slot: Slot, school: Organisation) -> None:
    leaving, coming = placed(make, pupil(make, school), slot), pupil(make, school, name="曾晓雨")
    assert replaced(make, leaving, coming).id == replaced(make, leaving, coming).id


def test_another_schools_pupil_takes_no_place_of_the_school(make: Factory, slot: Slot, school: Organisation) -> None:
    leaving = placed(make, pupil(make, school), slot)
    with pytest.raises(OtherSchool):
        replaced(make, leaving, pupil(make, make.school()))


@pytest.mark.parametrize(("minutes", "age", "problem"), [(181, 16, TooLateToSubstitute), (0, 30, TooOld)])
def test_not_after_departure_and_not_at_another_age(
    make: Factory, slot: Slot, school: Organisation, minutes: int, age: int, problem: type[Problem]
) -> None:
    leaving = placed(make, pupil(make, school), slot)
    with pytest.raises(problem):
        replaced(make, leaving, pupil(make, school, age=age), minutes)


def test_nobody_is_in_a_slot_twice_and_a_place_is_handed_on_once(make: Factory, school: Organisation) -> None:
    slot = make.slot()
    leaving, there = (placed(make, pupil(make, school, name=name), slot) for name in ("王芳", "曾晓雨"))
    with pytest.raises(HasSignUp):
        replaced(make, leaving, there.person)
    replaced(make, leaving, pupil(make, school, name="何晨"))
    with pytest.raises(NobodyToReplace):
        replaced(make, leaving, pupil(make, school, name="孙悦"))
