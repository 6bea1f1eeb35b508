"""A young person signs up alone: the guardian whose number the school knows gets the link as a text message."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from app.accounts.models import User
from app.care.consents.asking import link_called
from app.care.consents.jobs import TEXT
from app.care.consents.texting import whom_to_text
from app.core.clock import SHANGHAI, now
from app.core.db import db
from app.core.jobs import enqueue
from app.core.links import public_url
from app.events.models import Registration
from app.messages.channels.carrier import Letter
from app.messages.models import Channel
from app.people.consents.guardians import GuardianWords, put_on_roster
from app.people.consents.models import GuardianRelation
from app.people.models import ActsFor, Relation
from tests.consents import say
from tests.factories import Factory
from tests.messages.readers import NOON
from tests.work import work_off

NUMBER = "13712345678"


class Phone:
    """A channel that keeps what it was given."""

    pause = 0.0

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def carries(self, kind: str) -> bool:
        """Take everything."""
        return bool(kind)

    @contextmanager
    def line(self) -> Iterator["Phone"]:
        """Open nothing."""
        yield self

    def send(self, letter: Letter) -> str:
        """Keep a letter."""
        self.letters.append(letter)
        return letter.key


@pytest.fixture
def phone(inside: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Phone]:
    """Text messages go out, in the middle of the day."""
    monkeypatch.setitem(inside.config, "CHANNELS", ("sms",))
    taken = Phone()
    monkeypatch.setitem(inside.extensions, "carriers", {Channel.SMS: taken})
    with time_machine.travel(NOON, tick=False):
        yield taken


def signed_up(make: Factory, user: User, *, relation: Relation = Relation.ONESELF, age: int = 15) -> Registration:
    """Sign a young person up whose mother is on the school's roster."""
    slot = make.slot(starts_at=now() + timedelta(days=5), ends_at=now() + timedelta(days=5, hours=2))
    one = make.registration(slot, user=user, age=age, relation=relation)
    mother = GuardianWords("王芳", GuardianRelation.MOTHER, NUMBER)
    make.do(put_on_roster, one.person_id, mother, make.school().id, by=make.user().id, at=now())
    return one


def look(app: Flask, make: Factory) -> None:
    """Let the workers look whom to tell, and send it."""
    make.do(enqueue, TEXT, {}, at=now())
    work_off(app)


@pytest.mark.parametrize("age", [12, 17])
def test_the_guardian_on_the_roster_gets_the_link_once(inside: Flask, make: Factory, phone: Phone, age: int) -> None:
    one = signed_up(make, make.user(), age=age)
    person_id, name = one.person_id, one.person.name
    for _ in range(2):
        look(inside, make)
    (letter,) = phone.letters
    assert letter.address == NUMBER
    assert letter.link == public_url("guardians.page", guardian_link=letter.tail)
    assert name not in letter.subject + letter.body
    link = link_called(letter.tail, at=now())
    assert [ask.person_id for ask in link.asks] == [person_id]


def test_where_a_parents_account_signed_it_up_or_reads_along_nobody_is_texted(
    inside: Flask, make: Factory, phone: Phone
) -> None:
    signed_up(make, make.user(), relation=Relation.CHILD)
    young = signed_up(make, make.user())
    make.do(_read_along, make.user().id, young.person_id)
    look(inside, make)
    assert phone.letters == []


def test_whoever_has_answered_is_left_alone(inside: Flask, make: Factory, phone: Phone) -> None:
    say(make, signed_up(make, make.user(), age=12), name="王芳")
    look(inside, make)
    assert phone.letters == []


def test_nothing_goes_out_in_the_quiet_hours(inside: Flask, make: Factory, phone: Phone) -> None:
    signed_up(make, make.user())
    night = datetime.combine(NOON.astimezone(SHANGHAI).date(), datetime.min.time(), SHANGHAI) + timedelta(hours=22)
    for moment, letters in ((night, 0), (night + timedelta(hours=11), 1)):
        with time_machine.travel(moment, tick=False):
            look(inside, make)
        assert len(phone.letters) == letters


def test_without_a_channel_there_is_no_link_either(inside: Flask, make: Factory, phone: Phone) -> None:
    waiting = signed_up(make, make.user()).id
    inside.config["CHANNELS"] = ()
    look(inside, make)
    assert list(whom_to_text(now())) == [waiting]


def _read_along(user_id: int, person_id: int) -> None:
    db.session.add(ActsFor(user_id=user_id, person_id=person_id, relation=Relation.CHILD, since=now()))
