"""A guardian says no to an event while the child signs up for it on the strength of the programme's consent."""

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.care.consents.answering import Said, answer
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, RegistrationState
from app.events.registration import consenting
from app.events.registration.operations import register
from app.people.consents.models import Guardian
from app.people.consents.scopes import event_scope
from app.people.models import ActsFor
from tests.care.consents.inside import an_event, taking_part
from tests.consents import NO, guardian
from tests.exchanges import a_programme
from tests.factories import Factory


def test_a_no_between_reading_and_writing_is_not_lost(
    app: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        programme = a_programme(make)
        event, one = an_event(make, programme), taking_part(make, programme)
        family = db.session.scalars(select(ActsFor.user_id).where(ActsFor.person_id == one.person_id)).first()
        slot_id, person_id, scope = event.slots[0].id, one.person_id, event_scope(event.id)
        who = guardian(make, person_id).id

    def say_no() -> None:
        with app.app_context():
            make.do(lambda: answer(Said(person_id, scope, NO), db.session.get_one(Guardian, who), at=now()))

    saying, weigh = threading.Thread(target=say_no), consenting.worth_of

    def slowly(*args: Any, **words: Any) -> consenting.Columns:
        found = weigh(*args, **words)
        saying.start()
        saying.join(1)
        return found

    monkeypatch.setattr(consenting, "worth_of", slowly)
    with app.app_context():
        place_id = make.do(register, person_id, slot_id, by=family, at=now()).id
    saying.join()
    with app.app_context():
        assert db.session.get_one(Registration, place_id).state is RegistrationState.CANCELLED
