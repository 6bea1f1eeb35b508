"""Which pairs somebody sees, and what was answered about them."""

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.pairing.models import Pair, PairingMember
from app.people.models import ActsFor, Relation

_SHOWN = 20  # of a family's pairs
_FAMILY = (Relation.ONESELF, Relation.CHILD)  # not who comes along as a friend


def pairs_visible_to(user_id: int) -> Select[Pair]:
    """Return the pairs that families see, of whoever an account is or is the parent of: nobody else's."""
    return select(Pair).where(Pair.id.in_(select(PairingMember.pair_id).where(_is_own(user_id))), is_shown())


def pairs_of_family(user_id: int) -> list[tuple[PairingMember, Pair]]:
    """Return the pairs of an account and its children, each with whose it is, the latest first."""
    seen = pairs_visible_to(user_id).with_only_columns(Pair.id)
    own = select(PairingMember).where(PairingMember.pair_id.in_(seen), _is_own(user_id))
    whole = own.options(joinedload(PairingMember.person), joinedload(PairingMember.pair).joinedload(Pair.round))
    found = db.session.scalars(whole.order_by(PairingMember.id.desc()).limit(_SHOWN))
    return [(member, member.pair) for member in found if member.pair]


def members_of(user_id: int, pair_id: int) -> Select[PairingMember]:
    """Return who of a pair an account is, or is the parent of."""
    own = select(PairingMember).where(PairingMember.pair_id == pair_id, _is_own(user_id))
    return own.order_by(PairingMember.id)


def first_of(members: Select[PairingMember]) -> int:
    """Return the id of the first of these; 0 if there is none."""
    return db.session.scalar(members.with_only_columns(PairingMember.id).limit(1)) or 0


def sees(user_id: int, pair_id: int) -> bool:
    """Return whether an account still sees a pair."""
    return db.session.scalar(pairs_visible_to(user_id).where(Pair.id == pair_id).limit(1)) is not None


def is_shown() -> ColumnElement[bool]:
    """Return the condition that families see a pair; one that has ended is no more one."""
    return Pair.shown_at.is_not(None) & Pair.ended_at.is_(None)


def _is_own(user_id: int) -> ColumnElement[bool]:
    acting = select(ActsFor.person_id).where(ActsFor.user_id == user_id, ActsFor.relation.in_(_FAMILY))
    return PairingMember.person_id.in_(acting)
