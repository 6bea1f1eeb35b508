"""A round from its list to publication: what is written down, what stays, and who may say it is right."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.core.clock import now
from app.core.db import db, transact
from app.organisations.models import Organisation
from app.pairing import arranging, members, queries, rounds
from app.pairing.drafts import draft_of
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.pairing_up import work_out, write
from app.pairing.plans import Preset
from app.pairing.problems import (
    NobodyToPair,
    NotChecked,
    RoundChanged,
    RoundPublished,
    SecondPerson,
)
from app.pairing.settings import Settings
from app.pairing.states import PairState
from app.pairing.youths import Shape
from tests.factories import Factory
from tests.pairing_rows import a_round, entries, member_named, paired, pairs_by_name


def fresh(made: PairingRound) -> PairingRound:
    """Return the round as the database has it."""
    return db.session.get_one(PairingRound, made.id, populate_existing=True)


def test_the_same_interests_are_together_and_why_is_kept(made: PairingRound) -> None:
    pair = queries.pairs_of(made, 0)[0]
    assert len(pairs_by_name(made)) == 4
    assert {part for *_, parts in pair.why for part, _points, _of in parts} >= {"interests", "grade"}
    assert pair.points == sum(points for *_, parts in pair.why for _part, points, _of in parts)


def test_a_list_that_is_entered_again_enters_nobody_twice(made: PairingRound, by: int, make: Factory) -> None:
    assert make.do(members.enter, made.id, 0, entries(("王芳",), 1), by=by, at=now()) == 0


def test_whom_somebody_asked_for_is_found_by_name_once(made: PairingRound, by: int, make: Factory) -> None:
    asking = replace(entries(("王芳",), 1)[0], wishes=("孙强", "没有这个人"))
    for _twice in range(2):
        make.do(members.enter, made.id, 0, [asking], by=by, at=now())
    one, other = (member_named(made, name).person_id for name in ("王芳", "孙强"))
    assert {youth.id: youth.wishes for youth in draft_of(fresh(made)).youths if youth.wishes} == {one: {other}}


def test_whom_the_host_paired_before_is_the_same_person_and_known_as_partner(
    made: PairingRound, host: Organisation, by: int, make: Factory
) -> None:
    make.do(rounds.check, made.id, by=make.member(host).id, at=now())
    make.do(rounds.publish, made.id, by=by, at=now())
    assert {one.former for one in draft_of(fresh(a_round(make, host, by))).youths} == {frozenset()}  # nobody agreed yet
    make.do(db.session.execute, update(Pair).values(state=PairState.FORMED, formed_at=now()))
    again = a_round(make, host, by)
    youths = draft_of(fresh(again)).youths
    assert all(len(one.former) == 1 for one in youths)


def test_everything_locked_and_paired_again_changes_nothing(made: PairingRound, by: int, make: Factory) -> None:
    before = pairs_by_name(made)
    make.do(arranging.lock_all, made.id, by=by, at=now())
    paired(make, made, by, Settings(preset=Preset.CHANCE, seed="other"))
    assert pairs_by_name(made) == before


def test_one_more_in_a_locked_round_moves_nobody_and_is_told_why(made: PairingRound, by: int, make: Factory) -> None:
    before = pairs_by_name(made)
    make.do(arranging.lock_all, made.id, by=by, at=now())
    make.do(members.enter, made.id, 0, entries(("新来的",), 1), by=by, at=now())
    paired(make, made, by)
    late = member_named(made, "新来的")
    assert pairs_by_name(made) == before
    assert late.left_why is not None
    assert late.left_why["suitable"] == 4


def test_what_was_worked_out_for_an_earlier_state_is_not_written(made: PairingRound, by: int, make: Factory) -> None:
    worked = work_out(draft_of(fresh(made)))
    make.do(arranging.lock_all, made.id, by=by, at=now())
    with pytest.raises(RoundChanged):
        transact(write, worked, Settings(), by=by, at=now())


def test_a_round_with_one_side_alone_is_not_paired(host: Organisation, by: int, make: Factory) -> None:
    one = a_round(make, host, by, each=0)
    make.do(members.enter, one.id, 0, entries(("王芳", "李雷"), 2), by=by, at=now())
    with pytest.raises(NobodyToPair):
        work_out(draft_of(fresh(one)))


@pytest.mark.parametrize("shape", [Shape.POOL, Shape.GROUPS, Shape.ONE_TO_MANY])
def test_other_shapes_are_written_down_too(host: Organisation, by: int, make: Factory, shape: Shape) -> None:
    one = a_round(make, host, by, shape, each=7)
    paired(make, one, by)
    assert (
        db.session.scalar(select(func.count()).where(PairingMember.round_id == one.id, PairingMember.pair_id.is_(None)))
        == 0
    )


def test_a_second_person_checks_then_it_is_published_and_stands(
    made: PairingRound, host: Organisation, by: int, make: Factory
) -> None:
    with pytest.raises(NotChecked):
        transact(rounds.publish, made.id, by=by, at=now())
    with pytest.raises(SecondPerson):
        transact(rounds.check, made.id, by=by, at=now())
    make.do(rounds.check, made.id, by=make.member(host).id, at=now())
    first = make.do(rounds.publish, made.id, by=by, at=now()).published_at
    assert make.do(rounds.publish, made.id, by=by, at=now()).published_at == first
    with pytest.raises(RoundPublished):
        transact(arranging.lock_all, made.id, by=by, at=now())


def test_a_change_takes_the_check_back(made: PairingRound, host: Organisation, by: int, make: Factory) -> None:
    make.do(rounds.check, made.id, by=make.member(host).id, at=now())
    make.do(arranging.lock_all, made.id, by=by, at=now())
    with pytest.raises(NotChecked):
        transact(rounds.publish, made.id, by=by, at=now())


def test_the_database_itself_refuses_a_check_by_whoever_changed_it(made: PairingRound, by: int) -> None:
    alone = update(PairingRound).where(PairingRound.id == made.id).values(checked_at=now(), checked_by_id=by)
    with pytest.raises(IntegrityError, match="second_person"):
        transact(db.session.execute, alone)


def test_numbers_of_locked_pairs_stay(made: PairingRound, by: int, make: Factory) -> None:
    kept = queries.pairs_of(made, 0)[2]
    make.do(arranging.lock, kept.id, by=by, at=now())
    paired(make, made, by, Settings(preset=Preset.CHANCE))
    numbers = list(db.session.scalars(select(Pair.number).where(Pair.round_id == made.id).order_by(Pair.number)))
    assert numbers == [1, 2, 3, 4]
    assert db.session.get_one(Pair, kept.id).number == kept.number
