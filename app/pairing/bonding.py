"""The organiser's word on two people: always together, or never."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.changes import note_change
from app.core.db import db
from app.core.problems import Problem
from app.pairing.models import PairingBond, PairingMember
from app.pairing.rounds import RECORD, open_round
from app.people.models import Person
from app.people.names import tidy_name


class NotOneOfThisName(Problem):
    """Who is meant has to be clear."""

    code = "not_one_of_this_name"
    words = _l("In this round there is not exactly one person called %(name)s.")


def bind(round_id: int, first: str, second: str, *, is_together: bool, by: int, at: datetime) -> PairingBond:
    """Say that two people, by name, are always together or never; what was said of them before holds no more.

    Raises `NotOneOfThisName`.
    """
    open_round(round_id, by=by, at=at)
    one, other = sorted((_named(round_id, first), _named(round_id, second)))
    if one == other:
        raise NotOneOfThisName(name=tidy_name(second))
    said = select(PairingBond).where(PairingBond.first_id == one, PairingBond.second_id == other)
    bond = db.session.scalar(said) or PairingBond(round_id=round_id, first_id=one, second_id=other)
    bond.is_together = is_together
    db.session.add(bond)
    note_change(RECORD, round_id, "bound_together" if is_together else "kept_apart", by=by, at=at)
    return bond


def _named(round_id: int, name: str) -> int:
    known = select(PairingMember.id).join(PairingMember.person).where(PairingMember.round_id == round_id)
    found = list(db.session.scalars(known.where(Person.name == tidy_name(name)).limit(2)))
    if len(found) != 1:
        raise NotOneOfThisName(name=tidy_name(name))
    return found[0]
