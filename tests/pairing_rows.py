"""A pairing round with people, pairs, and what the organiser said on some of them."""

from datetime import date

from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.organisations.models import Organisation
from app.pairing import arranging, members, queries, rounds
from app.pairing.drafts import draft_of
from app.pairing.members import Entry
from app.pairing.models import Pair, PairingBond, PairingMember, PairingRound, PairingWish
from app.pairing.pairing_up import Worked, work_out, write
from app.pairing.rounds import Words
from app.pairing.settings import Settings, read_settings
from app.pairing.youths import Shape
from app.people.models import Gender
from tests.factories import Factory

OURS = ("王芳", "李雷", "欧阳娜娜", "阿依古丽·买买提")
THEIRS = ("韩梅", "赵敏", "孙强", "周舟")
INTERESTS = ("画画、篮球", "篮球", "音乐", "画画")


def a_round(
    make: Factory, host: Organisation, by: int, shape: Shape = Shape.ONE_TO_ONE, *, each: int = 4
) -> PairingRound:
    """Set up a round with so many on each side."""
    words = Words("秋季书信", shape, ("清溪一中", "云岭中学"))
    made = make.do(rounds.set_up, host.id, words, Settings(), by=by, at=now())
    for side, names in enumerate((OURS, THEIRS)):
        make.do(members.enter, made.id, side, entries(names, each), by=by, at=now())
    return made


def entries(names: tuple[str, ...], count: int) -> list[Entry]:
    """Return people of some names as a list names them."""
    numbered = [
        f"{names[one % len(names)]}{'甲乙丙丁戊己庚辛壬癸'[one // len(names) % 10] * (one >= len(names))}"
        for one in range(count)
    ]
    return [
        Entry(
            name=name,
            born_on=date(2012 + one % 2, one % 12 + 1, one // 40 + 1),
            gender=(Gender.FEMALE, Gender.MALE)[one % 2],
            class_name=f"{'七八'[one % 2]}年级（1）班",
            interests=INTERESTS[one % len(INTERESTS)],
            languages="普通话",
        )
        for one, name in enumerate(numbered)
    ]


def paired(make: Factory, made: PairingRound, by: int, settings: Settings | None = None) -> Worked:
    """Pair a round as the page does."""
    with make.app.app_context():
        one = db.session.get_one(PairingRound, made.id)
        chosen = settings or read_settings(one.settings)
        worked = work_out(draft_of(one).with_settings(chosen))
        db.session.rollback()
    make.do(write, worked, chosen, by=by, at=now())
    return worked


def pairing_rows(make: Factory, host: Organisation, by: int) -> dict[str, str]:
    """Make a row in every table of pairing; returns the places of addresses."""
    made = a_round(make, host, by)
    paired(make, made, by)
    with make.app.app_context():
        first, second, *_ = queries.pairs_of(made, 0)
        member_id = second.members[0].id
        pair_ids = first.id, second.id
    make.do(arranging.part, pair_ids[0], by=by, at=now())
    bond_id = make.do(_wish_and_bond, made.id)
    return {"round": str(made.id), "pair": str(pair_ids[1]), "member": str(member_id), "bond": str(bond_id)}


def _wish_and_bond(round_id: int) -> int:
    bond = db.session.scalars(select(PairingBond).where(PairingBond.round_id == round_id)).first()
    assert bond is not None
    db.session.add(PairingWish(round_id=round_id, member_id=bond.first_id, wished_id=bond.second_id))
    return bond.id


def pairs_by_name(made: PairingRound) -> set[frozenset[str]]:
    """Return who is paired with whom; to be asked inside an application context."""
    found = db.session.scalars(select(Pair).where(Pair.round_id == made.id))
    return {frozenset(member.person.name for member in pair.members) for pair in found}


def member_named(made: PairingRound, name: str) -> PairingMember:
    """Return somebody of a round by name."""
    everybody = db.session.scalars(select(PairingMember).where(PairingMember.round_id == made.id))
    return next(one for one in everybody if one.person.name == name)
