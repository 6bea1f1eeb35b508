"""What families are asked and teachers read where a programme's consent covers its events."""

from typing import Any

import pytest

from app.care.consents.answering import Said, answer, typed_guardian
from app.care.consents.asking import ask_about_programme, ask_family
from app.care.consents.evidence import sheets_about
from app.care.consents.family import children_to_answer_for
from app.care.consents.guardian_page import Signed, answer_link
from app.care.consents.queries import Asked, asked_by
from app.core.clock import now
from app.core.db import db
from app.events.models import RegistrationState, Slot
from app.events.needs import refused_notes
from app.events.registration.operations import register
from app.events.registration.scopes import scope_of, scopes_of
from app.people.consents.models import GuardianRelation, Purpose
from app.people.consents.scopes import event_scope, programme_scope
from app.people.queries import acted_for_by
from app.programmes.applications import answering
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application, ApplicationState
from tests.care.consents.inside import an_event, chosen_of, fresh_event, now_of, signed_up, taking_part
from tests.consents import NO, YES, say
from tests.exchanges import a_programme, decide, entered, said_by
from tests.factories import Factory

CONFIRMED = RegistrationState.CONFIRMED
FATHER = Signed("何建平", GuardianRelation.FATHER)

pytestmark = pytest.mark.usefixtures("inside")


def on_link(make: Factory, link: Any) -> list[Asked]:
    return make.do(lambda: asked_by(link))


def test_a_family_is_asked_about_the_programme_and_not_twice(make: Factory) -> None:
    programme, family = a_programme(make), make.user()
    event, one = an_event(make, programme), chosen_of(make, programme, family)
    place = make.do(register, one.person_id, event.slots[0].id, by=family.id, at=now())
    link = make.do(ask_family, family.id, at=now())
    (asked,) = on_link(make, link)
    assert (asked.ask.scope, [each.id for each in asked.places]) == (programme_scope(programme.id), [place.id])
    said = [Said(one.person_id, asked.ask.scope, YES)]
    page = make.do(answer_link, link.id, said, FATHER, at=now())
    (answered,) = on_link(make, page)
    assert [each.id for each in answered.places] == [place.id]
    assert now_of(place).is_agreed


def test_a_parent_who_signs_a_child_up_does_not_answer_again(make: Factory) -> None:
    programme, family = a_programme(make), make.user()
    event, one = an_event(make, programme), chosen_of(make, programme, family)
    known = acted_for_by(family.id)
    slot = db.session.get_one(Slot, event.slots[0].id)
    assert len(children_to_answer_for(slot, known, at=now())) == 1
    said_by(make, one, is_called=True)
    assert children_to_answer_for(db.session.get_one(Slot, slot.id), known, at=now()) == []


def test_notes_that_a_guardian_refused_for_the_programme_stay_hidden_at_its_events(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), entered(make, programme, age=12)
    decide(make, Verdict.ACCEPT, one)
    make.do(keep_no_notes, one)
    assert refused_notes([one.person_id], scopes_of(fresh_event(event).slots[0])) == {one.person_id}
    assert refused_notes([one.person_id], {scope_of(fresh_event(event).slots[0])}) == set()


def keep_no_notes(one: Application) -> None:
    who = typed_guardian(one.person_id, "林建国", GuardianRelation.FATHER, at=now())
    spoken = {Purpose.TAKING_PART: True, Purpose.HEALTH: False}
    answer(Said(one.person_id, programme_scope(one.programme_id), spoken), who, at=now())


def test_the_record_of_a_place_has_what_was_signed_for_the_programme(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme)
    place = signed_up(make, one, event)
    assert len(sheets_about(one.person_id, scopes_of(now_of(place).slot))) == 2  # the link, and the call


def test_a_link_about_a_programme_does_not_end_with_a_place_that_is_asked_about_later(make: Factory) -> None:
    family = make.user()
    one = chosen_of(make, a_programme(make, confirm_days=20), family)
    until = make.do(ask_about_programme, one.id, by=family.id, at=now()).expires_at
    make.do(register, one.person_id, make.slot().id, by=family.id, at=now())
    link = make.do(ask_family, family.id, at=now())
    assert (len(link.asks), link.expires_at) == (2, until)


def test_a_link_shows_with_the_programme_only_what_its_answer_covers(make: Factory) -> None:
    programme, family = a_programme(make), make.user()
    one = chosen_of(make, programme, family)
    for event in (an_event(make, programme, day=-3), an_event(make, programme, hours=20)):
        make.do(register, one.person_id, event.slots[0].id, by=family.id, at=now())
    link = make.do(ask_about_programme, one.id, by=family.id, at=now())
    (asked,) = on_link(make, link)
    assert asked.places == []
    page = make.do(answer_link, link.id, [Said(one.person_id, asked.ask.scope, YES)], FATHER, at=now())
    said_by(make, one, is_called=True, name="何建平")
    (answered,) = on_link(make, page)
    assert answered.application is not None
    assert (answered.application.state, answered.is_held) == (ApplicationState.CONFIRMED, False)


def test_a_link_asks_nothing_any_more_once_the_family_has_declined(make: Factory) -> None:
    programme, family = a_programme(make), make.user()
    event, one = an_event(make, programme), chosen_of(make, programme, family)
    make.do(register, one.person_id, event.slots[0].id, by=family.id, at=now())
    link = make.do(ask_family, family.id, at=now())
    make.do(answering.decline, one.id, by=family.id, at=now())
    assert [asked.is_held for asked in on_link(make, link)] == [False]
    again = on_link(make, make.do(ask_family, family.id, at=now()))
    assert [asked.ask.scope for asked in again if asked.is_held] == [event_scope(event.id)]


def test_what_was_said_no_to_by_itself_is_asked_about_by_itself(make: Factory) -> None:
    programme, family = a_programme(make), make.user()
    event, one = an_event(make, programme), chosen_of(make, programme, family)
    place = make.do(register, one.person_id, event.slots[0].id, by=family.id, at=now())
    say(make, place, NO, name="何建平")
    make.do(register, one.person_id, event.slots[0].id, by=family.id, at=now())
    (asked,) = on_link(make, make.do(ask_family, family.id, at=now()))
    assert asked.ask.scope == event_scope(event.id)
