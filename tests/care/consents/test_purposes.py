"""Each purpose is agreed to on its own, and one guardian's no to it is enough."""

import pytest
from flask import Flask

from app.care.consents.answering import Said
from app.care.consents.asking import ask_about
from app.care.consents.guardian_page import Signed, answer_link, change_purpose
from app.care.consents.models import GuardianAsk
from app.care.consents.problems import NothingToChange
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration
from app.people.consents.models import Consent, ConsentInForce, GuardianRelation, Purpose
from app.people.consents.problems import GuardianObjects
from tests.consents import NO, YES, call, say
from tests.factories import Factory

PHOTOS = {**YES, Purpose.PHOTOS: True}
NO_PHOTOS = {**YES, Purpose.PHOTOS: False}


@pytest.fixture
def child(inside: Flask, make: Factory) -> Registration:
    """A child whose place waits for a guardian."""
    return make.registration(age=12)


def agreed() -> dict[str, bool]:
    db.session.expire_all()
    return db.session.query(ConsentInForce).one().agreed


def page_of(make: Factory, child: Registration, name: str, said: dict[Purpose, bool]) -> GuardianAsk:
    """Let a guardian answer by link; returns what the private page shows."""
    link = make.do(ask_about, child.id, by=child.registered_by_id, at=now())
    answers = [Said(one.person_id, one.scope, said) for one in link.asks]
    return make.do(answer_link, link.id, answers, Signed(name, GuardianRelation.MOTHER), at=now()).asks[0]


def change(make: Factory, ask: GuardianAsk, purpose: Purpose, *, agrees: bool) -> None:
    make.do(change_purpose, ask.link_id, ask.id, purpose, agrees=agrees, at=now())


def test_a_yes_to_photos_does_not_hold_while_the_other_guardian_says_no(make: Factory, child: Registration) -> None:
    say(make, child, NO_PHOTOS, name="林建国")
    say(make, child, PHOTOS, name="王芳")
    assert agreed() == {"taking_part": False}


def test_on_the_page_one_is_told_so(make: Factory, child: Registration) -> None:
    say(make, child, NO_PHOTOS, name="林建国")
    ask = page_of(make, child, "王芳", dict(YES))
    with pytest.raises(GuardianObjects):
        change(make, ask, Purpose.PHOTOS, agrees=True)


def test_either_guardian_takes_a_yes_to_photos_back(make: Factory, child: Registration) -> None:
    say(make, child, PHOTOS, name="林建国")
    ask = page_of(make, child, "王芳", dict(PHOTOS))
    change(make, ask, Purpose.PHOTOS, agrees=False)
    assert agreed() == {"taking_part": False}


def test_what_was_proven_stays_proven_and_what_is_new_is_not(make: Factory, child: Registration) -> None:
    ask = page_of(make, child, "林建国", dict(NO_PHOTOS))
    assert ask.guardian
    call(make, child, ask.guardian)
    change(make, ask, Purpose.PHOTOS, agrees=True)
    assert agreed() == {"taking_part": True, "photos": False}


def test_only_what_the_guardian_said_is_written_down_anew(make: Factory, child: Registration) -> None:
    say(make, child, {**YES, Purpose.HEALTH: True}, name="林建国")
    ask = page_of(make, child, "王芳", dict(YES))
    change(make, ask, Purpose.PHOTOS, agrees=True)
    said = db.session.query(Consent).filter_by(guardian_id=ask.guardian_id)
    assert {one.purpose for one in said} == {Purpose.TAKING_PART, Purpose.PHOTOS}
    assert agreed() == {"taking_part": False, "health": False, "photos": False}


def test_whoever_said_no_changes_nothing_in_passing(make: Factory, child: Registration) -> None:
    ask = page_of(make, child, "王芳", dict(NO))
    with pytest.raises(NothingToChange):
        change(make, ask, Purpose.PHOTOS, agrees=True)
