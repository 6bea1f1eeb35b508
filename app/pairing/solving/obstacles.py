"""What stands between those who are left and everybody else, counted rule by rule."""

from collections.abc import Iterator, Sequence

import numpy as np

from app.pairing.leftovers import Freeing
from app.pairing.plans import Plan
from app.pairing.rules import Rule
from app.pairing.solving.crowd import UNKNOWN, Crowd
from app.pairing.solving.tables import Mask, broken_rules, chunks
from app.pairing.youths import Youth

Obstacles = tuple[int, int, int, tuple[Freeing, ...]]


def obstacles_of(left: Sequence[Youth], youths: Sequence[Youth], plan: Plan) -> Iterator[Obstacles]:
    """Yield for each who is left: the id, how many would suit, how many others there are, and which single rules keep
    how many more away."""
    mine, theirs = Crowd.parted([left, youths], plan)
    everybody = np.array([one.id for one in youths])
    for rows in chunks(len(left)):
        masks = broken_rules(mine, rows, theirs)
        for row in range(rows.start, rows.stop):
            possible = theirs.sides != left[row].side if plan.shape.has_sides else everybody != left[row].id
            here = {rule: mask[row - rows.start] for rule, mask in masks.items()}
            yield left[row].id, *_counted(row, possible, here, mine, theirs)


def _counted(
    row: int, possible: Mask, broken: dict[Rule, Mask], mine: Crowd, theirs: Crowd
) -> tuple[int, int, tuple[Freeing, ...]]:
    count = np.zeros(len(possible), dtype=np.int8)
    for mask in broken.values():
        count += mask
    freeing = []
    for rule, mask in broken.items():
        alone = possible & mask & (count == 1)
        if alone.any():
            months = int(np.abs(mine.months[row] - theirs.months[alone]).min()) if rule is Rule.AGE_GAP else 0
            freeing.append(Freeing(rule, int(alone.sum()), months if 0 < months < -UNKNOWN // 2 else None))
    return int((possible & (count == 0)).sum()), int(possible.sum()), tuple(freeing)
