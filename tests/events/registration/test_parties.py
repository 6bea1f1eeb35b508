"""People who come together: all get a place, or nobody does."""

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.events import problems
from app.events.models import Party, Registration, RegistrationState, SlotForm
from app.events.registration import operations
from app.events.registration.wishes import SignUp
from app.people.models import Relation
from app.people.problems import NotYourPerson
from tests.events.registration.parties import far_slot, leave, now_in, read, together
from tests.events.ways.lotteries import states
from tests.factories import Factory

CONFIRMED, HELD, WAITING = RegistrationState.CONFIRMED, RegistrationState.HELD, RegistrationState.WAITING
CANCELLED, OFFERED = RegistrationState.CANCELLED, RegistrationState.OFFERED


def test_siblings_come_together_and_each_has_a_code(inside: Flask, make: Factory) -> None:
    slot = make.slot()
    siblings = together(make, slot, 18, 9)
    assert now_in(siblings) == [CONFIRMED, HELD]
    assert len({one.party_id for one in siblings}) == 1
    assert len({one.code for one in siblings}) == 2
    assert read(slot).taken == 2


def test_either_both_get_a_place_or_neither_does(inside: Flask, make: Factory) -> None:
    slot = make.slot(capacity=3)
    together(make, slot, 18, 18)
    with pytest.raises(problems.SlotFull):
        together(make, slot, 18, 18)
    assert states(slot.id) == [CONFIRMED, CONFIRMED]
    assert read(slot).taken == 2
    assert db.session.query(Party).count() == 1


def test_where_there_is_a_line_both_stand_in_it_together(inside: Flask, make: Factory) -> None:
    slot = make.slot(capacity=3, has_waiting_list=True)
    together(make, slot, 18, 18)
    both = together(make, slot, 18, 18)
    assert now_in(both) == [WAITING, WAITING]
    assert both[0].line == both[1].line
    assert (read(slot).taken, read(slot).waiting) == (2, 1)


def test_one_whom_it_is_not_for_keeps_all_from_coming(inside: Flask, make: Factory) -> None:
    slot = make.slot(min_age=12)
    with pytest.raises(problems.TooYoung):
        together(make, slot, 18, 11)
    assert states(slot.id) == []
    assert read(slot).taken == 0


def test_somebody_alone_is_no_party(inside: Flask, make: Factory) -> None:
    (alone,) = together(make, make.slot(), 18)
    assert alone.party_id is None
    assert db.session.query(Party).count() == 0


def test_a_friend_may_be_brought_along(inside: Flask, make: Factory) -> None:
    slot, user = make.slot(), make.user()
    me = make.person(user, name="林晓雨", relation=Relation.ONESELF)
    friend = make.person(user, name="陈思远", relation=Relation.FRIEND)
    both = make.do(operations.sign_up, SignUp(slot.id, (me.id, friend.id)), by=user.id, at=now())
    assert now_in(both) == [CONFIRMED, CONFIRMED]
    assert {one.registered_by_id for one in both} == {user.id}


@pytest.mark.parametrize("capacity", [2, 5])
def test_the_same_sign_up_twice_returns_the_first(inside: Flask, make: Factory, capacity: int) -> None:
    slot, user = make.slot(capacity=capacity, has_waiting_list=True, most_companions=2), make.user()
    ids = tuple(make.person(user, name=name).id for name in ("林小雨", "林小雪"))
    asked = SignUp(slot.id, ids, 1)
    first, second = (make.do(operations.sign_up, asked, by=user.id, at=now()) for _ in range(2))
    assert [one.id for one in second] == [one.id for one in first]
    assert len(states(slot.id)) == 2
    assert (read(slot).taken, read(slot).waiting) == ((0, 1) if capacity == 2 else (3, 0))


def test_whoever_is_signed_up_already_keeps_the_place_and_the_others_get_theirs(inside: Flask, make: Factory) -> None:
    slot, user = make.slot(), make.user()
    older, younger = (make.person(user, name=name).id for name in ("林小雨", "林小雪"))
    first = make.do(operations.register, older, slot.id, by=user.id, at=now())
    both = make.do(operations.sign_up, SignUp(slot.id, (older, younger)), by=user.id, at=now())
    assert {one.person_id for one in both} == {older, younger}
    assert first.id in {one.id for one in both}
    assert read(slot).taken == 2


def test_more_than_the_host_takes_together_are_told_how_many(inside: Flask, make: Factory) -> None:
    slot = make.slot(largest_party=2)
    with pytest.raises(problems.PartyTooLarge) as caught:
        together(make, slot, 18, 18, 18)
    assert caught.value.facts == {"most": 2}
    assert states(slot.id) == []


def test_grown_ups_who_come_along_take_places_and_have_no_code(inside: Flask, make: Factory) -> None:
    slot = make.slot(capacity=3, most_companions=2)
    with pytest.raises(problems.TooManyCompanions):
        together(make, slot, 18, companions=3)
    with pytest.raises(problems.SlotFull):
        together(make, slot, 18, 18, companions=2)
    together(make, slot, 18, companions=2)
    assert read(slot).taken == 3
    assert len(states(slot.id)) == 1


def test_where_groups_are_counted_a_party_takes_one_place(inside: Flask, make: Factory) -> None:
    slot = make.slot(capacity=2, counts_groups=True)
    group = together(make, slot, 18, 18, 18)
    together(make, slot, 18)
    assert read(slot).taken == 2
    with pytest.raises(problems.SlotFull):
        together(make, slot, 18)
    for one, left in zip(group, (2, 2, 1), strict=True):
        leave(make, one)
        assert read(slot).taken == left


def test_a_child_comes_to_a_shift_with_a_grown_up_of_its_party_only(inside: Flask, make: Factory) -> None:
    slot = make.slot(form=SlotForm.SHIFT, most_companions=1)
    for ages in ((13,), (13, 17)):
        with pytest.raises(problems.NeedsAdult):
            together(make, slot, *ages)
    assert now_in(together(make, slot, 13, 40)) == [HELD, CONFIRMED]
    assert now_in(together(make, slot, 13, companions=1)) == [HELD]


def test_the_grown_up_does_not_leave_a_child_alone_in_a_shift(inside: Flask, make: Factory) -> None:
    slot = make.slot(form=SlotForm.SHIFT)
    child, parent = together(make, slot, 13, 40)
    with pytest.raises(problems.NeedsAdult):
        leave(make, parent)
    assert now_in([child, parent]) == [HELD, CONFIRMED]
    leave(make, parent, whole=True)
    assert now_in([child, parent]) == [CANCELLED, CANCELLED]
    assert read(slot).taken == 0


def test_a_child_may_leave_its_grown_up(inside: Flask, make: Factory) -> None:
    slot = make.slot(form=SlotForm.SHIFT)
    child, parent = together(make, slot, 13, 40)
    leave(make, child)
    assert now_in([child, parent]) == [CANCELLED, CONFIRMED]


def test_one_leaves_alone_and_the_others_come(inside: Flask, make: Factory) -> None:
    slot = make.slot()
    party = together(make, slot, 18, 18, 18)
    leave(make, party[1])
    assert now_in(party) == [CONFIRMED, CANCELLED, CONFIRMED]
    assert read(slot).taken == 2
    for _ in range(2):  # a second time changes nothing
        leave(make, party[0], whole=True)
    assert now_in(party) == [CANCELLED] * 3
    assert read(slot).taken == 0


def test_with_the_first_of_a_party_the_companions_leave(inside: Flask, make: Factory) -> None:
    slot = make.slot(most_companions=2)
    first, second = together(make, slot, 18, 18, companions=2)
    assert read(slot).taken == 4
    leave(make, first)
    assert now_in([first, second]) == [CANCELLED, CONFIRMED]
    assert read(slot).taken == 1


def test_a_party_that_becomes_smaller_in_line_is_served_once_it_fits(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=2)
    together(make, slot, 18)
    both = together(make, slot, 18, 18)
    leave(make, both[1])
    assert now_in(both) == [OFFERED, CANCELLED]
    assert (read(slot).taken, read(slot).waiting) == (2, 0)


def test_nobody_brings_somebody_elses_child(inside: Flask, make: Factory) -> None:
    slot, user = make.slot(), make.user()
    own, other = make.person(user), make.person(make.user(), name="别家孩子")
    with pytest.raises(NotYourPerson):
        make.do(operations.sign_up, SignUp(slot.id, (own.id, other.id)), by=user.id, at=now())
    assert db.session.query(Registration).count() == 0
