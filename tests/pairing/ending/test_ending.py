"""Pairs end in their time or early; somebody is put in for somebody; who was partners before is known rightly."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import local_day, now
from app.core.db import db, transact
from app.messages.models import Message, MessageKind
from app.organisations.models import Organisation
from app.pairing.drafts import draft_of
from app.pairing.ending import late, operations, queries
from app.pairing.ending.operations import Why
from app.pairing.ending.problems import DayOutside, NotFree, PairNotFormed, ReasonMissing
from app.pairing.members import put_in
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.states import PairState
from tests.after_rows import formed, members_of
from tests.factories import Factory
from tests.pairing_rows import a_round, entries


@pytest.fixture
def host(inside: Flask, make: Factory) -> Organisation:
    """The unit that pairs."""
    return make.organisation()


@pytest.fixture
def by(host: Organisation, make: Factory) -> int:
    """Who ends pairs."""
    return make.member(host).id


@pytest.fixture
def pair(host: Organisation, make: Factory) -> Pair:
    """A pair that has come about."""
    return formed(make, host)


def why(reason: str = "搬家了") -> Why:
    """Return today and a reason."""
    return Why(local_day(now()), reason)


def fresh(pair: Pair) -> Pair:
    """Return a pair as it is now."""
    return db.session.get_one(Pair, pair.id, populate_existing=True)


def former_in_new_round(make: Factory, host: Organisation, pair_members: tuple[int, int], by: int) -> int:
    """Put both in a new round of the host; return how many former partners it knows."""
    people = [db.session.get_one(PairingMember, one).person_id for one in pair_members]
    new = a_round(make, host, by, each=0)
    for side, person_id in enumerate(people):
        make.do(put_in, new.id, side, [person_id], by=by, at=now())
    return sum(len(one.former) for one in draft_of(db.session.get_one(PairingRound, new.id)).youths)


def test_in_its_time_both_stay_in_it_and_were_partners(pair: Pair, host: Organisation, by: int, make: Factory) -> None:
    two = members_of(make, pair.id)
    ending = make.do(operations.end_in_time, pair.id, why(""), by=by, at=now())
    assert fresh(pair).state is PairState.ENDED
    assert len(fresh(pair).members) == 2
    assert former_in_new_round(make, host, two, by) == 2
    with pytest.raises(PairNotFormed):
        transact(operations.end_in_time, pair.id, why(), by=by, at=now())
    for _twice in range(2):
        make.do(operations.go_on, ending.id, by=by, at=now())
    assert fresh(pair).state is PairState.FORMED


def test_parted_early_they_are_free_and_no_partners_for_the_next_round(
    pair: Pair, host: Organisation, by: int, make: Factory
) -> None:
    two = members_of(make, pair.id)
    with pytest.raises(ReasonMissing):
        transact(operations.end_early, pair.id, why(""), by=by, at=now())
    ending = make.do(operations.end_early, pair.id, why(), by=by, at=now())
    assert fresh(pair).members == []
    assert former_in_new_round(make, host, two, by) == 0
    with pytest.raises(PairNotFormed):
        transact(operations.go_on, ending.id, by=by, at=now())


def test_the_reason_reaches_no_family(pair: Pair, by: int, make: Factory) -> None:
    make.do(operations.end_early, pair.id, why("家长吵架"), by=by, at=now())
    told = db.session.scalars(select(Message).where(Message.kind == MessageKind.PAIR_REARRANGED)).all()
    assert len(told) == 2
    assert "家长吵架" not in str([one.facts for one in told])


@pytest.mark.parametrize("days", [-2, 1])
def test_a_day_before_the_pairs_or_to_come_is_refused(pair: Pair, by: int, make: Factory, days: int) -> None:
    day = local_day(now()) + timedelta(days=days)
    with pytest.raises(DayOutside):
        transact(operations.end_in_time, pair.id, Why(day), by=by, at=now())


def test_somebody_new_is_let_in_and_put_in_for_who_left(pair: Pair, by: int, make: Factory) -> None:
    leaving, staying = members_of(make, pair.id)
    make.do(late.let_in, pair.round_id, 0, entries(("孙强",), 1), by=by, at=now())
    (free,) = queries.free_for(db.session.get_one(PairingMember, leaving))
    noted = make.do(operations.substitute, leaving, free.id, why(), by=by, at=now())
    new = db.session.get_one(Pair, noted.new_pair_id or 0)
    assert {one.id for one in new.members} == {free.id, staying}
    assert new.state is PairState.PROPOSED
    assert fresh(pair).state is PairState.ENDED
    (past,) = queries.pasts_of([fresh(pair)])
    assert {one.member.id: one.until is not None for one in past.partners} == {leaving: True, staying: True}
    assert [one.reason for one in past.substitutions] == ["搬家了"]


def test_only_who_is_free_and_on_the_same_side_is_put_in(pair: Pair, by: int, make: Factory) -> None:
    leaving, staying = members_of(make, pair.id)
    with pytest.raises(NotFree):
        transact(operations.substitute, leaving, staying, why(), by=by, at=now())
    make.do(late.let_in, pair.round_id, 1, entries(("孙强",), 1), by=by, at=now())
    (other,) = queries.free_for(db.session.get_one(PairingMember, staying))
    with pytest.raises(NotFree):
        transact(operations.substitute, leaving, other.id, why(), by=by, at=now())
    assert fresh(pair).state is PairState.FORMED


def test_all_pairs_of_a_round_end_at_once_and_each_can_go_on(pair: Pair, by: int, make: Factory) -> None:
    assert make.do(operations.end_round, pair.round_id, why(""), by=by, at=now()) == 1
    assert make.do(operations.end_round, pair.round_id, why(""), by=by, at=now()) == 0
    (past,), following = queries.page_of_changed(db.session.get_one(PairingRound, pair.round_id), 0)
    assert following is None
    assert past.ending is not None
    make.do(operations.go_on, past.ending.id, by=by, at=now())
    assert fresh(pair).state is PairState.FORMED
