"""Why a pair is one: what each link was given, part by part, kept with the pair; and the words for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.pairing.drafts import words_of
from app.pairing.models import Pair, PairingMember
from app.pairing.plans import Plan
from app.pairing.scoring import Part, links, scored
from app.pairing.words import PARTS
from app.pairing.youths import Youth


@dataclass(frozen=True)
class Bar:
    """What one part gave of what it could give, and in words why."""

    label: str
    points: int
    of: int
    words: str

    @property
    def percent(self) -> int:
        """How much of what it could give, in percent."""
        return 100 * self.points // self.of


@dataclass(frozen=True)
class Link:
    """Why two of a pair suit each other."""

    names: tuple[str, str]
    bars: list[Bar]

    @property
    def words(self) -> str:
        """What speaks for the two, in one line."""
        return " · ".join(bar.words for bar in self.bars if bar.words and bar.points)


def written(group: Collection[Youth], plan: Plan) -> tuple[int, list[Any]]:
    """Return the points of a pair, the mean of its links, and what is kept of why: each link's people and parts."""
    shares = plan.weights.shares()
    why, total = [], 0
    for one, other in links(group, plan.shape):
        parts = scored(one, other, shares, plan.seed)
        why.append([one.id, other.id, [[part.part.value, part.points, part.of] for part in parts]])
        total += sum(part.points for part in parts)
    return total // max(len(why), 1), why


def links_of(pair: Pair) -> list[Link]:
    """Return why a pair is one, to be read; who is no longer of it is left out."""
    here = {member.person_id: member for member in pair.members}
    return [
        Link(
            (here[one].person.name, here[other].person.name),
            [
                Bar(str(PARTS[Part(part)]), points, of, _told(Part(part), (here[one], here[other]), points, of))
                for part, points, of in parts
            ],
        )
        for one, other, parts in pair.why
        if one in here and other in here
    ]


def _told(part: Part, both: Sequence[PairingMember], points: int, of: int) -> str:
    one, other = both
    if part is Part.INTERESTS:
        shared = _shared(one.person.interests, other.person.interests)
        return str(_("both like %(what)s", what=shared)) if shared else ""
    if part is Part.LANGUAGES:
        shared = _shared(one.person.languages, other.person.languages)
        return str(_("both speak %(what)s", what=shared)) if shared else ""
    if part is Part.GRADE:
        return _grades(one.grade, other.grade)
    if part is Part.AGE:
        return _months(one, other)
    if not points:
        return ""
    told = {
        Part.WISHES: _("they chose each other") if points == of else _("one chose the other"),
        Part.CONTINUITY: _("partners before"),
        Part.OTHER_SIDE: _("from two sides"),
        Part.CHANCE: _("drawn by lot"),
    }
    return str(told[part])


def _grades(one: int | None, other: int | None) -> str:
    if one is None or other is None:
        return ""
    if one == other:
        return str(_("the same grade"))
    return str(ngettext("%(num)d grade apart", "%(num)d grades apart", abs(one - other)))


def _months(one: PairingMember, other: PairingMember) -> str:
    first, second = one.person.born_on, other.person.born_on
    months = abs((first.year - second.year) * 12 + first.month - second.month)
    if not months:
        return str(_("born in the same month"))
    return str(ngettext("%(num)d month apart", "%(num)d months apart", months))


def _shared(one: str, other: str) -> str:
    return "、".join(sorted(words_of(one) & words_of(other)))
