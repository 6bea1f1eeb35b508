"""The best pairing there is: as many as the rules allow first, then the most points; what stands equal goes by lot.

Whole numbers only, and no order but that of the lots, so that the same seed gives the same pairs on any machine and in
whatever order people come. What does the sums is in `app.pairing.solving`, which loads numpy: never at web start.
"""

from collections.abc import Collection, Iterable

from app.pairing.plans import Outcome, Plan
from app.pairing.scoring import links, points
from app.pairing.youths import Shape, Youth, lot_of

LARGEST_EXACT_POOL = 400  # people of one pool; among more only the forty who suit each best are looked at


def pair(youths: Collection[Youth], plan: Plan) -> Outcome:
    """Pair everybody who is not in a locked group; those stay untouched."""
    known = {youth.id: youth for youth in youths}
    fixed = [group for group in (*plan.locked, *_bound(known, plan)) if all(one in known for one in group)]
    settled = {one for group in fixed for one in group}
    free = sorted((one for one in youths if one.id not in settled), key=lambda one: (lot_of(plan.seed, one.id), one.id))
    found = _solve(free, plan) if free else []
    groups = sorted(tuple(sorted(group)) for group in (*fixed, *found))
    paired = {one for group in groups for one in group}
    return _outcome(groups, [one for one in sorted(known) if one not in paired], known, plan)


def _solve(free: list[Youth], plan: Plan) -> list[tuple[int, ...]]:
    if plan.shape.has_sides:
        from app.pairing.solving.sides import pair_sides

        return pair_sides(free, plan)
    if plan.shape is Shape.POOL:
        from app.pairing.solving.pool import pair_pool

        return pair_pool(free, plan, is_exact=len(free) <= LARGEST_EXACT_POOL)
    from app.pairing.solving.groups import share_out

    return share_out(free, plan)


def _bound(known: dict[int, Youth], plan: Plan) -> list[tuple[int, ...]]:
    """Return who is to be together and may be, as pairs that are made before all others. Groups and hosts of several
    take more than two: there it is the sums that keep them together."""
    if plan.shape in {Shape.GROUPS, Shape.ONE_TO_MANY}:
        return []
    taken = {one for group in plan.locked for one in group}
    made: list[tuple[int, ...]] = []
    for one, other in sorted(plan.rules.together):
        if {one, other} & taken or not {one, other} <= known.keys():
            continue
        both = known[one], known[other]
        if plan.rules.allow(both) and links(both, plan.shape):
            made.append((one, other))
            taken |= {one, other}
    return made


def _outcome(groups: list[tuple[int, ...]], left: list[int], known: dict[int, Youth], plan: Plan) -> Outcome:
    shares = plan.weights.shares()
    every = [points(*link, shares, plan.seed) for link in _links(groups, known, plan.shape)]
    is_optimal = plan.shape.has_sides or (plan.shape is Shape.POOL and len(known) <= LARGEST_EXACT_POOL)
    return Outcome(tuple(groups), tuple(left), sum(every), min(every, default=None), is_optimal)


def _links(groups: Iterable[tuple[int, ...]], known: dict[int, Youth], shape: Shape) -> list[tuple[Youth, Youth]]:
    return [link for group in groups for link in links([known[one] for one in group], shape)]
