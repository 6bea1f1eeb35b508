"""What is arranged by hand holds, and breaks no rule."""

import pytest
from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db, transact
from app.pairing import arranging, members, queries
from app.pairing.models import PairingMember, PairingRound
from app.pairing.problems import (
    AgainstRule,
    PairLocked,
    SameSide,
)
from app.pairing.settings import Settings
from tests.factories import Factory
from tests.pairing_rows import entries, member_named, paired, pairs_by_name


def test_two_change_places_and_stay_so(made: PairingRound, by: int, make: Factory) -> None:
    first, second = member_named(made, "王芳"), member_named(made, "李雷")
    partners = first.pair_id, second.pair_id
    make.do(arranging.swap, first.id, second.id, by=by, at=now())
    assert (member_named(made, "王芳").pair_id, member_named(made, "李雷").pair_id) == partners[::-1]
    after = pairs_by_name(made)
    paired(make, made, by)
    changed = {one for one in after if "王芳" in one or "李雷" in one}
    assert changed <= pairs_by_name(made)


def test_across_sides_nobody_changes_places(made: PairingRound, by: int) -> None:
    with pytest.raises(SameSide):
        transact(arranging.swap, member_named(made, "王芳").id, member_named(made, "韩梅").id, by=by, at=now())


def test_by_hand_no_rule_is_broken(made: PairingRound, by: int, make: Factory) -> None:
    paired(make, made, by, Settings(same_gender=True))
    before = pairs_by_name(made)
    with pytest.raises(AgainstRule, match="against_rule"):
        transact(arranging.swap, member_named(made, "王芳").id, member_named(made, "李雷").id, by=by, at=now())
    assert pairs_by_name(made) == before


def test_a_locked_pair_is_not_moved(made: PairingRound, by: int, make: Factory) -> None:
    one = member_named(made, "王芳")
    make.do(arranging.lock, one.pair_id, by=by, at=now())
    with pytest.raises(PairLocked):
        transact(arranging.swap, one.id, member_named(made, "李雷").id, by=by, at=now())


def test_who_was_parted_is_not_paired_again_until_allowed(made: PairingRound, by: int, make: Factory) -> None:
    pair = queries.pairs_of(made, 0)[0]
    names = frozenset(member.person.name for member in pair.members)
    make.do(arranging.part, pair.id, by=by, at=now())
    paired(make, made, by)
    assert names not in pairs_by_name(made)
    (bond,) = queries.bonds_in(made)
    make.do(arranging.allow, bond.id, by=by, at=now())
    paired(make, made, by)
    assert names in pairs_by_name(made)


def test_two_who_are_free_become_a_pair_by_hand(made: PairingRound, by: int, make: Factory) -> None:
    make.do(arranging.part, member_named(made, "王芳").pair_id, by=by, at=now())
    make.do(members.enter, made.id, 1, entries(("新来的",), 1), by=by, at=now())
    make.do(arranging.join, member_named(made, "王芳").id, member_named(made, "新来的").id, by=by, at=now())
    assert frozenset({"王芳", "新来的"}) in pairs_by_name(made)


def test_whoever_leaves_lets_the_partner_be_free(made: PairingRound, by: int, make: Factory) -> None:
    make.do(members.take_out, member_named(made, "王芳").id, by=by, at=now())
    free = db.session.scalar(
        select(func.count()).where(PairingMember.round_id == made.id, PairingMember.pair_id.is_(None))
    )
    assert (len(pairs_by_name(made)), free) == (3, 1)
