"""Pairs that families see, and what was said about them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.organisations.models import Organisation
from app.pairing import arranging, members, rounds
from app.pairing.accepting import contacts
from app.pairing.accepting.answering import Signer, accept, ask_another
from app.pairing.accepting.contacts import Reachable
from app.pairing.accepting.rearranging import end_pair
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.rounds import Words
from app.pairing.settings import Settings
from app.pairing.states import Way
from app.pairing.youths import Shape
from app.people.consents import guardians
from app.people.consents.guardians import GuardianWords
from app.people.consents.models import GuardianRelation, Strength
from app.people.models import ActsFor, Person, Relation
from tests.factories import Factory


def published(
    make: Factory,
    host: Organisation,
    *pairs: Sequence[Person],
    way: Way = Way.PERSON,
    programme_id: int | None = None,
    shape: Shape = Shape.ONE_TO_ONE,
) -> PairingRound:
    """Publish a round of two sides with these pairs; the first of each is of the first side."""
    by, other = make.member(host).id, make.member(host).id
    words = Words("秋季书信", shape, ("清溪一中", "云岭中学"), programme_id)
    made = make.do(rounds.set_up, host.id, words, Settings(), by=by, at=now())
    make.do(rounds.choose_way, made.id, way, None, by=by, at=now())
    for pair in pairs:
        for side, person in enumerate(pair):
            make.do(members.put_in, made.id, side, [person.id], by=by, at=now())
        first, second = (make.do(_member_id, made.id, person.id) for person in pair)
        make.do(arranging.join, first, second, by=by, at=now())
    make.do(rounds.check, made.id, by=other, at=now())
    make.do(rounds.publish, made.id, by=by, at=now())
    return made


def pair_of(made: PairingRound, person: Person) -> Pair:
    """Return somebody's pair in a round, as it is now; to be asked inside an application context."""
    return member_of(made, person).pair or db.session.get_one(Pair, 0)


def member_of(made: PairingRound, person: Person) -> PairingMember:
    """Return somebody of a round, as it is now."""
    theirs = (PairingMember.round_id == made.id, PairingMember.person_id == person.id)
    return db.session.scalars(select(PairingMember).where(*theirs).execution_options(populate_existing=True)).one()


def say_yes(make: Factory, made: PairingRound, person: Person, *, as_guardian: bool = False, **signer: Any) -> None:
    """Let somebody, or a guardian, accept; keywords are those of a signer."""
    make.do(_accept, made.id, person.id, as_guardian, signer)


def guardian_of(person_id: int, name: str = "林建国") -> int:
    """Return somebody's guardian of a name."""
    words = GuardianWords(name, GuardianRelation.FATHER)
    return guardians.typed(person_id, words, by=None, at=now()).id


def own_pair_rows(make: Factory, host: Organisation, young: User) -> dict[str, str]:
    """Make a pair that has come about for an account, and rows in all tables of what was said; returns the places of
    addresses."""
    own, partner, *others = (
        _oneself(make, young),
        *(make.person(name=name, age=19) for name in ("韩梅", "赵敏", "孙强")),
    )
    made = published(make, host, (own, partner), others)
    for person in (own, partner):
        say_yes(make, made, person, strength=Strength.CALLED, by=young.id)
    make.do(_fill_tables, made.id, own.id, others[0].id, young.id)
    gone = published(make, host, [make.person(name=name, age=19) for name in ("周舟", "吴越")])
    make.do(
        lambda: end_pair(
            db.session.scalars(select(Pair.id).where(Pair.round_id == gone.id)).one(), by=young.id, at=now()
        )
    )
    seen = make.do(lambda: member_of(made, own))
    return {"own_pair": str(seen.pair_id), "shown_member": str(seen.id), "seen_round": str(made.id)}


def _fill_tables(round_id: int, own_id: int, other_id: int, by: int) -> None:
    made = db.session.get_one(PairingRound, round_id)
    own, other = (member_of(made, db.session.get_one(Person, one)) for one in (own_id, other_id))
    contacts.share(own.pair_id or 0, own.id, Signer(), Reachable("13800001111", "晓雨"), at=now())
    ask_another(other.pair_id or 0, other.id, Signer(by=by), "想找同年级的", at=now())


def _accept(round_id: int, person_id: int, as_guardian: bool, signer: dict[str, Any]) -> None:
    theirs = (PairingMember.round_id == round_id, PairingMember.person_id == person_id)
    member = db.session.scalars(select(PairingMember).where(*theirs)).one()
    guardian_id = guardian_of(person_id) if as_guardian else None
    accept(member.pair_id or 0, member.id, Signer(guardian_id, **signer), at=now())


def _member_id(round_id: int, person_id: int) -> int:
    theirs = (PairingMember.round_id == round_id, PairingMember.person_id == person_id)
    return db.session.scalars(select(PairingMember.id).where(*theirs)).one()


def _oneself(make: Factory, user: User) -> Person:
    own = select(Person).join(ActsFor).where(ActsFor.user_id == user.id, ActsFor.relation == Relation.ONESELF)
    known = make.do(lambda: db.session.scalars(own).first())
    return known or make.person(user, relation=Relation.ONESELF, name="林晓雨")
