"""Once somebody asked for another, the organiser keeps, ends, or pairs anew; families share how to reach each other."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.care.erasing.operations import erase
from app.core.clock import now
from app.core.db import db
from app.messages.models import Message, MessageKind
from app.pairing.accepting import contacts
from app.pairing.accepting.answering import Signer, ask_another
from app.pairing.accepting.candidates import candidates_for
from app.pairing.accepting.contacts import Reachable
from app.pairing.accepting.models import GivenAnswer, LeftPair, PairContact
from app.pairing.accepting.problems import NotForYou
from app.pairing.accepting.rearranging import end_pair, keep, pair_anew
from app.pairing.models import Pair, PairingRound
from app.pairing.problems import AlreadyPaired
from app.pairing.states import PairState
from app.people.consents.models import Strength
from app.people.models import Person
from tests.accepting_rows import guardian_of, member_of, pair_of, published, say_yes
from tests.factories import Factory

OWN = Reachable("13800001111", "xiaoyu")


@pytest.fixture
def four(inside: Flask, make: Factory) -> list[Person]:
    """Four of age, the first two one pair."""
    return [make.person(age=19, name=name) for name in ("王芳", "韩梅", "李雷", "赵敏")]


@pytest.fixture
def made(four: list[Person], make: Factory) -> PairingRound:
    """Their round."""
    return published(make, make.organisation(), four[:2], four[2:])


def asks(make: Factory, made: PairingRound, person: Person) -> int:
    """Let somebody ask for another; returns the pair."""
    member = member_of(made, person)
    make.do(ask_another, member.pair_id, member.id, Signer(), "", at=now())
    return member.pair_id or 0


def rearranged() -> list[int]:
    """Return who was told that the teacher arranges anew."""
    kind = Message.kind == MessageKind.PAIR_REARRANGED
    return sorted(db.session.scalars(select(Message.person_id).where(kind)))


def test_a_pair_that_stays_is_asked_about_once_more(made: PairingRound, four: list[Person], make: Factory) -> None:
    pair_id = asks(make, made, four[0])
    for _twice in range(2):
        make.do(keep, pair_id, by=make.user().id, at=now())
    assert pair_of(made, four[0]).state is PairState.PROPOSED
    assert db.session.scalar(select(func.count()).select_from(GivenAnswer)) == 0
    assert rearranged() == []


def test_a_pair_that_ends_stays_as_history_and_both_families_read_the_same(
    made: PairingRound, four: list[Person], make: Factory
) -> None:
    pair_id = asks(make, made, four[0])
    for _twice in range(2):
        make.do(end_pair, pair_id, by=make.user().id, at=now())
    assert rearranged() == sorted(one.id for one in four[:2])
    assert db.session.get_one(Pair, pair_id).state is PairState.ENDED
    left = db.session.scalars(select(LeftPair.member_id).where(LeftPair.pair_id == pair_id))
    assert set(left) == {member_of(made, one).id for one in four[:2]}


def test_new_partners_are_found_among_those_who_are_free_and_are_asked_anew(
    made: PairingRound, four: list[Person], make: Factory
) -> None:
    first, second, third, fourth = four
    asks(make, made, first)
    assert candidates_for(member_of(made, first)) == []
    with pytest.raises(AlreadyPaired):
        make.do(pair_anew, member_of(made, first).id, member_of(made, fourth).id, by=make.user().id, at=now())
    asks(make, made, third)
    assert [one.member.person_id for one in candidates_for(member_of(made, first))] == [fourth.id]
    new = make.do(pair_anew, member_of(made, first).id, member_of(made, fourth).id, by=make.user().id, at=now())
    assert {one.person_id for one in pair_of(made, first).members} == {first.id, fourth.id}
    assert new.shown_at is not None
    assert rearranged() == sorted([second.id, third.id])  # the others have a new partner, and are told of that


def test_both_families_see_how_to_reach_each_other_only_once_both_agreed(
    made: PairingRound, four: list[Person], make: Factory
) -> None:
    one, other = (member_of(made, person) for person in four[:2])
    make.do(contacts.share, one.pair_id, one.id, Signer(), OWN, at=now())
    make.do(contacts.share, one.pair_id, other.id, Signer(), Reachable("13900002222"), at=now())
    assert contacts.contacts_for(pair_of(made, four[0]), one, at=now()) == {}  # not a pair yet
    for person in four[:2]:
        say_yes(make, made, person)
    assert contacts.contacts_for(pair_of(made, four[0]), other, at=now()) == {one.id: OWN}
    make.do(contacts.take_back, one.pair_id, one.id)
    assert contacts.contacts_for(pair_of(made, four[0]), other, at=now()) == {}
    assert contacts.contacts_for(pair_of(made, four[0]), one, at=now()) == {}
    assert db.session.scalars(select(PairContact.member_id)).all() == [other.id]


def test_of_a_child_a_guardian_says_so_and_under_fourteen_that_is_proven(inside: Flask, make: Factory) -> None:
    child, grown = make.person(age=12), make.person(age=19)
    made = published(make, make.organisation(), (child, grown))
    own, other = member_of(made, child), member_of(made, grown)
    guardian_id = make.do(guardian_of, child.id)
    say_yes(make, made, grown)
    say_yes(make, made, child, as_guardian=True, strength=Strength.CALLED, by=make.user().id)
    with pytest.raises(NotForYou):
        make.do(contacts.share, own.pair_id, own.id, Signer(), OWN, at=now())
    make.do(contacts.share, own.pair_id, other.id, Signer(), OWN, at=now())
    for strength, seen in ((Strength.UNVERIFIED, {}), (Strength.ROSTER_PHONE, {own.id: OWN})):
        make.do(contacts.share, own.pair_id, own.id, Signer(guardian_id, strength), OWN, at=now())
        assert contacts.contacts_for(pair_of(made, child), other, at=now()) == seen


def test_whoever_is_erased_leaves_the_pair_to_the_organiser(
    made: PairingRound, four: list[Person], make: Factory
) -> None:
    asks(make, made, four[0])
    make.do(erase, four[0].id, by=make.user().id, at=now())
    assert pair_of(made, four[1]).state is PairState.OBJECTED
    assert db.session.scalar(select(func.count()).select_from(GivenAnswer)) == 0
