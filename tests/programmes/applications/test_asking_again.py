"""A published programme comes to go further than guardians were told: they are asked anew, and nobody else is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.care.consents.answering import Said
from app.care.consents.asking import ask_about_programme
from app.care.consents.guardian_page import Signed, answer_link
from app.care.consents.queries import asked_by
from app.core.clock import local_day, now
from app.core.db import db
from app.messages.models import Message, MessageKind
from app.people.consents.models import GuardianRelation
from app.programmes import planning
from app.programmes.applications import answering
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application, ApplicationState, Programme, Reach
from tests.consents import YES
from tests.exchanges import a_programme, decide, entered, fresh, replanned, said_by
from tests.factories import Factory

HELD, CONFIRMED = ApplicationState.HELD, ApplicationState.CONFIRMED

pytestmark = pytest.mark.usefixtures("inside")


def takes_part(make: Factory, programme: Programme, age: int, *, is_called: bool = False) -> Application:
    """Let somebody be chosen and a guardian agree."""
    one = entered(make, programme, age=age)
    decide(make, Verdict.ACCEPT, one)
    said_by(make, one, is_called=is_called)
    assert fresh(one).state is CONFIRMED
    return one


def told(one: Application) -> Sequence[MessageKind]:
    """Return what was told to whoever an application is about."""
    theirs = select(Message.kind).where(Message.person_id == one.person_id).order_by(Message.id)
    return db.session.scalars(theirs).all()


@pytest.mark.parametrize("further", [{"nights_away": True}, {"reach": Reach.CITIES}, {"days_more": 1}])
def test_whose_guardian_agreed_to_less_waits_for_an_answer_anew(make: Factory, further: dict[str, Any]) -> None:
    programme = a_programme(make)
    one = takes_part(make, programme, 15)
    replanned(make, programme, **further)
    found = fresh(one)
    assert (found.state, found.consent_id, found.confirm_by is not None) == (HELD, None, True)
    assert told(one)[-1] is MessageKind.CHOSEN_HELD
    said_by(make, one)
    needs_proof = "days_more" not in further
    assert (fresh(one).state, fresh(one).consent_id is not None) == (HELD if needs_proof else CONFIRMED, True)
    said_by(make, one, is_called=True)
    assert fresh(one).state is CONFIRMED


def test_an_old_proof_is_not_carried_to_what_is_new(make: Factory) -> None:
    programme = a_programme(make)
    one = takes_part(make, programme, 12, is_called=True)
    replanned(make, programme, days_more=1)
    said_by(make, one)
    assert fresh(one).is_agreed
    said_by(make, one, is_called=True)
    assert fresh(one).state is CONFIRMED


def test_what_was_taken_back_holds_again_without_an_answer(make: Factory) -> None:
    programme = a_programme(make)
    one = takes_part(make, programme, 12, is_called=True)
    replanned(make, programme, nights_away=True)
    assert fresh(one).state is HELD
    replanned(make, programme, nights_away=False)
    assert fresh(one).state is CONFIRMED
    assert told(one)[-2:] == [MessageKind.CHOSEN_HELD, MessageKind.TAKES_PART]


def test_what_only_some_were_told_is_not_taken_for_told(make: Factory) -> None:
    """One family agreed to the first days, another to the later ones: neither was told of the other's."""
    programme = a_programme(make, places=2)
    first, early = programme.starts_on, takes_part(make, programme, 15)
    replanned(make, programme, days_more=3, starts_on=first + timedelta(days=3))
    late = takes_part(make, programme, 15)
    assert fresh(early).state is HELD
    replanned(make, programme, days_more=-6, starts_on=first)
    assert (fresh(early).state, fresh(late).state) == (HELD, HELD)
    replanned(make, programme, days_more=-1)
    assert (fresh(early).state, fresh(late).state) == (HELD, HELD)


def test_what_both_were_told_holds_for_both(make: Factory) -> None:
    programme = a_programme(make, places=2)
    first, early = programme.starts_on, takes_part(make, programme, 15)
    replanned(make, programme, days_more=3, starts_on=first + timedelta(days=3))
    late = takes_part(make, programme, 15)
    replanned(make, programme, days_more=-3)
    assert (fresh(early).state, fresh(late).state) == (CONFIRMED, CONFIRMED)


def test_nobody_of_age_is_asked_again_and_nobody_for_less(make: Factory) -> None:
    programme = a_programme(make, nights_away=True)
    one = takes_part(make, programme, 12, is_called=True)
    before = told(one)
    replanned(make, programme, nights_away=False, days_more=-1, title="短一些")
    assert (fresh(one).state, told(one)) == (CONFIRMED, before)
    adult = entered(make, programme, age=20)
    decide(make, Verdict.ACCEPT, adult)
    make.do(answering.say_yes, adult.id, by=adult.applied_by_id, at=now())
    replanned(make, programme, days_more=5)
    assert (fresh(one).state, fresh(adult).state) == (HELD, CONFIRMED)


def test_nobody_is_sent_home_from_a_programme_that_has_begun(make: Factory) -> None:
    programme = a_programme(make)
    one = takes_part(make, programme, 12, is_called=True)
    noon = now() + timedelta(days=(programme.starts_on - local_day(now())).days + 1)
    known = db.session.get_one(Programme, programme.id, populate_existing=True)
    words = replace(planning.words_of(known), ends_on=known.ends_on + timedelta(days=1))
    make.do(planning.edit_programme, programme.id, words, by=make.user().id, at=noon)
    assert fresh(one).state is CONFIRMED


def test_what_went_further_while_it_was_called_off_is_asked_about_once_it_is_resumed(make: Factory) -> None:
    programme, by = a_programme(make), make.user().id
    one = takes_part(make, programme, 12, is_called=True)
    make.do(planning.cancel, programme.id, "台风", by=by, at=now())
    replanned(make, programme, days_more=1)
    assert fresh(one).state is CONFIRMED
    make.do(planning.resume, programme.id, by=by, at=now())
    assert fresh(one).state is HELD


def test_a_family_is_asked_by_a_new_link_and_its_page_says_why(make: Factory) -> None:
    programme, father = a_programme(make), Signed("何建平", GuardianRelation.FATHER)
    one = takes_part(make, programme, 15)
    replanned(make, programme, days_more=1)
    link = make.do(ask_about_programme, one.id, by=one.applied_by_id, at=now())
    (asked,) = make.do(lambda: asked_by(link))
    assert (asked.is_held, asked.is_outgrown) == (True, True)
    said = [Said(one.person_id, asked.ask.scope, YES)]
    page = make.do(answer_link, link.id, said, father, at=now())
    (answered,) = make.do(lambda: asked_by(page))
    assert (answered.is_held, answered.is_outgrown) == (False, False)
    assert fresh(one).state is CONFIRMED
