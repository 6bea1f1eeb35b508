"""What the door says about a code."""

from datetime import timedelta

from flask import Flask

from app.checkin.guests import lock_guests
from app.checkin.models import Verdict
from app.checkin.verdicts import judge, words
from app.core.clock import now
from app.core.db import db
from app.events.announcing import cancel_event
from app.events.models import Event, Registration
from app.events.registration.operations import cancel
from tests.factories import Factory


def verdict(registration: Registration | None, event: Event, *, has_arrived: bool = False, days: int = 0) -> Verdict:
    """Return the verdict at the door of an event, so many days from now."""
    happened_at = now() + timedelta(days=days)
    guest = lock_guests([registration.code], [])[registration.id] if registration else None
    return judge(guest, event.id, has_arrived=has_arrived, happened_at=happened_at)


def test_a_place_is_let_in_once_and_then_known(inside: Flask, make: Factory) -> None:
    event = make.going_on()
    registration = make.registration(event.slots[0])
    assert verdict(registration, event) is Verdict.ARRIVED
    assert verdict(registration, event, has_arrived=True) is Verdict.ALREADY


def test_a_code_that_nobody_has_is_unknown(inside: Flask, make: Factory) -> None:
    assert verdict(None, make.going_on()) is Verdict.UNKNOWN


def test_a_place_in_another_event_is_for_another_event(inside: Flask, make: Factory) -> None:
    assert verdict(make.registration(make.going_on().slots[0]), make.going_on()) is Verdict.OTHER_EVENT


def test_the_day_of_the_slot_is_the_day_in_shanghai(inside: Flask, make: Factory) -> None:
    event = make.going_on()
    registration = make.registration(event.slots[0])
    assert verdict(registration, event, days=-2) is Verdict.OTHER_TIME
    assert verdict(registration, event, days=2) is Verdict.OTHER_TIME
    assert verdict(registration, event, days=2, has_arrived=True) is Verdict.OTHER_TIME


def test_a_place_given_back_and_an_event_called_off_are_cancelled(inside: Flask, make: Factory) -> None:
    tomorrow = make.event()
    given_back = make.registration(tomorrow.slots[0])
    make.do(cancel, given_back.id, by=make.user().id, at=now())
    assert verdict(given_back, tomorrow) is Verdict.CANCELLED
    called_off = make.going_on()
    registration = make.registration(called_off.slots[0])
    make.do(cancel_event, called_off.id, "台风", by=called_off.created_by_id, at=now())
    db.session.expire_all()
    assert verdict(registration, called_off) is Verdict.CANCELLED
    with inside.test_request_context():
        guests = lock_guests([given_back.code, registration.code], [])
        said = [words(Verdict.CANCELLED, guests[one.id], None) for one in (given_back, registration)]
    assert said == ["这个报名已取消", "活动已取消。"]


def test_a_held_place_goes_to_the_desk_and_nobody_in_the_queue_hears_why(inside: Flask, make: Factory) -> None:
    event = make.going_on()
    child = make.registration(event.slots[0], age=9)
    assert verdict(child, event) is Verdict.DESK
    with inside.test_request_context():
        said = words(Verdict.DESK, None, None)
    assert said == "请到服务台"


def test_every_verdict_has_words_in_chinese(inside: Flask) -> None:
    with inside.test_request_context():
        said = [words(one, None, None) for one in Verdict]
    assert len(set(said)) == len(Verdict)
    assert [text for text in said if text.isascii()] == []
