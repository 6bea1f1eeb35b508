"""Issuing and revoking certificates."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.certificates.models import Certificate
from app.certificates.operations import issue, revoke
from app.checkin.operations import check_in, correct
from app.core.clock import local_day, now
from app.core.db import db
from app.core.pictures import UNCHANGED
from app.events.models import Event, Registration
from app.events.planning import edit_event
from app.events.plans import EventWords
from app.organisations.operations import edit_profile
from app.people.ages import ADULT_FROM
from app.people.models import Person
from app.programmes.kinds import ProgrammeKind
from tests.consents import agreed
from tests.factories import Factory


@pytest.fixture
def event(inside: Flask, make: Factory) -> Event:
    """An event that is going on."""
    return make.going_on()


def was_there(make: Factory, event: Event, name: str = "林晓雨", age: int = 18) -> Registration:
    """Return somebody who came."""
    registration = make.registration(event.slots[0], name=name, age=age)
    if age < ADULT_FROM:
        agreed(make, registration)
    make.arrival(registration)
    return registration


def issued(make: Factory, event: Event, unprintable: tuple[int, ...] = ()) -> list[Certificate]:
    """Issue to everybody who has none."""
    return make.do(issue, event.id, unprintable, by=make.user().id, at=now())


def test_everybody_who_was_there_gets_one_and_a_second_time_nobody_is_left(event: Event, make: Factory) -> None:
    people = [was_there(make, event, name) for name in ("林晓雨", "曾晓雨")]
    certificates = issued(make, event)
    assert {one.registration_id for one in certificates} == {one.id for one in people}
    assert issued(make, event) == []


def test_it_names_the_body_on_the_seal_of_the_host_and_keeps_naming_it(event: Event, make: Factory) -> None:
    was_there(make, event)
    host, by = event.host_id, make.user().id
    make.do(edit_profile, host, UNCHANGED, seal_text="共青团清溪县委员会", by=by, at=now())
    (certificate,) = issued(make, event)
    make.do(edit_profile, host, UNCHANGED, seal_text="", by=by, at=now())
    assert db.session.get_one(Certificate, certificate.id).host_name == "共青团清溪县委员会"


def test_whoever_comes_late_gets_one_later(event: Event, make: Factory) -> None:
    was_there(make, event)
    issued(make, event)
    late = was_there(make, event, "王芳")
    assert [one.registration_id for one in issued(make, event)] == [late.id]


def test_whoever_was_not_there_or_waits_for_a_guardian_gets_none(event: Event, make: Factory) -> None:
    make.registration(event.slots[0], name="没来的")
    child = make.registration(event.slots[0], name="小小", age=9)
    make.do(check_in, child.id, by=make.user().id, at=now())
    mistaken = was_there(make, event, "认错的")
    make.do(correct, mistaken.id, None, "认错人了", by=make.user().id, at=now())
    assert issued(make, event) == []


def test_numbers_count_up_within_a_host_and_a_year_and_are_never_given_twice(event: Event, make: Factory) -> None:
    host, year = event.host_id, local_day(now()).year
    for name in ("林晓雨", "曾晓雨"):
        was_there(make, event, name)
    first, second = issued(make, event)
    make.do(revoke, second.id, "写错了", by=make.user().id, at=now())
    (again,) = issued(make, event)
    assert [one.number for one in (first, second, again)] == [
        f"TX{host:03d}-{year}-{number:05d}" for number in (1, 2, 3)
    ]


def test_each_host_and_each_year_begins_at_one(event: Event, make: Factory) -> None:
    was_there(make, event)
    issued(make, event)
    other = make.going_on()
    was_there(make, other)
    assert issued(make, other)[0].number.endswith("-00001")
    was_there(make, event, "王芳")
    next_year = now() + timedelta(days=366)
    (later,) = make.do(issue, event.id, by=make.user().id, at=next_year)
    assert later.number.endswith(f"-{local_day(next_year).year}-00001")


def test_one_that_is_void_stays_void_with_its_first_reason(event: Event, make: Factory) -> None:
    was_there(make, event)
    (certificate,) = issued(make, event)
    for reason in ("名字写错了", "第二个理由"):
        make.do(revoke, certificate.id, reason, by=make.user().id, at=now())
    revoked = db.session.get_one(Certificate, certificate.id)
    assert (revoked.is_valid, revoked.revoke_reason) == (False, "名字写错了")


def test_after_a_void_one_a_new_one_can_be_issued_once(event: Event, make: Factory) -> None:
    was_there(make, event)
    (old,) = issued(make, event)
    make.do(revoke, old.id, "名字写错了", by=make.user().id, at=now())
    (new,) = issued(make, event)
    assert (new.number, new.code) != (old.number, old.code)
    assert issued(make, event) == []


def test_names_that_no_font_can_write_are_left_out(event: Event, make: Factory) -> None:
    rare, plain = was_there(make, event, "生僻字"), was_there(make, event, "王芳")
    assert [one.registration_id for one in issued(make, event, (rare.person_id,))] == [plain.id]


def test_it_says_what_was_true_when_it_was_issued(event: Event, make: Factory) -> None:
    person_id = was_there(make, event).person_id
    issued(make, event)

    def rename() -> None:
        db.session.get_one(Person, person_id).name = "别的名字"

    make.do(rename)
    words = EventWords("改了标题", ProgrammeKind.THEME, "x", "y", "z")
    make.do(edit_event, event.id, words, by=event.created_by_id, at=now())
    db.session.expire_all()
    frozen = db.session.scalars(select(Certificate)).one()
    assert (frozen.person_name, frozen.event_title) == ("林晓雨", "古镇文化交流日")


def test_the_notice_about_schools_is_on_those_of_minors(event: Event, make: Factory) -> None:
    for name, age in (("未成年", 17), ("成年了", 18)):
        was_there(make, event, name, age)
    notices = {one.person_name: one.with_school_notice for one in issued(make, event)}
    assert notices == {"未成年": True, "成年了": False}


def test_a_child_whose_place_is_only_held_gets_none_even_if_it_was_there(event: Event, make: Factory) -> None:
    held = make.registration(event.slots[0], age=12)
    make.do(correct, held.id, now(), "家长在场", by=make.user().id, at=now())
    assert make.do(issue, event.id, by=make.user().id, at=now()) == []
