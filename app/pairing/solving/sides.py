"""Two sides: an assignment, exact. Where one side has more, each of the other gets several, as evenly as can be."""

from collections.abc import Iterator, Sequence

import numpy as np

from app.pairing.plans import Fairness, Plan
from app.pairing.scoring import WHOLE
from app.pairing.solving.assignment import Cost, Places, assign
from app.pairing.solving.crowd import Crowd
from app.pairing.solving.tables import FORBIDDEN, Lots, Points, chunks, lots_of, points_of
from app.pairing.youths import Shape, Youth

_LARGEST = 2**50  # of a cost, so that sums of doubles stay exact
_FINEST = 2**12  # ways in which what stands equal goes by lot


def pair_sides(youths: Sequence[Youth], plan: Plan) -> list[tuple[int, ...]]:
    """Pair as many as the rules allow, then (one to many) evenly, then with the most points."""
    sides = [[one for one in youths if one.side == side] for side in (0, 1)]
    if not all(sides):
        return []
    askers, hosts = sorted(sides, key=len, reverse=plan.shape is Shape.ONE_TO_MANY)
    levels = -(-len(askers) // len(hosts))  # how many at most one host gets; one, unless it is one to many
    mine, theirs = Crowd.parted([askers, hosts], plan)
    table = _table(mine, theirs)
    if plan.fairness is Fairness.WORST_FIRST:
        from app.pairing.solving.worst_first import drop_worst

        drop_worst(table, levels)
    chosen: dict[int, list[int]] = {}
    for row, column in _assigned(table, mine, theirs, levels):
        chosen.setdefault(column, []).append(askers[row].id)
    return [(hosts[column].id, *ids) for column, ids in chosen.items()]


def _assigned(table: Points, mine: Crowd, theirs: Crowd, levels: int) -> Iterator[tuple[int, int]]:
    """Yield who goes with whom; people between whom no chain of possible pairs leads are assigned apart, for a half
    costs an eighth."""
    for some, others in _islands(table):
        here = table[np.ix_(some, others)] if len(some) < len(table) or len(others) < table.shape[1] else table
        rows, columns = assign(_cost(here, mine.lots[some], theirs.lots[others], levels))
        columns %= len(others)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            if here[row, column] != FORBIDDEN:
                yield int(some[row]), int(others[column])


def _islands(table: Points) -> Iterator[tuple[Places, Places]]:
    """Yield rows and columns that have to do with each other."""
    left = (table != FORBIDDEN).any(axis=1)
    while left.any():
        rows = np.zeros(len(table), dtype=np.bool_)
        rows[left.argmax()] = True
        columns = np.zeros(table.shape[1], dtype=np.bool_)
        grown = 0
        while grown < (grown := int(rows.sum())):
            columns |= (table[rows] != FORBIDDEN).any(axis=0)
            rows |= (table[:, columns] != FORBIDDEN).any(axis=1)
        left &= ~rows
        yield np.flatnonzero(rows), np.flatnonzero(columns)


def _table(mine: Crowd, theirs: Crowd) -> Points:
    table = np.empty((len(mine.youths), len(theirs.youths)), dtype=np.int16)
    for rows in chunks(len(mine.youths)):
        table[rows] = points_of(mine, rows, theirs)
    for one, other in sorted(mine.plan.rules.together):
        for asker, host in ((one, other), (other, one)):
            if asker in mine.places and host in theirs.places:
                row, column = mine.places[asker], theirs.places[host]
                table[row, np.arange(len(theirs.youths)) != column] = FORBIDDEN
    return table


def _cost(table: Points, mine: Lots, theirs: Lots, levels: int) -> Cost:
    """Return what each place with a host costs: its first, its second and so on side by side.

    A step of points outweighs all lots, a second place all points, and a forbidden pair everything.
    """
    count, width = table.shape
    fineness = _fineness(count, levels)
    point = count * fineness
    again = count * (WHOLE * point + fineness)
    forbidden = count * (again * levels)
    cost = np.empty((count, width * levels), dtype=np.float64)
    for rows in chunks(count):
        first = cost[rows, :width]
        np.multiply(WHOLE - table[rows], float(point), out=first)
        first += lots_of(mine[rows], theirs) & np.uint64(fineness - 1)
        is_forbidden = table[rows] == FORBIDDEN
        for level in range(1, levels):
            cost[rows, level * width : (level + 1) * width] = np.where(is_forbidden, forbidden, first + again * level)
        first[is_forbidden] = forbidden
    return cost


def _fineness(count: int, levels: int) -> int:
    """Return how finely lots may part what stands equal, a power of two, before sums would lose their exactness."""
    fineness = _FINEST
    while fineness > 1 and count * count * (WHOLE * count + 1) * fineness * levels >= _LARGEST:
        fineness //= 2
    return fineness
