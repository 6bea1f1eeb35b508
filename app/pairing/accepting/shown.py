"""What a family learns of the other one: these fields, and nothing else of them on any page, in any message or file.

First name, side, grade, interests, and what both have in common; never the family's name, the school's class, the day
of birth or how far apart two are, nor who wished for whom. How to reach each other: see `contacts`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.pairing.drafts import words_of
from app.pairing.models import Pair, PairingMember
from app.pairing.words import GRADES
from app.people.names import given_name


@dataclass(frozen=True)
class Partner:
    """The agreed fields of a partner; ``common`` are sentences of what both have in common."""

    member_id: int
    first_name: str
    side: str
    grade: str
    interests: Sequence[str]
    common: Sequence[str]


def partners_of(pair: Pair, member: PairingMember) -> list[Partner]:
    """Return whom somebody is paired with, as that family may know them."""
    return [_shown(one, member, pair.round.side_of(one.side)) for one in linked(pair, member)]


def linked(pair: Pair, member: PairingMember) -> list[PairingMember]:
    """Return the partners of somebody: those of the other side, or all others where there are no two sides."""
    others = [one for one in pair.members if one.id != member.id]
    return [one for one in others if not pair.round.shape.has_sides or one.side != member.side]


def _shown(one: PairingMember, member: PairingMember, side: str) -> Partner:
    grade = str(GRADES[one.grade]) if one.grade else ""
    return Partner(
        one.id,
        given_name(one.person.name) or str(_("a partner")),
        side,
        grade,
        _listed(one.person.interests),
        _common(one, member),
    )


def _common(one: PairingMember, other: PairingMember) -> list[str]:
    told = []
    if liked := _shared(one.person.interests, other.person.interests):
        told.append(str(_("both like %(what)s", what=liked)))
    if spoken := _shared(one.person.languages, other.person.languages):
        told.append(str(_("both speak %(what)s", what=spoken)))
    if one.grade and one.grade == other.grade:
        told.append(str(_("the same grade")))
    return told


def _shared(one: str, other: str) -> str:
    return "、".join(sorted(words_of(one) & words_of(other)))


def _listed(said: str) -> list[str]:
    return sorted(words_of(said))
