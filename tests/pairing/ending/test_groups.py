"""Somebody comes into a group for whoever left: asked are they and their partners-to-be, and nobody else."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import local_day, now
from app.core.db import db, transact
from app.messages.models import Message, MessageKind
from app.organisations.models import Organisation
from app.pairing.accepting import contacts
from app.pairing.accepting.answering import Signer
from app.pairing.accepting.contacts import Reachable
from app.pairing.accepting.jobs import due_to_stand, stand
from app.pairing.accepting.models import PairContact
from app.pairing.accepting.needed import answers_of, missing_of
from app.pairing.ending import late, operations
from app.pairing.ending.operations import Why
from app.pairing.ending.problems import NotAgreedAtHome, NotFree
from app.pairing.journal.problems import PairIsOver
from app.pairing.letters import handing, writing
from app.pairing.members import Entry
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.states import Missing, PairState, Way
from app.pairing.youths import Shape
from app.people.consents.models import Strength
from app.people.models import Person
from tests.accepting_rows import published, say_yes
from tests.after_rows import look_after
from tests.exchanges import a_programme
from tests.factories import Factory

HOST, FIRST, SECOND, COMING = "周舟", "吴越", "郑爽", "孙强"


@pytest.fixture
def unit(inside: Flask, make: Factory) -> Organisation:
    """The unit that pairs."""
    return make.organisation()


@pytest.fixture
def made(unit: Organisation, make: Factory) -> PairingRound:
    """A round with a group that has come about: one on the first side, two on the second; and somebody free there."""
    people = [make.person(name=name, age=19) for name in (HOST, FIRST)]
    return completed(make, published(make, unit, people, shape=Shape.ONE_TO_MANY))


def completed(make: Factory, made: PairingRound) -> PairingRound:
    """Let a third into the only pair of a round, and a fourth be free; all of the group say yes."""
    by = make.user().id
    make.do(late.let_in, made.id, 1, [grown_up(SECOND), grown_up(COMING)], by=by, at=now())
    make.do(_be_three, made.id)
    if made.way is Way.PERSON:
        for name in (HOST, FIRST, SECOND):
            say_yes(make, made, one_of(made, name).person, strength=Strength.CALLED, by=by)
    return made


def grown_up(name: str) -> Entry:
    """Return somebody of age as a list names them."""
    return Entry(name, local_day(now()) - timedelta(days=19 * 366))


def _be_three(round_id: int) -> None:
    made = db.session.get_one(PairingRound, round_id)
    one_of(made, SECOND).pair_id = one_of(made, HOST).pair_id


def one_of(made: PairingRound, name: str) -> PairingMember:
    """Return somebody of a round by name."""
    theirs = select(PairingMember).join(PairingMember.person)
    named = theirs.where(PairingMember.round_id == made.id, Person.name == name)
    return db.session.scalars(named.execution_options(populate_existing=True)).one()


def group(made: PairingRound) -> Pair:
    """Return the group as it is now."""
    return db.session.get_one(Pair, one_of(made, HOST).pair_id, populate_existing=True)


def change(make: Factory, made: PairingRound, leaving: str, coming: str = COMING) -> None:
    """Let somebody leave, and somebody come."""
    ids = make.do(lambda: (one_of(made, leaving).id, one_of(made, coming).id))
    make.do(operations.substitute, *ids, Why(local_day(now()), "搬家了"), by=make.user().id, at=now())


def waits_for(made: PairingRound) -> dict[str, list[Missing]]:
    """Return whose yes is missing."""
    pair = group(made)
    missing = missing_of(pair.members, answers_of([pair.id]), at=now())
    return {one.person.name: missing[one.id] for one in pair.members if missing[one.id]}


def told(kind: MessageKind) -> list[str]:
    """Return whom something was told, by name."""
    named = select(Person.name).join(Message, Message.person_id == Person.id).where(Message.kind == kind)
    return list(db.session.scalars(named.order_by(Message.id)))


def test_whoever_comes_and_the_partner_are_asked_and_their_own_side_is_not(made: PairingRound, make: Factory) -> None:
    before = group(made).id
    assert group(made).state is PairState.FORMED
    change(make, made, FIRST)
    assert group(made).id == before
    assert sorted(one.person.name for one in group(made).members) == sorted([HOST, SECOND, COMING])
    assert group(made).state is PairState.PROPOSED
    assert waits_for(made) == {HOST: [Missing.YOUTH], COMING: [Missing.YOUTH]}
    for name in (HOST, COMING):
        say_yes(make, made, one_of(made, name).person, strength=Strength.CALLED, by=make.user().id)
    assert group(made).state is PairState.FORMED


def test_for_the_one_on_the_other_side_everybody_is_asked(made: PairingRound, make: Factory) -> None:
    make.do(late.let_in, made.id, 0, [grown_up("何晨")], by=make.user().id, at=now())
    change(make, made, HOST, "何晨")
    pair = db.session.get_one(Pair, one_of(made, FIRST).pair_id)
    missing = missing_of(pair.members, answers_of([pair.id]), at=now())
    assert all(missing[one.id] for one in pair.members)


def test_how_to_reach_each_other_is_shared_anew_with_whoever_comes(made: PairingRound, make: Factory) -> None:
    for name in (HOST, SECOND):
        member = one_of(made, name)
        make.do(contacts.share, member.pair_id, member.id, Signer(), Reachable("13800001111"), at=now())
    change(make, made, FIRST)
    assert db.session.scalars(select(PairContact.member_id)).all() == [one_of(made, SECOND).id]


def test_those_who_are_asked_are_told_until_when(made: PairingRound, make: Factory) -> None:
    def be_over() -> None:
        group(made).answer_by = now() - timedelta(days=20)

    make.do(be_over)
    before = len(told(MessageKind.PAIR_PROPOSED))
    change(make, made, FIRST)
    assert sorted(told(MessageKind.PAIR_PROPOSED)[before:]) == sorted([HOST, COMING])
    assert (group(made).answer_by or now()) > now() + timedelta(days=3)


def test_who_has_a_partner_cannot_come_and_who_left_can_come_back(made: PairingRound, make: Factory) -> None:
    with pytest.raises(NotFree):
        change(make, made, FIRST, SECOND)
    change(make, made, FIRST)
    change(make, made, COMING, FIRST)
    change(make, made, FIRST, COMING)
    assert COMING in {one.person.name for one in group(made).members}


def test_by_class_the_consent_comes_first_and_then_there_are_seven_days_again(inside: Flask, make: Factory) -> None:
    programme = a_programme(make)
    people = [make.person(name=name, age=19) for name in (HOST, FIRST)]
    made = published(make, programme.host, people, way=Way.CLASS, programme_id=programme.id, shape=Shape.ONE_TO_MANY)
    completed(make, made)
    make.do(stand, group(made).id, at=now() + timedelta(days=9))
    assert group(made).state is PairState.FORMED
    make.do(lambda: setattr(one_of(made, COMING).person, "born_on", local_day(now()) - timedelta(days=12 * 366)))
    with pytest.raises(NotAgreedAtHome):
        change(make, made, FIRST)
    make.do(lambda: setattr(one_of(made, COMING).person, "born_on", local_day(now()) - timedelta(days=19 * 366)))
    change(make, made, FIRST)
    assert group(made).state is PairState.PROPOSED
    later = now() + timedelta(days=9)
    assert due_to_stand(later) == [group(made).id]
    make.do(stand, group(made).id, at=later)
    assert group(made).state is PairState.FORMED


@pytest.mark.parametrize("engine", ["sqlite"])
def test_no_letter_is_handed_on_to_whoever_has_left_or_from_them(
    unit: Organisation, made: PairingRound, make: Factory
) -> None:
    teacher = make.member(unit)
    look_after(make, made.id, teacher, make.member(unit))
    host, first = one_of(made, HOST).id, one_of(made, FIRST).id
    by = make.user().id
    letters = [make.do(writing.hand_in, *ids, "你好", by=by, at=now()) for ids in ((host, first), (first, host))]
    staying = make.do(writing.hand_in, host, one_of(made, SECOND).id, "你也好", by=by, at=now())
    make.do(operations.leave_pair, first, Why(local_day(now()), "搬家了"), by=by, at=now())
    assert group(made).state is PairState.FORMED
    for letter in letters:
        with pytest.raises(PairIsOver):
            transact(handing.hand_on, letter.id, by=teacher.id, at=now())
    assert make.do(handing.hand_on, staying.id, by=teacher.id, at=now()).handed_on is not None


def test_what_does_not_go_changes_nothing(made: PairingRound, make: Factory) -> None:
    ids = one_of(made, FIRST).id, one_of(made, SECOND).id
    with pytest.raises(NotFree):
        transact(operations.substitute, *ids, Why(local_day(now()), "搬家了"), by=make.user().id, at=now())
    assert group(made).state is PairState.FORMED
    assert len(group(made).members) == 3
