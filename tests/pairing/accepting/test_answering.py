"""Both youths and the guardians of minors say yes, or somebody asks for another."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.messages.models import Message, MessageKind
from app.organisations.models import Organisation
from app.pairing.accepting.answering import Signer, accept, ask_another
from app.pairing.accepting.jobs import due_to_stand
from app.pairing.accepting.problems import NotForYou
from app.pairing.accepting.reminding import remind
from app.pairing.models import PairingRound
from app.pairing.states import PairState
from app.people.consents.models import Strength
from app.people.models import Person, Relation
from tests.accepting_rows import guardian_of, member_of, pair_of, published, say_yes
from tests.factories import Factory

CALLED = {"strength": Strength.CALLED}
Saying = Callable[[], None]


@pytest.fixture
def host(inside: Flask, make: Factory) -> Organisation:
    """The unit that pairs."""
    return make.organisation()


def youth(make: Factory, age: int, *, has_account: bool = True) -> Person:
    """Make somebody with an account of its own, or whose parent has one."""
    relation = Relation.ONESELF if has_account else Relation.CHILD
    return make.person(make.user(), age=age, relation=relation, name="欧阳娜娜")


def state(made: PairingRound, person: Person) -> PairState:
    """Return how somebody's pair stands."""
    return pair_of(made, person).state


def told(kind: MessageKind) -> list[int]:
    """Return who was told something, each as often as it was."""
    return sorted(db.session.scalars(select(Message.person_id).where(Message.kind == kind)))


@pytest.mark.parametrize("missing", range(4))
def test_a_pair_comes_about_with_the_last_yes_it_needs(host: Organisation, make: Factory, missing: int) -> None:
    one, other = youth(make, 15), youth(make, 12)
    made, by = published(make, host, (one, other)), make.user().id
    yes: list[Saying] = [
        lambda: say_yes(make, made, one),
        lambda: say_yes(make, made, one, as_guardian=True),
        lambda: say_yes(make, made, other),
        lambda: say_yes(make, made, other, as_guardian=True, by=by, **CALLED),
    ]
    last = yes.pop(missing)
    for say in yes:
        say()
    assert state(made, one) is PairState.PROPOSED
    last()
    last()
    assert state(made, one) is PairState.FORMED
    assert told(MessageKind.PAIR_FORMED) == sorted([one.id, other.id])


def test_under_fourteen_a_yes_that_nobody_has_proven_does_not_count(host: Organisation, make: Factory) -> None:
    child, grown = youth(make, 13, has_account=False), youth(make, 19)
    made = published(make, host, (child, grown))
    say_yes(make, made, grown)
    say_yes(make, made, child, as_guardian=True)
    assert state(made, child) is PairState.PROPOSED
    say_yes(make, made, child, as_guardian=True, by=make.user().id, **CALLED)
    assert state(made, child) is PairState.FORMED
    say_yes(make, made, child, as_guardian=True)  # the same by link: what was proven stays proven
    assert state(made, child) is PairState.FORMED


def test_whoever_asks_for_another_is_the_organisers_matter_and_the_other_family_is_told_nothing(
    host: Organisation, make: Factory
) -> None:
    one, other = youth(make, 19), youth(make, 20)
    made = published(make, host, (one, other))
    before, member = db.session.scalars(select(Message.id)).all(), member_of(made, one)
    make.do(ask_another, member.pair_id, member.id, Signer(), "想找同年级的", at=now())
    assert state(made, one) is PairState.ASKED
    say_yes(make, made, other)
    assert state(made, one) is PairState.ASKED
    assert db.session.scalars(select(Message.id)).all() == before
    say_yes(make, made, one)  # thought again
    assert state(made, one) is PairState.FORMED


def test_one_guardian_answers_for_its_own_child_only_and_for_nobody_of_age(host: Organisation, make: Factory) -> None:
    child, other, grown = youth(make, 15), youth(make, 15), youth(make, 19)
    made = published(make, host, (child, other), (grown, youth(make, 19)))
    stranger = make.do(guardian_of, other.id)
    for person, guardian_id in ((child, stranger), (grown, make.do(guardian_of, grown.id))):
        member = member_of(made, person)
        with pytest.raises(NotForYou):
            make.do(accept, member.pair_id, member.id, Signer(guardian_id), at=now())


def test_who_has_not_answered_is_reminded_once_a_day_and_nobody_else(host: Organisation, make: Factory) -> None:
    one, other = youth(make, 19), youth(make, 20)
    made = published(make, host, (one, other))
    say_yes(make, made, one)
    assert make.do(remind, made.id, at=now(), is_due_only=True) == 0
    assert make.do(remind, made.id, at=now() + timedelta(days=9), is_due_only=True) == 1
    assert make.do(remind, made.id, at=now() + timedelta(days=9)) == 0
    assert told(MessageKind.PAIR_REMINDER) == [other.id]
    assert due_to_stand(now() + timedelta(days=30)) == []  # person to person nothing comes about by itself
