"""What was agreed to has changed: guardians are asked again; and what was over keeps the consent it leaned on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.events import announcing, planning
from app.events.dates.slot_batches import make_batch
from app.events.models import Registration, RegistrationState, Slot
from app.events.plans import words_of
from app.events.registration.operations import register
from app.messages.models import Message, MessageKind
from app.people.consents.models import ConsentInForce
from tests.consents import agreed, take_back
from tests.factories import Factory

HELD, CONFIRMED, CANCELLED = RegistrationState.HELD, RegistrationState.CONFIRMED, RegistrationState.CANCELLED
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

pytestmark = pytest.mark.usefixtures("inside")


def far(make: Factory, **more: object) -> Slot:
    begins = now().replace(hour=2) + 20 * DAY
    return make.slot(**({"starts_at": begins, "ends_at": begins + HOUR, "closes_at": begins} | more))


def state(one: Registration) -> RegistrationState:
    db.session.expire_all()
    return db.session.get_one(Registration, one.id).state


def test_another_day_asks_again(make: Factory) -> None:
    slot = far(make)
    child = make.registration(slot, age=12)
    agreed(make, child)
    make.do(announcing.postpone_event, slot.event_id, slot.starts_at + DAY, "场馆有事", by=make.user().id, at=now())
    assert state(child) is HELD
    asked = select(Message.id).where(Message.registration_id == child.id, Message.kind == MessageKind.CONSENT_ASKED)
    assert len(db.session.scalars(asked).all()) == 2
    agreed(make, child)
    assert state(child) is CONFIRMED


def test_a_later_hour_and_the_rain_plan_do_not(make: Factory) -> None:
    slot, by = far(make), make.user().id
    child = make.registration(slot, age=12)
    agreed(make, child)
    make.do(announcing.postpone_event, slot.event_id, slot.starts_at + HOUR, "场馆有事", by=by, at=now())
    event = db.session.get_one(Slot, slot.id).event
    words = replace(words_of(event), rain_plan="改到室内")
    make.do(planning.edit_event, event.id, words, by=by, at=now())
    make.do(announcing.begin_rain_plan, event.id, by=by, at=now())
    assert state(child) is CONFIRMED


def test_another_place_and_a_way_out_of_the_county_do(make: Factory) -> None:
    for change in ({"place": "省城科技馆"}, {"leaves_county": True}):
        slot, by = far(make), make.user().id
        child = make.registration(slot, age=12)
        agreed(make, child)
        event = db.session.get_one(Slot, slot.id).event
        make.do(planning.edit_event, event.id, replace(words_of(event), **change), by=by, at=now())
        assert state(child) is HELD


def test_a_place_that_needed_nobody_before_is_held_when_it_leads_out_of_the_county(make: Factory) -> None:
    slot, by = far(make), make.user().id
    grown = make.registration(slot, age=30)
    event = slot.event
    make.do(planning.edit_event, event.id, replace(words_of(event), leaves_county=True), by=by, at=now())
    assert state(grown) is CONFIRMED


def test_withdrawn_in_the_middle_of_a_series_the_dates_that_were_stay(make: Factory) -> None:
    at = now().replace(hour=2) + DAY
    event, user = make.event(), make.user()
    dates = [at + number * 7 * DAY for number in (1, 2, 3)]
    plans = [make.plan(starts_at=one, ends_at=one + HOUR, closes_at=one) for one in dates]
    batch = make.do(make_batch, event.id, plans, "k1", is_series=True, by=user.id, at=now())
    slots = db.session.scalars(select(Slot).where(Slot.batch_id == batch.id).order_by(Slot.starts_at)).all()
    child = make.do(register, make.person(user, age=12).id, slots[0].id, by=user.id, at=now())
    who = agreed(make, child)
    series = select(Registration).where(Registration.person_id == child.person_id).order_by(Registration.slot_id)
    assert [one.state for one in db.session.scalars(series)] == [CONFIRMED] * 3
    take_back(make, child, who, at=dates[0] + 2 * HOUR)
    db.session.expire_all()
    assert [one.state for one in db.session.scalars(series)] == [CONFIRMED, CANCELLED, CANCELLED]
    (past,) = db.session.scalars(select(ConsentInForce)).all()
    assert past.scope.startswith("past:")
