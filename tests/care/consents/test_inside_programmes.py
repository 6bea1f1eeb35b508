"""What a guardian agreed to for a programme covers what happens inside it, for whoever takes part in it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.care.consents.answering import withdraw
from app.care.consents.queries import calls_of
from app.core.clock import now
from app.core.db import db
from app.events import announcing
from app.events.inside import put_into, take_out
from app.events.models import Event, RegistrationState
from app.messages.models import Message, MessageKind
from app.people.consents.models import ConsentInForce
from app.people.consents.scopes import PAST, event_scope, programme_scope
from app.programmes.applications import answering
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application, ApplicationState, Reach
from tests.care.consents.inside import an_event, noon, now_of, signed_up, taking_part
from tests.consents import NO, agreed, guardian, say
from tests.exchanges import a_programme, decide, entered, said_by
from tests.factories import Factory

HELD, CONFIRMED, CANCELLED = RegistrationState.HELD, RegistrationState.CONFIRMED, RegistrationState.CANCELLED

pytestmark = pytest.mark.usefixtures("inside")


def test_whoever_takes_part_is_not_asked_again(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme)
    place = signed_up(make, one, event)
    assert (now_of(place).state, now_of(place).consent_scope) == (CONFIRMED, programme_scope(programme.id))


def test_whoever_does_not_take_part_is_asked_about_the_event(make: Factory) -> None:
    event = an_event(make, a_programme(make))
    place = make.registration(event.slots[0], age=12)
    assert now_of(place).state is HELD
    agreed(make, place)
    assert (now_of(place).state, now_of(place).consent_scope) == (CONFIRMED, event_scope(event.id))


def test_whoever_has_left_the_programme_is_asked_about_the_event(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme)
    make.do(answering.decline, one.id, by=None, at=now())
    assert now_of(signed_up(make, one, event)).state is HELD


def test_putting_an_event_in_confirms_nobody_who_has_left_the_programme(make: Factory) -> None:
    programme = a_programme(make)
    event, one, by = an_event(make, programme), taking_part(make, programme), make.user().id
    make.do(take_out, event.id, by=by, at=now())
    place = signed_up(make, one, event)
    make.do(answering.decline, one.id, by=None, at=now())
    make.do(put_into, event.id, programme.id, by=by, at=now())
    assert now_of(place).state is HELD


def test_an_unproven_answer_to_the_programme_is_as_weak_for_the_event(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme, is_proven=False)
    place = signed_up(make, one, event)
    assert (now_of(place).state, now_of(place).is_agreed) == (HELD, True)
    (to_call,) = calls_of(event.id)
    assert to_call.consent is not None and not to_call.consent.is_proven
    said_by(make, one, is_called=True)
    assert now_of(place).state is CONFIRMED


def test_an_answer_to_the_programme_confirms_what_waits_inside_it(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), entered(make, programme, age=12)
    decide(make, Verdict.ACCEPT, one)
    place = signed_up(make, one, event)
    assert now_of(place).state is HELD
    said_by(make, one, is_called=True)
    assert now_of(place).state is CONFIRMED


@pytest.mark.parametrize(
    ("further", "programme"),
    [
        ({"day": 5}, {}),
        ({"day": -1}, {}),
        ({"hours": 20}, {}),
        ({"day": 4, "hours": 20}, {"nights_away": True}),
    ],
)
def test_what_goes_further_than_the_programme_is_asked_about(
    make: Factory, further: dict[str, int], programme: dict[str, Any]
) -> None:
    made = a_programme(make, **programme)
    event, one = an_event(make, made, **further), taking_part(make, made)
    assert now_of(signed_up(make, one, event)).state is HELD


def test_what_leads_out_of_the_county_needs_a_programme_that_does(make: Factory) -> None:
    states = []
    for reach in (Reach.LOCAL, Reach.CITIES):
        programme = a_programme(make, reach=reach)
        event, one = an_event(make, programme), taking_part(make, programme)
        make.do(lambda number: setattr(db.session.get_one(Event, number), "leaves_county", True), event.id)
        states.append(now_of(signed_up(make, one, event)).state)
    assert states == [HELD, CONFIRMED]


def test_nights_are_covered_where_the_programme_has_some(make: Factory) -> None:
    programme = a_programme(make, nights_away=True)
    event, one = an_event(make, programme, hours=20), taking_part(make, programme)
    assert now_of(signed_up(make, one, event)).state is CONFIRMED


def test_taking_the_programme_back_frees_what_is_inside_it(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme, capacity=1, has_waiting_list=True), taking_part(make, programme)
    place, next_one = signed_up(make, one, event), make.registration(event.slots[0], age=20)
    who = guardian(make, one.person_id)
    make.do(withdraw, one.person_id, programme_scope(programme.id), who.id, at=now())
    assert now_of(place).state is CANCELLED
    assert db.session.get_one(Application, one.id, populate_existing=True).state is ApplicationState.DECLINED
    assert now_of(next_one).state is RegistrationState.OFFERED


def test_taking_the_programme_back_leaves_what_was_agreed_to_by_itself(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), entered(make, programme, age=12)
    place = signed_up(make, one, event)
    agreed(make, place)
    decide(make, Verdict.ACCEPT, one)
    who = said_by(make, one, is_called=True)
    make.do(withdraw, one.person_id, programme_scope(programme.id), who.id, at=now())
    assert now_of(place).state is CONFIRMED


def test_a_no_to_the_event_alone_frees_it_and_holds(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme)
    place = signed_up(make, one, event)
    say(make, place, NO)
    assert now_of(place).state is CANCELLED
    assert db.session.get_one(Application, one.id, populate_existing=True).state is ApplicationState.CONFIRMED
    assert now_of(signed_up(make, one, event)).state is HELD


def test_what_has_begun_stays_when_the_programme_is_taken_back(make: Factory) -> None:
    """Application and place lean on the same row of what is over."""
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme)
    place = signed_up(make, one, event)
    later = noon(programme.ends_on + timedelta(days=3))
    who = guardian(make, one.person_id)
    make.do(withdraw, one.person_id, programme_scope(programme.id), who.id, at=later)
    assert now_of(place).state is CONFIRMED
    scopes = db.session.scalars(select(ConsentInForce.scope).where(ConsentInForce.person_id == one.person_id)).all()
    assert scopes == [now_of(place).consent_scope]
    assert scopes[0].startswith(PAST)


def test_a_place_is_confirmed_when_its_event_is_put_into_the_programme_and_held_when_it_is_taken_out(
    make: Factory,
) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme)
    by = make.user().id
    make.do(take_out, event.id, by=by, at=now())
    place = signed_up(make, one, event)
    assert now_of(place).state is HELD
    make.do(put_into, event.id, programme.id, by=by, at=now())
    assert now_of(place).state is CONFIRMED
    make.do(take_out, event.id, by=by, at=now())
    assert now_of(place).state is HELD
    told = select(Message.kind).where(Message.registration_id == place.id).order_by(Message.id)
    asked, placed = MessageKind.CONSENT_ASKED, MessageKind.REGISTERED
    assert list(db.session.scalars(told)) == [asked, placed, asked]


def test_another_day_asks_again_only_outside_of_the_programmes_days(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme)
    place, by = signed_up(make, one, event), make.user().id
    states = []
    for day in (2, 6):
        begins = noon(programme.starts_on + timedelta(days=day))
        make.do(announcing.postpone_event, event.id, begins, "场馆有事", by=by, at=now())
        states.append(now_of(place).state)
    assert states == [CONFIRMED, HELD]


def test_a_place_that_was_agreed_to_by_itself_stays_when_its_event_is_taken_out(make: Factory) -> None:
    event = an_event(make, a_programme(make))
    place = make.registration(event.slots[0], age=12)
    agreed(make, place)
    make.do(take_out, event.id, by=make.user().id, at=now())
    assert now_of(place).state is CONFIRMED
