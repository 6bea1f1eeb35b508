"""Scans taken in from a device: judged, written down, and turned into attendance."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.checkin.models import Attendance, Device, Scan, Source, Verdict
from app.checkin.operations import Gate, Judged, correct, report_scans
from app.checkin.taking_in import Seen
from app.core.clock import now
from app.core.db import db
from app.events.models import Event
from app.events.registration.operations import cancel
from tests.factories import Factory


@pytest.fixture
def event(inside: Flask, make: Factory) -> Event:
    """An event that is going on."""
    return make.going_on()


@pytest.fixture
def device(event: Event, make: Factory) -> Device:
    """A phone at its door, since an hour ago."""
    phone, _ = make.device(event)
    return make.do(_backdate, phone.id)


def _backdate(device_id: int) -> Device:
    device = db.session.get_one(Device, device_id)
    device.opened_at = now() - timedelta(hours=1)
    return device


def gate_of(device: Device) -> Gate:
    """Return a phone as it reports."""
    return Gate(device.id, device.event_id, device.opened_at)


def report(make: Factory, device: Device, batch: list[Seen], *, at: datetime) -> list[Judged]:
    """Let a phone report scans and return the answers."""
    return make.do(report_scans, gate_of(device), batch, at=at)


def seen(
    code: str | None = None, *, key: UUID | None = None, picked: int | None = None, at: datetime | None = None
) -> Seen:
    """Return a scan of a code, or of a person picked from the list."""
    source = Source.LOOKUP if picked else Source.CAMERA
    return Seen(key or uuid4(), code, picked, at or now(), source)


def arrived_at(registration_id: int) -> datetime | None:
    """Return the attendance on record, read anew."""
    db.session.expire_all()
    return db.session.scalar(select(Attendance.arrived_at).where(Attendance.registration_id == registration_id))


def test_a_scan_makes_somebody_arrive_and_a_second_one_changes_nothing(
    event: Event, device: Device, make: Factory
) -> None:
    one = make.registration(event.slots[0])
    (first,) = report(make, device, [seen(one.code)], at=now())
    (second,) = report(make, device, [seen(one.code)], at=now())
    assert (first.verdict, second.verdict) == (Verdict.ARRIVED, Verdict.ALREADY)
    assert first.arrived_at == second.arrived_at == arrived_at(one.id)


def test_somebody_picked_from_the_list_arrives_as_well(event: Event, device: Device, make: Factory) -> None:
    one = make.registration(event.slots[0])
    (answer,) = report(make, device, [seen(picked=one.id)], at=now())
    assert answer.verdict is Verdict.ARRIVED
    assert arrived_at(one.id)


def test_a_held_child_is_sent_to_the_desk_and_is_not_counted(event: Event, device: Device, make: Factory) -> None:
    child = make.registration(event.slots[0], age=9)
    (answer,) = report(make, device, [seen(child.code)], at=now())
    assert answer.verdict is Verdict.DESK
    assert arrived_at(child.id) is None


def test_a_place_given_back_is_refused(event: Event, device: Device, make: Factory) -> None:
    later = make.slot(event, starts_at=now() + timedelta(minutes=30))
    gone = make.registration(later)
    make.do(cancel, gone.id, by=make.user().id, at=now())
    (answer,) = report(make, device, [seen(gone.code)], at=now())
    assert answer.verdict is Verdict.CANCELLED
    assert arrived_at(gone.id) is None


def test_a_place_on_another_day_is_refused_with_its_name(event: Event, device: Device, make: Factory) -> None:
    begins = now() + timedelta(days=3)
    other_day = make.slot(event, starts_at=begins, ends_at=begins + timedelta(hours=1))
    registration = make.registration(other_day)
    (answer,) = report(make, device, [seen(registration.code)], at=now())
    assert answer.verdict is Verdict.OTHER_TIME
    assert answer.guest is not None


def test_an_unknown_code_is_written_down_without_a_person(event: Event, device: Device, make: Factory) -> None:
    (answer,) = report(make, device, [seen("0000000000000000")], at=now())
    assert (answer.verdict, answer.guest) == (Verdict.UNKNOWN, None)
    assert db.session.scalar(select(func.count(Scan.id))) == 1


def test_somebody_of_another_event_stays_nameless(event: Event, device: Device, make: Factory) -> None:
    stranger = make.registration(make.going_on().slots[0])
    by_code, by_id = report(make, device, [seen(stranger.code), seen(picked=stranger.id)], at=now())
    assert by_code.verdict is Verdict.OTHER_EVENT
    assert by_code.guest is by_id.guest is None
    assert arrived_at(stranger.id) is None


def test_the_same_key_twice_gets_its_first_answer_again(event: Event, device: Device, make: Factory) -> None:
    one = make.registration(event.slots[0])
    scan = seen(one.code)
    (first,) = report(make, device, [scan], at=now())
    again = report(make, device, [scan, scan], at=now())
    assert [(answer.key, answer.arrived_at) for answer in again] == [(scan.key, first.arrived_at)] * 2
    assert {answer.verdict for answer in again} == {Verdict.ARRIVED}
    assert db.session.scalar(select(func.count(Scan.id))) == 1


def test_a_key_sent_again_with_another_code_gets_its_first_answer_and_its_first_person(
    event: Event, device: Device, make: Factory
) -> None:
    first, other = (make.registration(event.slots[0], name=name) for name in ("王芳", "李娜"))
    key = uuid4()
    report(make, device, [seen(first.code, key=key)], at=now())
    (answer,) = report(make, device, [seen(other.code, key=key)], at=now())
    assert answer.guest is not None
    assert answer.guest.id == first.id
    assert arrived_at(other.id) is None


def test_the_same_key_from_two_phones_is_two_scans(event: Event, device: Device, make: Factory) -> None:
    one, key = make.registration(event.slots[0]), uuid4()
    second_phone, _ = make.device(event)
    report(make, device, [seen(one.code, key=key)], at=now())
    (answer,) = report(make, second_phone, [seen(one.code, key=key)], at=now())
    assert answer.verdict is Verdict.ALREADY


def test_one_person_twice_in_a_batch_arrives_at_the_earlier_moment(event: Event, device: Device, make: Factory) -> None:
    one = make.registration(event.slots[0])
    early, late = now() - timedelta(minutes=20), now() - timedelta(minutes=10)
    answers = report(make, device, [seen(one.code, at=late), seen(picked=one.id, at=early)], at=now())
    assert [answer.verdict for answer in answers] == [Verdict.ALREADY, Verdict.ARRIVED]
    assert arrived_at(one.id) == early


def test_an_earlier_scan_that_was_sent_late_wins(event: Event, device: Device, make: Factory) -> None:
    one = make.registration(event.slots[0])
    offline = now() - timedelta(minutes=30)
    report(make, device, [seen(one.code)], at=now())
    report(make, device, [seen(one.code, at=offline)], at=now())
    assert arrived_at(one.id) == offline


@pytest.mark.parametrize("years", [-40, 40])
def test_an_absurd_clock_is_moved_to_the_nearest_possible_moment(
    event: Event, device: Device, make: Factory, years: int
) -> None:
    one, at = make.registration(event.slots[0]), now()
    absurd = at + timedelta(days=365 * years)
    (answer,) = report(make, device, [seen(one.code, at=absurd)], at=at)
    assert answer.arrived_at == (device.opened_at if years < 0 else at)


def test_whoever_was_marked_absent_can_be_scanned_again(event: Event, device: Device, make: Factory) -> None:
    one = make.registration(event.slots[0])
    report(make, device, [seen(one.code)], at=now())
    assert make.do(correct, one.id, None, "认错人了", by=make.user().id, at=now()) is None
    assert arrived_at(one.id) is None
    (answer,) = report(make, device, [seen(one.code)], at=now())
    assert answer.verdict is Verdict.ARRIVED
    assert arrived_at(one.id)
