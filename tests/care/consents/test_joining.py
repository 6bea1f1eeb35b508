"""A parent signs a child up and answers for it: one transaction, and no stronger than DOMAIN rule 2 lets it be."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.models import User
from app.care.consents.asking import page_about
from app.care.consents.family import NEWCOMER, FamilyAnswer, Spoken
from app.care.consents.guardian_page import Signed
from app.care.consents.joining import AnsweredNewcomer, sign_up_and_answer
from app.core.clock import SHANGHAI, local_day, now
from app.core.db import db
from app.events.models import Registration, RegistrationState, Slot, SlotForm
from app.events.problems import SlotFull
from app.events.registration.wishes import SignUp
from app.people.consents.guardians import GuardianWords, guardians_of, put_on_roster
from app.people.consents.models import Consent, ConsentInForce, ConsentSigner, GuardianRelation, Purpose, Strength
from app.people.consents.problems import CarerCannotConsent, GuardianObjects
from app.people.models import Person, Relation
from app.people.operations import Details, Newcomer
from tests.consents import NO, call, say
from tests.factories import Factory, born

pytestmark = pytest.mark.usefixtures("inside")
HELD, CONFIRMED = RegistrationState.HELD, RegistrationState.CONFIRMED
WITH_PHOTOS: Spoken = {Purpose.TAKING_PART: True, Purpose.PHOTOS: True}
WITHOUT_PHOTOS: Spoken = {Purpose.TAKING_PART: True, Purpose.PHOTOS: False}
MOTHER = Signed("王芳", GuardianRelation.MOTHER, "a browser")


@pytest.fixture
def parent(make: Factory) -> User:
    """Whoever signs children up."""
    return make.user("王芳")


def join(
    make: Factory, parent: User, slot: Slot, people: dict[int, Spoken], signed: Signed = MOTHER
) -> list[Registration]:
    """Sign people up and answer for them."""
    said = FamilyAnswer({str(number): spoken for number, spoken in people.items()}, signed)
    return make.do(sign_up_and_answer, SignUp(slot.id, tuple(people)), said, by=parent.id, at=now())


def states(made: list[Registration]) -> list[RegistrationState]:
    db.session.expire_all()
    return [db.session.get_one(Registration, one.id).state for one in made]


def rows(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize(("age", "state"), [(9, HELD), (13, HELD), (14, CONFIRMED), (17, CONFIRMED)])
def test_under_14_the_answer_waits_for_a_call_and_from_14_on_it_confirms(
    make: Factory, parent: User, age: int, state: RegistrationState
) -> None:
    child = make.person(parent, age=age)
    made = join(make, parent, make.slot(), {child.id: WITH_PHOTOS})
    assert states(made) == [state]
    held = db.session.scalars(select(ConsentInForce)).one()
    assert (held.strength, set(held.agreed)) == (Strength.UNVERIFIED, {"taking_part", "photos"})
    assert db.session.scalars(select(ConsentSigner.browser_hash)).one() == "a browser"


def test_nights_away_wait_for_a_call_at_any_age(make: Factory, parent: User) -> None:
    begins = now() + timedelta(days=10)
    camp = make.slot(starts_at=begins, ends_at=begins + timedelta(days=2))
    made = join(make, parent, camp, {make.person(parent, age=17).id: WITH_PHOTOS})
    assert states(made) == [HELD]


def test_two_children_are_answered_for_in_one_go_each_with_its_own_answers(make: Factory, parent: User) -> None:
    first, second = make.person(parent, name="王小雨", age=12), make.person(parent, name="王小雪", age=15)
    made = join(make, parent, make.slot(), {first.id: WITHOUT_PHOTOS, second.id: WITH_PHOTOS})
    assert states(made) == [HELD, CONFIRMED]
    agreed = {one.person_id: set(one.agreed) for one in db.session.scalars(select(ConsentInForce))}
    assert agreed == {first.id: {"taking_part"}, second.id: {"taking_part", "photos"}}
    page = page_about(parent.id, first.id)
    assert page is not None and {one.person_id for one in page.asks} == {first.id, second.id}
    call(make, made[0], page.asks[0].guardian)
    assert states(made) == [CONFIRMED, CONFIRMED]


def test_without_a_place_there_is_no_answer_either(make: Factory, parent: User) -> None:
    slot = make.slot(capacity=1)
    make.registration(slot)
    with pytest.raises(SlotFull):
        join(make, parent, slot, {make.person(parent, age=12).id: WITH_PHOTOS})
    assert (rows(Consent), rows(ConsentInForce)) == (0, 0)


def test_without_an_answer_that_counts_there_is_no_place_either(make: Factory, parent: User) -> None:
    slot, child = make.slot(), make.person(parent, age=12)
    with pytest.raises(CarerCannotConsent):
        join(make, parent, slot, {child.id: WITH_PHOTOS}, Signed("王芳", GuardianRelation.CARER))
    assert rows(Registration) == 0
    assert db.session.get_one(Slot, slot.id).taken == 0


def test_another_guardians_no_still_wins(make: Factory, parent: User) -> None:
    slot, child = make.slot(), make.person(parent, age=15)
    place = join(make, parent, slot, {child.id: WITH_PHOTOS})[0]
    say(make, place, NO, name="林建国")
    with pytest.raises(GuardianObjects):
        join(make, parent, slot, {child.id: WITH_PHOTOS})
    assert states([place]) == [RegistrationState.CANCELLED]


@pytest.mark.parametrize("relation", [Relation.ONESELF, Relation.FRIEND])
def test_nobody_answers_for_oneself_or_a_friend(make: Factory, parent: User, relation: Relation) -> None:
    somebody = make.person(parent, age=15, relation=relation)
    made = join(make, parent, make.slot(), {somebody.id: WITH_PHOTOS})
    assert states(made) == [HELD]
    assert rows(Consent) == 0


def test_a_stranger_of_age_is_signed_up_without_an_answer(make: Factory, parent: User) -> None:
    made = join(make, parent, make.slot(), {make.person(parent, age=18).id: WITH_PHOTOS})
    assert states(made) == [CONFIRMED]
    assert rows(Consent) == 0


def test_the_account_is_who_is_called_and_a_name_on_the_roster_is_that_one(make: Factory, parent: User) -> None:
    first, second = make.person(parent, name="王小雨", age=12), make.person(parent, name="王小雪", age=12)
    on_roster = GuardianWords("王芳", GuardianRelation.MOTHER, "13712345678")
    known = make.do(put_on_roster, second.id, on_roster, make.school().id, by=make.user().id, at=now())
    join(make, parent, make.slot(), {first.id: WITH_PHOTOS, second.id: WITH_PHOTOS})
    (own,) = guardians_of(first.id)
    assert (own.user_id, own.contact and own.contact.phone) == (parent.id, parent.phone)
    assert [one.id for one in guardians_of(second.id)] == [known.id]


def test_a_place_of_the_same_term_that_waits_is_confirmed_with_it(make: Factory, parent: User) -> None:
    young, host = make.person(parent, age=16), make.organisation()
    begins = _morning()
    first, second = (
        make.event(host, form=SlotForm.SHIFT, starts_at=day, ends_at=day + timedelta(hours=2), min_age=10).slots[0]
        for day in (begins, begins + timedelta(days=1))
    )
    waiting = make.do(
        sign_up_and_answer, SignUp(first.id, (young.id,)), FamilyAnswer({}, MOTHER), by=parent.id, at=now()
    )
    assert states(waiting) == [HELD]
    assert states([*waiting, *join(make, parent, second, {young.id: WITH_PHOTOS})]) == [CONFIRMED, CONFIRMED]


def test_a_newcomer_is_entered_signed_up_and_answered_for_twice_as_once(make: Factory, parent: User) -> None:
    newcomer = Newcomer(Details("王小雨", born(15), None, ""), Relation.CHILD, None)
    enter = AnsweredNewcomer(FamilyAnswer({NEWCOMER: WITHOUT_PHOTOS}, MOTHER))
    slot = make.slot()
    made = [make.do(enter, newcomer, SignUp(slot.id), by=parent.id, at=now()) for _ in range(2)]
    assert made[0].id == made[1].id
    assert states(made[:1]) == [CONFIRMED]
    assert (rows(Person), rows(ConsentInForce), db.session.get_one(Slot, slot.id).taken) == (1, 1, 1)


def _morning() -> datetime:
    """Return nine o'clock in five days; not at the end of a term."""
    return datetime.combine(local_day(now()) + timedelta(days=5), time(9), SHANGHAI)
