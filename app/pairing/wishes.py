"""Whom people asked for: by name, among those of the round."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from app.core.db import db
from app.pairing.models import PairingMember, PairingWish
from app.people.models import Person

Known = Mapping[tuple[str, date], tuple[str, ...]]  # by name and birth date: the names of whom somebody asked for


def write_wishes(round_id: int, wishes: Known) -> None:
    """Write down whom people asked for; a name that nobody has, or more than one, is left out, and a wish that is
    there already stays."""
    members = _members(round_id)
    by_name: dict[str, list[int]] = {}
    for (name, _born_on), member_id in members.items():
        by_name.setdefault(name, []).append(member_id)
    asked = select(PairingWish.member_id, PairingWish.wished_id).where(PairingWish.round_id == round_id)
    there = {(one, other) for one, other in db.session.execute(asked)}
    for who, names in wishes.items():
        for name in names:
            wished = by_name.get(name, [])
            both = (members.get(who, 0), wished[0]) if len(wished) == 1 else (0, 0)
            if all(both) and both[0] != both[1] and both not in there:
                db.session.add(PairingWish(round_id=round_id, member_id=both[0], wished_id=both[1]))
                there.add(both)


def _members(round_id: int) -> dict[tuple[str, date], int]:
    known = select(Person.name, Person.born_on, PairingMember.id).join(
        PairingMember, PairingMember.person_id == Person.id
    )
    found = db.session.execute(known.where(PairingMember.round_id == round_id))
    return {(name, born_on): member_id for name, born_on, member_id in found}
