"""What a guardian's answer makes of a place."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.care.consents.problems import CallInFuture, SamePerson
from app.care.consents.proving import confirm_by_call, confirm_paper, enter_paper
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, RegistrationState, Slot
from app.messages.models import Message, MessageKind
from app.people.consents.models import Consent, ConsentInForce, Purpose, Strength
from app.people.consents.problems import GuardianObjects
from tests.consents import NO, YES, agreed, call, guardian, paper, say, scope_in, take_back
from tests.factories import Factory

HELD, CONFIRMED = RegistrationState.HELD, RegistrationState.CONFIRMED

pytestmark = pytest.mark.usefixtures("inside")


def state(one: Registration) -> RegistrationState:
    db.session.expire_all()
    return db.session.get_one(Registration, one.id).state


def told(one: Registration) -> list[MessageKind]:
    return list(db.session.scalars(select(Message.kind).where(Message.registration_id == one.id).order_by(Message.id)))


def test_an_unproven_answer_leaves_a_childs_place_held(make: Factory) -> None:
    child = make.registration(age=12)
    say(make, child)
    assert state(child) is HELD


def test_an_unproven_answer_confirms_the_place_of_a_fifteen_year_old(make: Factory) -> None:
    young = make.registration(age=15)
    assert state(young) is HELD
    say(make, young)
    assert state(young) is CONFIRMED
    assert told(young) == [MessageKind.CONSENT_ASKED, MessageKind.CONSENT_GIVEN]


def test_the_teachers_call_confirms_a_childs_place(make: Factory) -> None:
    child = make.registration(age=12)
    agreed(make, child)
    assert state(child) is CONFIRMED
    proof = db.session.scalars(select(Consent).where(Consent.strength == Strength.CALLED)).one()
    assert proof.by_id is not None and proof.proven_at is not None


def test_paper_confirms_it_once_a_second_person_has_compared_it(make: Factory) -> None:
    child = make.registration(age=12)
    who, teacher = guardian(make, child.person_id), make.user()
    typed = make.do(enter_paper, child.person_id, scope_in(child), who.id, YES, by=teacher.id, at=now())
    with pytest.raises(SamePerson):
        make.do(confirm_paper, typed.id, by=teacher.id, at=now())
    assert state(child) is HELD
    make.do(confirm_paper, typed.id, by=make.user().id, at=now())
    assert state(child) is CONFIRMED


def test_a_call_is_never_later_than_now(make: Factory) -> None:
    child = make.registration(age=12)
    who = say(make, child)
    with pytest.raises(CallInFuture):
        make.do(
            confirm_by_call,
            child.person_id,
            scope_in(child),
            who.id,
            now() + timedelta(hours=1),
            by=make.user().id,
            at=now(),
        )


def test_nights_away_need_a_proven_answer_of_a_seventeen_year_old_too(make: Factory) -> None:
    begins = now() + timedelta(days=10)
    young = make.registration(make.slot(starts_at=begins, ends_at=begins + timedelta(days=2)), age=17)
    who = say(make, young)
    assert state(young) is HELD
    call(make, young, who)
    assert state(young) is CONFIRMED


def test_a_no_frees_the_place_for_the_next_in_line(make: Factory) -> None:
    slot = make.slot(capacity=1, has_waiting_list=True)
    child, next_one = make.registration(slot, age=12), make.registration(slot, age=30)
    say(make, child, NO)
    assert (state(child), state(next_one)) == (RegistrationState.CANCELLED, RegistrationState.OFFERED)
    assert MessageKind.CONSENT_WITHDRAWN in told(child)


def test_withdrawing_frees_the_place_in_the_same_transaction(make: Factory) -> None:
    slot = make.slot(capacity=1, has_waiting_list=True)
    child = make.registration(slot, age=12)
    who = agreed(make, child)
    next_one = make.registration(slot, age=30)
    take_back(make, child, who)
    assert (state(child), state(next_one)) == (RegistrationState.CANCELLED, RegistrationState.OFFERED)
    assert db.session.scalar(select(func.count()).select_from(ConsentInForce)) == 0
    assert db.session.get_one(Slot, slot.id).taken == 1


def test_withdrawing_twice_is_once(make: Factory) -> None:
    child = make.registration(age=12)
    who = agreed(make, child)
    take_back(make, child, who)
    take_back(make, child, who)
    assert told(child).count(MessageKind.CONSENT_WITHDRAWN) == 1


def test_any_guardians_no_wins_until_the_same_one_says_otherwise(make: Factory) -> None:
    child = make.registration(age=15)
    say(make, child, name="林建国")
    say(make, child, NO, name="王芳")
    assert state(child) is RegistrationState.CANCELLED
    with pytest.raises(GuardianObjects):
        say(make, child, name="林建国")
    say(make, child, name="王芳")
    assert db.session.scalar(select(func.count()).select_from(ConsentInForce)) == 1


def test_whoever_signs_up_again_needs_no_second_answer(make: Factory) -> None:
    user, slot = make.user(), make.slot()
    child = make.registration(slot, user=user, age=12)
    agreed(make, child)
    from app.events.registration.operations import cancel, register

    make.do(cancel, child.id, by=user.id, at=now())
    again = make.do(register, child.person_id, slot.id, by=user.id, at=now())
    assert state(again) is CONFIRMED


def test_photos_can_be_refused_and_the_place_still_counts(make: Factory) -> None:
    child = make.registration(age=15)
    say(make, child, {Purpose.TAKING_PART: True, Purpose.PHOTOS: False})
    held = db.session.scalars(select(ConsentInForce)).one()
    assert (state(child), held.agreed) == (CONFIRMED, {"taking_part": False})


def test_paper_helper_confirms(make: Factory, inside: Flask) -> None:
    child = make.registration(age=9)
    paper(make, child, guardian(make, child.person_id))
    assert state(child) is CONFIRMED
