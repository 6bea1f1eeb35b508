"""The best pairing found in other ways: by trying everything, and by an integer programme. And by taking the best
first, which is not the best."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from app.pairing.plans import Plan
from app.pairing.scoring import WHOLE, points
from app.pairing.youths import Youth

Edge = tuple[int, int, int]  # places of two, and their points
Found = tuple[int, int]  # how many pairs, and their points together


def edges_of(youths: Sequence[Youth], plan: Plan) -> list[Edge]:
    """Return all who may be partners."""
    shares = plan.weights.shares()
    return [
        (one, other, points(youths[one], youths[other], shares, plan.seed))
        for one, other in combinations(range(len(youths)), 2)
        if not plan.rules.broken_by(youths[one], youths[other])
        and (not plan.shape.has_sides or youths[one].side != youths[other].side)
    ]


def by_trying(edges: Sequence[Edge], taken: frozenset[int] = frozenset()) -> Found:
    """Return the best of all pairings there are: as many pairs as can be first."""
    if not edges:
        return 0, 0
    (one, other, given), rest = edges[0], edges[1:]
    without = by_trying(rest, taken)
    if {one, other} & taken:
        return without
    free = [edge for edge in rest if not {one, other} & set(edge[:2])]
    pairs, total = by_trying(free, taken | {one, other})
    return max(without, (pairs + 1, total + given))


def by_programme(count: int, edges: Sequence[Edge]) -> Found:
    """Return the same by an integer programme: each pair is made or not, nobody is in two."""
    if not edges:
        return 0, 0
    incidence = np.zeros((count, len(edges)))
    for column, (one, other, _) in enumerate(edges):
        incidence[one, column] = incidence[other, column] = 1
    a_pair = (WHOLE + 1) * count
    worth = np.array([a_pair + given for *_, given in edges], dtype=float)
    found = milp(
        -worth,
        constraints=LinearConstraint(incidence, -np.inf, 1),
        integrality=1,
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    chosen = np.flatnonzero(found.x > 0.5)
    return len(chosen), sum(edges[int(one)][2] for one in chosen)


def by_taking_the_best_first(edges: Sequence[Edge]) -> Found:
    """Return what somebody with a list and a pencil finds."""
    taken: set[int] = set()
    total = 0
    for one, other, given in sorted(edges, key=lambda edge: (-edge[2], edge)):
        if not {one, other} & taken:
            taken |= {one, other}
            total += given
    return len(taken) // 2, total
