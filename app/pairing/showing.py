"""What the page of a round shows, everything ready to be read."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.pairing import queries
from app.pairing.leftovers import read_why
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.pairing_up import Worked
from app.pairing.queries import PAIRS_SHOWN, Standing
from app.pairing.reasons import Link, links_of
from app.pairing.scoring import links
from app.pairing.words import why_left_told
from app.people.models import Person

_NAMED = 10  # of who would be left


@dataclass(frozen=True)
class ShownPair:
    """A pair with why it is one; ``percent`` of all that could speak for it."""

    pair: Pair
    links: list[Link]

    @property
    def percent(self) -> int:
        """How well the pair suits."""
        return self.pair.points // 10


@dataclass(frozen=True)
class Left:
    """Who is left, and the sentences that say why."""

    member: PairingMember
    why: list[str]


@dataclass(frozen=True)
class PairPage:
    """Some pairs; from which number on the next are."""

    pairs: list[ShownPair]
    after: int
    following: int | None


@dataclass(frozen=True)
class LeftPage:
    """Some of who is left; after whom the next are."""

    left: list[Left]
    following: int | None


@dataclass(frozen=True)
class Preview:
    """What pairing anew would give, beside what there is."""

    before: Standing
    pairs: int
    left: int
    mean: int
    worst: int
    names: list[str]


def page_of_pairs(one: PairingRound, after: int, name: str = "") -> PairPage:
    """Return a page of a round's pairs, or of those of somebody of a name."""
    found = queries.pairs_of(one, after, name)
    shown = [ShownPair(pair, links_of(pair)) for pair in found[:PAIRS_SHOWN]]
    return PairPage(shown, after, shown[-1].pair.number if len(found) > PAIRS_SHOWN else None)


def page_of_left(one: PairingRound, after: int, name: str = "") -> LeftPage:
    """Return a page of who is left, or of those of a name."""
    found = queries.left_of(one, after, name)
    left = [Left(member, _told(member)) for member in found[:PAIRS_SHOWN]]
    return LeftPage(left, left[-1].member.id if len(found) > PAIRS_SHOWN else None)


def people_in(pairs: PairPage, left: LeftPage) -> list[Person]:
    """Return everybody whom two such pages show."""
    paired = [member.person for shown in pairs.pairs for member in shown.pair.members]
    return [*paired, *(free.member.person for free in left.left)]


def preview_of(one: PairingRound, worked: Worked) -> Preview:
    """Say what pairing anew would give."""
    outcome, draft = worked.outcome, worked.draft
    youths = {youth.id: youth for youth in draft.youths}
    count = sum(len(links([youths[member] for member in group], draft.plan.shape)) for group in outcome.groups)
    left = set(outcome.left)
    names = [member.person.name for member in queries.everybody_of(one) if member.person_id in left]
    mean, worst = outcome.total // max(count, 1) // 10, (outcome.worst or 0) // 10
    return Preview(queries.standing_of(one), len(outcome.groups), len(left), mean, worst, names[:_NAMED])


def summary(worked: Worked) -> str:
    """Say what came of pairing."""
    pairs, left = len(worked.outcome.groups), len(worked.outcome.left)
    made = ngettext("%(num)d pair is made.", "%(num)d pairs are made.", pairs)
    if not left:
        return str(made)
    return f"{made} " + str(_("%(left)s have no partner: below you read why.", left=left))


def _told(member: PairingMember) -> list[str]:
    if member.left_why is None:
        return [str(_("Not paired yet, or set free by hand: pair the rest anew."))]
    return why_left_told(read_why(member.left_why))
