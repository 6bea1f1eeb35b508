"""Where the host asks nobody from 14 on, the guardian is told by a text message, once, with nothing to answer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.core.clock import now
from app.core.links import public_url
from app.events.models import Registration, RegistrationState
from app.events.rules import Rules, change_rules
from app.messages.models import Channel
from app.people.consents.guardians import GuardianWords, put_on_roster
from app.people.consents.models import GuardianRelation
from app.people.models import Relation
from tests.care.consents.test_texting import NUMBER, Phone, look
from tests.factories import Factory
from tests.messages.readers import NOON

DAY = timedelta(days=1)


@pytest.fixture
def phone(inside: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Phone]:
    """Text messages go out, in the middle of the day."""
    monkeypatch.setitem(inside.config, "CHANNELS", ("sms",))
    taken = Phone()
    monkeypatch.setitem(inside.extensions, "carriers", {Channel.SMS: taken})
    with time_machine.travel(NOON, tick=False):
        yield taken


def signed_up(make: Factory, *, relation: Relation = Relation.ONESELF, asks: bool = False) -> Registration:
    """Sign somebody of 15 up, at a host that does not ask, with a mother on the school's roster."""
    begins = now() + 5 * DAY
    slot = make.slot(starts_at=begins, ends_at=begins + timedelta(hours=2))
    host_id, by = slot.event.host_id, make.user().id
    make.do(change_rules, host_id, Rules(asks_guardians=asks), by=by, at=now())
    one = make.registration(slot, user=make.user(), age=15, relation=relation)
    mother = GuardianWords("王芳", GuardianRelation.MOTHER, NUMBER)
    make.do(put_on_roster, one.person_id, mother, make.school().id, by=by, at=now())
    return one


def test_the_guardian_is_told_once_and_nobody_is_named(inside: Flask, make: Factory, phone: Phone) -> None:
    one = signed_up(make)
    assert one.state is RegistrationState.CONFIRMED
    event_id, name = one.slot.event_id, one.person.name
    for _ in range(2):
        look(inside, make)
    (letter,) = phone.letters
    assert (letter.address, letter.link, letter.tail) == (
        NUMBER,
        public_url("events.show", event_id=event_id),
        str(event_id),
    )
    assert name not in letter.subject + letter.body


def test_a_parent_who_signed_the_child_up_knows(inside: Flask, make: Factory, phone: Phone) -> None:
    signed_up(make, relation=Relation.CHILD)
    look(inside, make)
    assert phone.letters == []


def test_where_the_guardian_is_asked_there_is_one_message_and_it_asks(
    inside: Flask, make: Factory, phone: Phone
) -> None:
    signed_up(make, asks=True)
    look(inside, make)
    assert [letter.kind for letter in phone.letters] == ["guardian_link"]


def test_without_an_approved_template_nothing_is_noted_and_nothing_goes_out(
    inside: Flask, make: Factory, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_up(make)
    monkeypatch.setattr(Phone, "carries", lambda _self, kind: kind == "guardian_link")
    look(inside, make)
    monkeypatch.setattr(Phone, "carries", lambda _self, kind: bool(kind))
    look(inside, make)
    assert len(phone.letters) == 1
