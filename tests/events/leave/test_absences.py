"""What follows from missing events without a word: mild, for a while, and put right."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.events.leave import absences
from app.events.leave.absence_problems import NothingToForgive, OpensLater
from app.events.models import Absence, Registration, Slot
from app.events.registration import operations
from app.events.rules import Rules
from app.organisations.models import Organisation
from app.people.models import ActsFor, Person
from tests.factories import Factory

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def miss(make: Factory, person: Person, host: Organisation, days_ago: int) -> Registration:
    """Let somebody miss an event some days ago."""
    begins = now() - days_ago * DAY
    times = {"starts_at": begins, "ends_at": begins + HOUR, "opens_at": begins - 10 * DAY, "closes_at": begins}
    slot = make.event(host, **times).slots[0]
    registration = make.do(operations.register, person.id, slot.id, by=account(person), at=begins - HOUR)
    make.do(_look, slot.id, begins + DAY)
    return registration


def _look(slot_id: int, at: datetime) -> int:
    return absences.note_no_shows(absences.missed_in(db.session.get_one(Slot, slot_id)), at=at)


def account(person: Person) -> int:
    """Return who acts for somebody."""
    return db.session.query(ActsFor).filter_by(person_id=person.id).one().user_id


def until(person: Person) -> datetime | None:
    """Return until when sign-up opens later for somebody, read anew."""
    db.session.expire_all()
    return db.session.get_one(Person, person.id).opens_later_until


def test_missing_once_changes_nothing_twice_delays_sign_up(inside: Flask, make: Factory) -> None:
    host, person = make.organisation(), make.person()
    miss(make, person, host, 20)
    assert until(person) is None
    miss(make, person, host, 10)
    assert until(person) is not None
    first = db.session.query(Absence).order_by(Absence.missed_at).first()
    assert first is not None and until(person) == first.missed_at + 90 * DAY


def test_sign_up_opens_a_day_later_for_this_host_alone(inside: Flask, make: Factory) -> None:
    host, person = make.organisation(), make.person()
    for days in (20, 10):
        miss(make, person, host, days)
    fresh = make.event(host, opens_at=now() - HOUR).slots[0]
    with pytest.raises(OpensLater) as refused:
        make.do(operations.register, person.id, fresh.id, by=account(person), at=now())
    assert "2" in refused.value.message
    older = make.event(host, opens_at=now() - 25 * HOUR).slots[0]
    elsewhere = make.event(opens_at=now() - HOUR).slots[0]
    for slot in (older, elsewhere):
        assert make.do(operations.register, person.id, slot.id, by=account(person), at=now()).is_active


def test_what_lies_far_back_counts_no_more(inside: Flask, make: Factory) -> None:
    host, person = make.organisation(), make.person()
    for days in (100, 10):
        miss(make, person, host, days)
    assert until(person) is None


def test_forgiving_one_ends_it_and_is_remembered_in_words(inside: Flask, make: Factory) -> None:
    host, person, staff = make.organisation(), make.person(), make.user()
    missed = [miss(make, person, host, days) for days in (20, 10)]
    make.do(absences.plead, missed[0].id, "手机没电了", at=now())
    for _ in range(2):
        made = make.do(absences.forgive, missed[0].id, "说明了情况", by=staff.id, at=now())
    assert (made.forgiven_why, made.reason, made.forgiven_by_id) == ("说明了情况", "手机没电了", staff.id)
    assert until(person) is None


def test_there_is_nothing_to_forgive_without_an_absence(inside: Flask, make: Factory) -> None:
    registration = make.registration()
    with pytest.raises(NothingToForgive):
        make.do(absences.forgive, registration.id, "好", by=make.user().id, at=now())


def test_a_host_may_switch_it_off(inside: Flask, make: Factory) -> None:
    host, person = make.organisation(), make.person()
    for days in (20, 10):
        miss(make, person, host, days)
    make.do(absences.change_rules, host.id, Rules(missed_until_later=0), by=make.user().id, at=now())
    assert until(person) is None
    fresh = make.event(host, opens_at=now() - HOUR).slots[0]
    assert make.do(operations.register, person.id, fresh.id, by=account(person), at=now()).is_active
