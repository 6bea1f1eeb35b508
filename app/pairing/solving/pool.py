"""One pool: a matching of largest weight (Edmonds). If the pool is odd, whoever is left makes a pair a trio."""

from collections.abc import Iterator, Sequence

import numpy as np

from app.pairing.plans import Fairness, Plan
from app.pairing.rules import Rules
from app.pairing.scoring import WHOLE, points
from app.pairing.solving.crowd import Crowd
from app.pairing.solving.edmonds import Edge, matched
from app.pairing.solving.tables import FORBIDDEN, chunks, lots_of, points_of
from app.pairing.youths import Youth

_POINT = 2**64  # outweighs the lots of all edges: weights are whole numbers of 128 bits
_LOT_BITS = 40
_NEAREST = 40  # partners who are looked at for each where not all can be


def pair_pool(youths: Sequence[Youth], plan: Plan, *, is_exact: bool) -> list[tuple[int, ...]]:
    """Pair as many as the rules allow, with the most points; then find a place for one who is left by the number."""
    edges = list(_edges(youths, plan, None if is_exact else _NEAREST))
    found = matched(len(youths), edges)
    if plan.fairness is Fairness.WORST_FIRST and found:
        found = matched(len(youths), _without_worst(len(youths), edges, len(found)))
    pairs = [(youths[one], youths[other]) for one, other in found]
    paired = {one.id for both in pairs for one in both}
    left = [one for one in youths if one.id not in paired]
    made = [(one.id, other.id) for one, other in pairs]
    return _with_third(pairs, left, plan) if len(youths) % 2 and left else list(made)


def _edges(youths: Sequence[Youth], plan: Plan, nearest: int | None) -> Iterator[Edge]:
    """Yield who may be with whom, weighed by points and then by lot: no two matchings weigh the same."""
    (crowd,) = Crowd.parted([youths], plan)
    known: set[tuple[int, int]] = set()
    for rows in chunks(len(youths)):
        table, lots = points_of(crowd, rows, crowd), lots_of(crowd.lots[rows], crowd.lots) >> np.uint64(64 - _LOT_BITS)
        for row in range(rows.start, rows.stop):
            points_here = table[row - rows.start]
            points_here[row] = FORBIDDEN
            for other in _columns(points_here, lots[row - rows.start], nearest):
                both = (min(row, other), max(row, other))
                if both not in known:
                    known.add(both)
                    yield *both, int(points_here[other]) * _POINT + int(lots[row - rows.start][other])


def _columns(row: np.ndarray, lots: np.ndarray, nearest: int | None) -> list[int]:
    allowed = np.flatnonzero(row != FORBIDDEN)
    if nearest is None or len(allowed) <= nearest:
        return [int(one) for one in allowed]
    order = np.lexsort((lots[allowed], -row[allowed].astype(np.int32)))
    return [int(one) for one in allowed[order[:nearest]]]


def _without_worst(count: int, edges: Sequence[Edge], size: int) -> list[Edge]:
    """Return the edges that are needed if the pair that suits least shall suit as well as can be; found by halving."""
    low, high = 0, WHOLE
    while low < high:
        middle = (low + high + 1) // 2
        enough = len(matched(count, _at_least(edges, middle))) == size
        low, high = (middle, high) if enough else (low, middle - 1)
    return _at_least(edges, low)


def _at_least(edges: Sequence[Edge], least: int) -> list[Edge]:
    return [edge for edge in edges if edge[2] >= least * _POINT]


def _with_third(pairs: list[tuple[Youth, Youth]], left: list[Youth], plan: Plan) -> list[tuple[int, ...]]:
    """Let the one who fits best into a pair make it a trio, where the rules allow that for all three."""
    shares = plan.weights.shares()
    best: tuple[int, int, int] | None = None
    for third in range(len(left)):
        for place, both in enumerate(pairs):
            if _may_join(left[third], both, plan.rules):
                given = sum(points(left[third], one, shares, plan.seed) for one in both)
                best = max(best or (-1, 0, 0), (given, -third, -place))
    made: list[tuple[int, ...]] = [(one.id, other.id) for one, other in pairs]
    if best is not None:
        made[-best[2]] = (*made[-best[2]], left[-best[1]].id)
    return made


def _may_join(third: Youth, both: tuple[Youth, Youth], rules: Rules) -> bool:
    return rules.allow((third, *both))
