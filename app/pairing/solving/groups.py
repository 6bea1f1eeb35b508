"""Groups of k: from several starts, two people change places as long as that makes it better; the best end counts."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from app.pairing.plans import Plan
from app.pairing.rules import Rules
from app.pairing.scoring import WHOLE
from app.pairing.solving.crowd import Crowd
from app.pairing.solving.tables import FORBIDDEN, chunks, points_of
from app.pairing.youths import Youth, lot_of

Links = npt.NDArray[np.int64]
_STARTS = 8
_NEVER = -(WHOLE * 10_000)  # two whom a rule parts weigh more than all that suits


def share_out(youths: Sequence[Youth], plan: Plan) -> list[tuple[int, ...]]:
    """Share people out into groups as near to the size as they come out even, nobody with whom a rule forbids."""
    sizes = group_sizes(len(youths), plan.group_size)
    links = _links(youths, plan)
    best: tuple[int, list[int]] | None = None
    for start in _starts(youths, plan):
        groups = _improved(start, sizes, links)
        total = _total(groups, links)
        if best is None or total > best[0]:
            best = (total, groups)
    found = _members(best[1] if best else [], len(sizes))
    return [tuple(youths[one].id for one in group) for group in _kept(found, youths, plan, links) if len(group) > 1]


def group_sizes(count: int, wanted: int) -> list[int]:
    """Return the sizes of groups that differ by one at most, nearest to the size that is wanted."""
    groups = max(1, (2 * count + wanted) // (2 * wanted))
    return [count // groups + (place < count % groups) for place in range(groups)]


def _links(youths: Sequence[Youth], plan: Plan) -> Links:
    """Return what two are to each other: points, or far less than nothing, or far more where they belong together."""
    (crowd,) = Crowd.parted([youths], plan)
    links = np.zeros((len(youths), len(youths)), dtype=np.int64)
    for rows in chunks(len(youths)):
        links[rows] = points_of(crowd, rows, crowd)
    links[links == FORBIDDEN] = _NEVER
    for one, other in plan.rules.together:
        if one in crowd.places and other in crowd.places:
            first, second = crowd.places[one], crowd.places[other]
            links[first, second] -= _NEVER // 2
            links[second, first] -= _NEVER // 2
    np.fill_diagonal(links, 0)
    return links


def _starts(youths: Sequence[Youth], plan: Plan) -> Iterator[list[int]]:
    for start in range(_STARTS):
        yield sorted(range(len(youths)), key=lambda place: lot_of(f"{plan.seed}/{start}", youths[place].id))


def _improved(order: list[int], sizes: list[int], links: Links) -> list[int]:
    """Return everybody's group once no change of places makes it better."""
    group = np.empty(len(order), dtype=np.int64)
    group[order] = np.repeat(np.arange(len(sizes)), sizes)
    given = np.stack([links[:, group == one].sum(axis=1) for one in range(len(sizes))], axis=1)
    everybody = np.arange(len(order))
    is_better = True
    while is_better:
        is_better = False
        for one in order:
            mine = group[one]
            gain = given[one, group] - given[one, mine] + given[:, mine] - given[everybody, group] - 2 * links[one]
            gain[group == mine] = 0
            other = int(gain.argmax())
            if gain[other] > 0:
                theirs = group[other]
                given[:, mine] += links[:, other] - links[:, one]
                given[:, theirs] += links[:, one] - links[:, other]
                group[one], group[other] = theirs, mine
                is_better = True
    return [int(one) for one in group]


def _total(groups: list[int], links: Links) -> int:
    group = np.array(groups)
    return int(links[group[:, None] == group[None, :]].sum())


def _members(groups: list[int], count: int) -> list[list[int]]:
    return [[place for place, group in enumerate(groups) if group == one] for one in range(count)]


def _kept(found: list[list[int]], youths: Sequence[Youth], plan: Plan, links: Links) -> list[list[int]]:
    """Return the groups without those who may not be there; each of them then joins where there is room and leave."""
    largest = max((len(group) for group in found), default=0)
    out: list[int] = []
    for group in found:
        while (worst := _most_in_the_way(group, youths, plan.rules)) is not None:
            group.remove(worst)
            out.append(worst)
    for one in out:
        room = [at for at, group in enumerate(found) if len(group) < largest and _fits(one, group, youths, plan.rules)]
        if room:
            best = max(room, key=lambda at: (int(links[one, found[at]].sum()), -at))
            found[best].append(one)
    return found


def _most_in_the_way(group: list[int], youths: Sequence[Youth], rules: Rules) -> int | None:
    in_the_way = {one: _count_against(one, group, youths, rules) for one in group}
    worst = max(group, key=lambda one: (in_the_way[one], one), default=None)
    return worst if worst is not None and in_the_way[worst] else None


def _count_against(one: int, group: list[int], youths: Sequence[Youth], rules: Rules) -> int:
    return sum(bool(rules.broken_by(youths[one], youths[other])) for other in group if other != one)


def _fits(one: int, group: list[int], youths: Sequence[Youth], rules: Rules) -> bool:
    return not _count_against(one, group, youths, rules)
