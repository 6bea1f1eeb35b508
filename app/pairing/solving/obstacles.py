"""What stands between those who are left and everybody else, counted rule by rule."""

from collections.abc import Sequence

import numpy as np

from app.pairing.leftovers import Freeing, LeftWhy
from app.pairing.plans import Outcome, Plan
from app.pairing.rules import Rule
from app.pairing.solving.crowd import UNKNOWN, Crowd
from app.pairing.solving.tables import Mask, broken_rules, chunks
from app.pairing.youths import Youth


def why_left(outcome: Outcome, youths: Sequence[Youth], plan: Plan) -> dict[int, LeftWhy]:
    """Return for everybody who is left, by id, how many would suit, how many others there are, and which single rules
    keep how many more away."""
    known = {one.id: one for one in youths}
    left = [known[one] for one in outcome.left]
    mine, theirs = Crowd.parted([left, youths], plan)
    everybody = np.array([one.id for one in youths])
    found = {}
    for rows in chunks(len(left)):
        masks = broken_rules(mine, rows, theirs)
        for row in range(rows.start, rows.stop):
            one = left[row]
            possible = theirs.sides != one.side if plan.shape.has_sides else everybody != one.id
            here = {rule: mask[row - rows.start] for rule, mask in masks.items()}
            found[one.id] = LeftWhy(*_counted(row, possible, here, mine, theirs), _unknown(one, plan))
    return found


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


def _unknown(youth: Youth, plan: Plan) -> tuple[str, ...]:
    asked = {
        "born_on": plan.rules.months_apart is not None and youth.born_on is None,
        "gender": plan.rules.same_gender and not youth.gender,
        "languages": plan.rules.common_language and not youth.languages,
    }
    return tuple(name for name, is_missing in asked.items() if is_missing)
