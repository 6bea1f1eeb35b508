"""接领: who takes a child under 14 home."""

from typing import Any

import pytest
from flask import Flask

from app.checkin.collecting import collect, collection_of, undo
from app.checkin.collecting_models import CollectedBy
from app.checkin.collecting_queries import to_collect
from app.checkin.problems import MayNotFetch, NotArrived
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration
from app.people.consents import collectors
from tests.consents import agreed, guardian
from tests.factories import Factory
from tests.papers import child_here, fetcher


@pytest.fixture
def child(inside: Flask, make: Factory) -> Registration:
    """A nine-year-old who has been checked in."""
    return child_here(make, make.going_on())


def go(make: Factory, one: Registration, how: CollectedBy, collector_id: int | None = None) -> Any:
    return make.do(collect, one.id, how, collector_id, by=make.user("苏老师").id, at=now())


def test_a_child_leaves_with_a_guardian_and_twice_is_once(make: Factory, child: Registration) -> None:
    first = go(make, child, CollectedBy.GUARDIAN)
    assert go(make, child, CollectedBy.GUARDIAN).id == first.id


def test_only_somebody_a_guardian_has_entered_may_fetch_it(make: Factory, child: Registration) -> None:
    with pytest.raises(MayNotFetch):
        go(make, child, CollectedBy.NAMED, 1)
    granny = fetcher(make, child)
    assert go(make, child, CollectedBy.NAMED, granny.id).collector_id == granny.id


def test_whoever_was_taken_off_may_not(make: Factory, child: Registration) -> None:
    granny = fetcher(make, child)
    make.do(collectors.take_off, child.person_id, granny.id, at=now())
    with pytest.raises(MayNotFetch):
        go(make, child, CollectedBy.NAMED, granny.id)


def test_who_may_fetch_another_child_may_not_fetch_this_one(make: Factory, child: Registration) -> None:
    other = child_here(make, make.going_on(), "陈小松")
    with pytest.raises(MayNotFetch):
        go(make, child, CollectedBy.NAMED, fetcher(make, other).id)


def test_it_goes_alone_only_if_a_guardian_allowed_that(make: Factory, child: Registration) -> None:
    with pytest.raises(MayNotFetch):
        go(make, child, CollectedBy.ALONE)
    make.do(collectors.let_leave_alone, child.person_id, guardian(make, child.person_id).id, at=now())
    assert go(make, child, CollectedBy.ALONE).how is CollectedBy.ALONE


def test_who_has_not_come_cannot_leave(inside: Flask, make: Factory) -> None:
    child = make.registration(make.going_on().slots[0], age=9)
    agreed(make, child)
    with pytest.raises(NotArrived):
        go(make, child, CollectedBy.GUARDIAN)


def test_taken_back_the_child_is_here_again_and_can_leave_once_more(make: Factory, child: Registration) -> None:
    row = go(make, child, CollectedBy.GUARDIAN)
    for _time in range(2):
        make.do(undo, row.id, by=make.user().id, at=now())
    db.session.expire_all()
    assert collection_of(child.id) is None
    assert go(make, child, CollectedBy.GUARDIAN).id != row.id


def test_the_list_has_those_under_14_who_came_and_whoever_is_still_here_first(inside: Flask, make: Factory) -> None:
    event = make.going_on()
    gone, here = child_here(make, event, "安小禾"), child_here(make, event, "周小禾")
    make.arrival(make.registration(event.slots[0], age=15))
    make.registration(event.slots[0], name="未到", age=9)
    go(make, gone, CollectedBy.GUARDIAN)
    found = to_collect(event.id, now())
    assert [(one.registration.id, one.collection is not None) for one in found] == [(here.id, False), (gone.id, True)]


def test_no_more_than_six_people_may_fetch_a_child(make: Factory, child: Registration) -> None:
    names = ["王一", "王二", "王三", "王四", "王五", "王六"]
    for name in names:
        fetcher(make, child, name)
    full = make.do(collectors.let_fetch, child.person_id, guardian(make, child.person_id).id, "王七", "1", at=now())
    assert full is None
    assert fetcher(make, child, "王六").name == "王六"  # whoever is on the list can be entered anew
