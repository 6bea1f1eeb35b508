"""What a programme's consent no longer covers once something has changed, and what nobody may read wrongly then."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.care.consents.answering import withdraw
from app.care.consents.guardian_page import Signed
from app.care.merging.operations import merge
from app.core.clock import now
from app.core.db import db
from app.events import announcing
from app.events import planning as event_planning
from app.events.acts.decisions import cancel_for
from app.events.acts.undoing import undo
from app.events.models import Event, Registration, RegistrationState, Slot, SlotForm
from app.events.plans import plan_of
from app.messages.models import Message, MessageKind
from app.people.consents.models import GuardianRelation
from app.people.consents.scopes import event_scope, programme_scope
from app.programmes import planning
from app.programmes.applications import answering
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Programme, Reach
from tests.care.consents.inside import an_event, noon, now_of, signed_up, taking_part
from tests.consents import NO, agreed, guardian, say
from tests.exchanges import a_programme, decide, entered, replanned, said_by
from tests.factories import Factory

HELD, CONFIRMED, CANCELLED = RegistrationState.HELD, RegistrationState.CONFIRMED, RegistrationState.CANCELLED
FATHER = Signed("何建平", GuardianRelation.FATHER)

pytestmark = pytest.mark.usefixtures("inside")


def postpone(make: Factory, event: Event, programme: Programme, day: int) -> None:
    begins = noon(programme.starts_on + timedelta(days=day))
    make.do(announcing.postpone_event, event.id, begins, "场馆有事", by=make.user().id, at=now())


def told(one: Registration) -> list[MessageKind]:
    return list(db.session.scalars(select(Message.kind).where(Message.registration_id == one.id).order_by(Message.id)))


@pytest.mark.parametrize(
    ("event", "widened"),
    [
        ({"hours": 20}, {"nights_away": True}),
        ({"day": 6}, {"days_more": 10}),
        ({"day": 1}, {"days_more": 10}),
        ({"day": 1}, {"reach": Reach.CITIES}),
    ],
)
def test_who_agreed_before_a_programme_went_further_is_asked(
    make: Factory, event: dict[str, int], widened: dict[str, Any]
) -> None:
    programme = a_programme(make)
    one = taking_part(make, programme)
    replanned(make, programme, **widened)
    place = signed_up(make, one, an_event(make, programme, **event))
    assert now_of(place).state is HELD


def test_who_agrees_to_a_programme_that_has_gone_further_is_not_asked_again(make: Factory) -> None:
    programme = a_programme(make)
    replanned(make, programme, nights_away=True)
    event, one = an_event(make, programme, hours=20), taking_part(make, programme)
    assert now_of(signed_up(make, one, event)).state is CONFIRMED


def test_other_words_of_a_programme_ask_nobody(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme)
    place = signed_up(make, one, event)
    replanned(make, programme, title="两地青少年冬令营", place="新的地点")
    assert now_of(place).state is CONFIRMED


@pytest.mark.parametrize("changes", [{"nights_away": True}, {"days_less": 4}])
def test_a_place_is_held_again_and_told_so_when_the_programme_changes_around_it(
    make: Factory, changes: dict[str, Any]
) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme, day=3), taking_part(make, programme)
    place = signed_up(make, one, event)
    less = changes.get("days_less")
    replanned(make, programme, **({"ends_on": programme.ends_on - timedelta(days=less)} if less else changes))
    assert now_of(place).state is HELD
    assert told(place)[-1] is MessageKind.CONSENT_ASKED


def test_a_programme_that_is_called_off_covers_nothing(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme)
    make.do(planning.cancel, programme.id, "天气", by=make.user().id, at=now())
    assert now_of(signed_up(make, one, event)).state is HELD


def test_a_shift_that_is_moved_out_of_the_programme_is_asked_about(make: Factory) -> None:
    """Its term would cover it on either day, but nobody has agreed to that."""
    programme = a_programme(make)
    event, one = an_event(make, programme, form=SlotForm.SHIFT, min_age=10), taking_part(make, programme, age=15)
    place = signed_up(make, one, event)
    assert now_of(place).state is CONFIRMED
    postpone(make, event, programme, 7)
    assert now_of(place).state is HELD


def test_a_slot_that_lasts_longer_than_the_programme_is_asked_about(make: Factory) -> None:
    programme = a_programme(make, nights_away=True)
    event, one = an_event(make, programme, hours=48), taking_part(make, programme)
    place = signed_up(make, one, event)
    slot = db.session.get_one(Slot, event.slots[0].id, populate_existing=True)
    longer = replace(plan_of(slot), ends_at=noon(programme.ends_on + timedelta(days=10)))
    make.do(event_planning.edit_slot, slot.id, longer, by=make.user().id, at=now())
    assert now_of(place).state is HELD


def test_a_stay_that_grows_by_a_day_is_asked_about_anew(make: Factory) -> None:
    place = make.registration(make.slot(ends_at=now() + timedelta(days=2)), age=12)
    agreed(make, place)
    slot = now_of(place).slot
    longer = replace(plan_of(slot), ends_at=slot.ends_at + timedelta(days=1))
    make.do(event_planning.edit_slot, slot.id, longer, by=make.user().id, at=now())
    assert now_of(place).state is HELD


def test_what_ends_at_midnight_of_the_last_day_is_within_the_programme(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme, day=4, hours=12), taking_part(make, programme)
    assert now_of(signed_up(make, one, event)).state is CONFIRMED


def test_moving_one_event_leaves_the_others_alone(make: Factory) -> None:
    programme = a_programme(make)
    moved, other = an_event(make, programme), an_event(make, programme, day=2)
    one = taking_part(make, programme)
    place = signed_up(make, one, other)
    signed_up(make, one, moved)
    make.do(answering.decline, one.id, by=None, at=now())
    postpone(make, moved, programme, 3)
    assert now_of(place).state is CONFIRMED


def test_a_no_to_the_event_for_another_record_of_the_same_person_holds_the_place(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme)
    place, other = signed_up(make, one, event), make.registration(event.slots[0], age=12)
    say(make, other, NO)
    make.do(merge, one.person_id, other.person_id, by=make.user().id, at=now())
    assert now_of(place).state is HELD


def test_a_place_with_an_unproven_answer_of_its_own_is_confirmed_with_the_programme(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), entered(make, programme, age=12)
    place = signed_up(make, one, event)
    say(make, place)
    decide(make, Verdict.ACCEPT, one)
    said_by(make, one, is_called=True)
    assert now_of(place).state is CONFIRMED


def test_a_no_to_the_programme_leaves_what_it_does_not_cover(make: Factory) -> None:
    programme = a_programme(make)
    before, one = an_event(make, programme, day=-3), entered(make, programme, age=12)
    decide(make, Verdict.ACCEPT, one)
    place = signed_up(make, one, before)
    said_by(make, one, yes=False)
    assert now_of(place).state is HELD


@pytest.mark.parametrize("by_programme", [False, True])
def test_an_act_that_is_undone_holds_a_place_whose_consent_was_taken_back(make: Factory, by_programme: bool) -> None:
    programme = a_programme(make)
    event, by = an_event(make, programme), make.user().id
    one = taking_part(make, programme) if by_programme else None
    place = signed_up(make, one, event) if one else make.registration(event.slots[0], age=12)
    who = guardian(make, place.person_id) if one else agreed(make, place)
    act = make.do(cancel_for, event.id, [place.id], "人数太多", "k", by=by, at=now())
    scope = programme_scope(programme.id) if one else event_scope(event.id)
    make.do(withdraw, place.person_id, scope, who.id, at=now())
    make.do(undo, act.id, by=by, at=now())
    assert now_of(place).state is HELD
