"""Whoever had two codes is let in with either, since two records became one."""

from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.care.merging.operations import merge
from app.checkin.models import Attendance, Source, Verdict
from app.checkin.operations import Gate, report_scans
from app.checkin.taking_in import Seen
from app.core.clock import now
from app.core.db import db
from app.events.models import Event, Registration
from tests.factories import Factory
from tests.signing_in import Personas


@pytest.fixture
def codes(make: Factory) -> tuple[Event, Registration, str, str]:
    """An event that is going on, the place that stays, its code, and the code of the one that went."""
    event = make.going_on()
    stays, goes = (make.registration(event.slots[0], name="林晓雨") for _ in range(2))
    former = goes.code
    make.do(merge, stays.person_id, goes.person_id, by=make.user().id, at=now())
    return event, stays, stays.code, former


def test_both_codes_are_one_arrival(inside: Flask, make: Factory, codes: tuple[Event, Registration, str, str]) -> None:
    event, stays, code, former = codes
    device, _token = make.device(event)
    gate = Gate(device.id, event.id, device.opened_at)
    batch = [
        Seen(key, one, None, now(), Source.CAMERA) for key, one in zip((uuid4(), uuid4()), (former, code), strict=True)
    ]
    judged = make.do(report_scans, gate, batch, at=now())
    assert [one.verdict for one in judged] == [Verdict.ARRIVED, Verdict.ALREADY]
    assert db.session.scalars(select(Attendance.registration_id)).all() == [stays.id]
    again = make.do(report_scans, gate, batch[:1], at=now())
    assert [one.verdict for one in again] == [Verdict.ARRIVED]


def test_a_phones_camera_finds_the_place_by_the_old_code(
    personas: Personas, make: Factory, codes: tuple[Event, Registration, str, str]
) -> None:
    _event, stays, code, former = codes
    browser = personas.young(make.do(db.session.get_one, User, stays.registered_by_id))
    for one in (code, former):
        assert browser.get(f"/P/{one}").location.endswith(f"/registrations/{stays.id}")
    assert personas.anonymous.get(f"/P/{former}").status_code == 200
    assert personas.anonymous.get("/P/0000000000000000").status_code == 404
