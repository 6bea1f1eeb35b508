"""With whom somebody might change places, or be paired: what it would give, or which rule stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.pairing.drafts import Draft
from app.pairing.models import PairingMember
from app.pairing.rules import Rule
from app.pairing.scoring import links, points
from app.pairing.youths import Youth

Groups = dict[int, list[Youth]]
SHOWN = 30


@dataclass(frozen=True)
class Exchange:
    """One way: with whom, how many points more or less that gives the pairs it touches, and what forbids it.

    ``is_new_pair`` for two who have no partner and become each other's.
    """

    member: PairingMember
    gain: int
    rule: Rule | None
    is_new_pair: bool

    @property
    def order(self) -> tuple[bool, int, int]:
        """What may be comes first, then what gives most."""
        return self.rule is not None, -self.gain, self.member.id


def exchanges_of(member: PairingMember, members: Sequence[PairingMember], draft: Draft) -> list[Exchange]:
    """Return all ways for somebody, the best first; who is in a locked pair is in none of them."""
    youths = {one.id: one for one in draft.youths}
    groups: Groups = {}
    for one in members:
        if one.pair_id is not None:
            groups.setdefault(one.pair_id, []).append(youths[one.person_id])
    ways = [_way(member, other, youths, groups, draft) for other in members if _is_possible(member, other, draft)]
    return sorted(ways, key=lambda way: way.order)


def _is_possible(one: PairingMember, other: PairingMember, draft: Draft) -> bool:
    if one.id == other.id or (other.pair is not None and other.pair.locked_at is not None):
        return False
    has_sides = draft.plan.shape.has_sides
    if one.pair_id is None and other.pair_id is None:
        return not has_sides or one.side != other.side
    return one.pair_id != other.pair_id and (not has_sides or one.side == other.side)


def _way(one: PairingMember, other: PairingMember, youths: dict[int, Youth], groups: Groups, draft: Draft) -> Exchange:
    mine, theirs = youths[one.person_id], youths[other.person_id]
    if one.pair_id is None and other.pair_id is None:
        after = [[mine, theirs]]
        before: list[list[Youth]] = []
    else:
        before = [groups[pair_id] for pair_id in (one.pair_id, other.pair_id) if pair_id is not None]
        after = [[_instead(youth, mine, theirs) for youth in group] for group in before]
    gain = sum(_total(group, draft) for group in after) - sum(_total(group, draft) for group in before)
    return Exchange(other, gain, _broken(after, draft), not before)


def _instead(youth: Youth, mine: Youth, theirs: Youth) -> Youth:
    return {mine.id: theirs, theirs.id: mine}.get(youth.id, youth)


def _total(group: Sequence[Youth], draft: Draft) -> int:
    shares = draft.plan.weights.shares()
    return sum(points(one, other, shares, draft.plan.seed) for one, other in links(group, draft.plan.shape))


def _broken(groups: Sequence[Sequence[Youth]], draft: Draft) -> Rule | None:
    for group in groups:
        for one, other in links(group, draft.plan.shape):
            for rule in draft.plan.rules.broken_by(one, other):
                return rule
    return None
