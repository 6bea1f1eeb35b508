"""Silent pairs: teachers get one message with the number, once in each stretch; what a class sent is heard of all."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.core.clock import now
from app.core.db import db
from app.messages.models import Message, MessageKind
from app.organisations.models import Organisation
from app.pairing.journal import operations as journal
from app.pairing.journal.models import EntryKind
from app.pairing.journal.operations import Group
from app.pairing.journal.silence import page_of_silent, remind, rounds_to_remind
from app.pairing.letters import readers
from app.pairing.models import Pair, PairingMember, PairingRound
from app.people.consents.models import Strength
from app.people.models import Relation
from tests.accepting_rows import pair_of, published, say_yes
from tests.after_rows import formed, look_after, what
from tests.factories import Factory

LONG_AGO = timedelta(days=40)


@pytest.fixture
def host(inside: Flask, make: Factory) -> Organisation:
    """The unit that pairs."""
    return make.organisation()


@pytest.fixture
def pair(host: Organisation, make: Factory) -> Pair:
    """A pair that came about forty days ago."""
    pair = formed(make, host)
    make.do(_age, pair.id)
    return pair


def _age(pair_id: int) -> None:
    earlier = now() - LONG_AGO
    pair = db.session.get_one(Pair, pair_id)
    db.session.execute(update(Pair).where(Pair.id == pair_id).values(formed_at=earlier, shown_at=earlier))
    db.session.execute(update(PairingRound).where(PairingRound.id == pair.round_id).values(published_at=earlier))


def silent(pair: Pair) -> int:
    """Return how many pairs of a round are silent."""
    return len(page_of_silent(db.session.get_one(PairingRound, pair.round_id), now(), 0)[0])


@pytest.mark.parametrize("group", [Group(0), Group(1)])
def test_what_a_side_sent_is_heard_of_each_of_its_pairs(pair: Pair, make: Factory, group: Group) -> None:
    assert silent(pair) == 1
    entry = make.do(journal.note_group, pair.round_id, group, what(), by=make.user().id, at=now())
    assert silent(pair) == 0
    make.do(journal.take_back, entry.id, by=make.user().id, at=now())
    assert silent(pair) == 1


def test_of_another_class_nothing_is_heard(pair: Pair, make: Factory) -> None:
    make.do(journal.note_group, pair.round_id, Group(0, "", "九年级（9）班"), what(), by=make.user().id, at=now())
    assert silent(pair) == 1
    make.do(journal.note_pair, pair.id, 0, what(EntryKind.CALL, None, 1), by=make.user().id, at=now())
    assert silent(pair) == 0


def test_of_a_class_nothing_is_heard_of_the_pairs_of_others(host: Organisation, make: Factory) -> None:
    ours, theirs = ([make.person(age=19), make.person(age=19)] for _pair in range(2))
    made = published(make, host, ours, theirs)
    for person in (*ours, *theirs):
        say_yes(make, made, person, strength=Strength.CALLED, by=make.user().id)
    make.do(_put_in_class, made.id, ours[0].id)
    for one in (pair_of(made, ours[0]), pair_of(made, theirs[0])):
        make.do(_age, one.id)
    make.do(journal.note_group, made.id, Group(0, "", "七年级（1）班"), what(), by=make.user().id, at=now())
    found, _following = page_of_silent(db.session.get_one(PairingRound, made.id), now(), 0)
    assert [one.pair.id for one in found] == [pair_of(made, theirs[0]).id]


def _put_in_class(round_id: int, person_id: int) -> None:
    theirs = (PairingMember.round_id == round_id, PairingMember.person_id == person_id)
    db.session.execute(update(PairingMember).where(*theirs).values(class_name="七年级（1）班"))


def test_teachers_get_one_message_with_the_number_and_children_none(
    pair: Pair, host: Organisation, make: Factory
) -> None:
    teacher = make.member(host)
    person = make.person(teacher, name="王老师", relation=Relation.ONESELF, age=40)
    look_after(make, pair.round_id, teacher, make.member(host))
    assert pair.round_id in rounds_to_remind()
    for _twice in range(2):
        make.do(remind, pair.round_id, at=now())
    told = db.session.scalars(select(Message).where(Message.kind == MessageKind.PAIRS_SILENT)).all()
    assert [(one.person_id, one.facts["count"]) for one in told] == [(person.id, 1)]


def test_nobody_is_reminded_where_the_host_says_never(pair: Pair, host: Organisation, make: Factory) -> None:
    make.do(readers.settle, pair.round_id, None, 0, by=make.user().id, at=now())
    assert silent(pair) == 0
    assert make.do(remind, pair.round_id, at=now()) == 0
