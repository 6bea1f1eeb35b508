"""What some of a crowd are to all of another: the same sums as in `app.pairing.scoring`, many at once."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from app.pairing.rules import Rule
from app.pairing.scoring import LEVELS, Part, level_of
from app.pairing.solving.crowd import UNKNOWN, Crowd

Mask = npt.NDArray[np.bool_]
Points = npt.NDArray[np.int16]
Lots = npt.NDArray[np.uint64]
FORBIDDEN = -1
_CHUNK = 256  # rows looked at together: what they need stays small, and in the processor's cache
_BY_NAME = (Part.WISHES, Part.CONTINUITY)


def chunks(length: int) -> Iterator[slice]:
    """Cut rows into pieces."""
    return (slice(start, min(start + _CHUNK, length)) for start in range(0, length, _CHUNK))


def points_of(mine: Crowd, rows: slice, theirs: Crowd) -> Points:
    """Return the points of some with everybody else: rows × people; `FORBIDDEN` where a rule keeps them apart."""
    shares = mine.plan.weights.shares()
    found = np.zeros((rows.stop - rows.start, len(theirs.youths)), dtype=np.int16)
    for part, of in shares.items():
        if of and part not in _BY_NAME:
            given = np.array([of * level // 100 for level in LEVELS[part]], dtype=np.int16)
            found += given[_levels(part, mine, rows, theirs)]
    _add_named(found, mine, rows, theirs, shares)
    for mask in broken_rules(mine, rows, theirs).values():
        found[mask] = FORBIDDEN
    return found


def broken_rules(mine: Crowd, rows: slice, theirs: Crowd) -> dict[Rule, Mask]:
    """Return which pairs each rule in force forbids: rows × people."""
    rules, masks = mine.plan.rules, {}
    if rules.months_apart is not None:
        apart = np.abs(mine.months[rows, None] - theirs.months[None, :])
        unknown = (mine.months[rows, None] == UNKNOWN) | (theirs.months[None, :] == UNKNOWN)
        masks[Rule.AGE_GAP] = (apart > rules.months_apart) | unknown
    if rules.same_gender:
        one = mine.genders[rows, None]
        masks[Rule.SAME_GENDER] = (one != theirs.genders[None, :]) | (one == 0)
    if rules.common_language:
        masks[Rule.COMMON_LANGUAGE] = _in_common(mine.languages[rows], theirs.languages) == 0
    if rules.other_side:
        masks[Rule.OTHER_SIDE] = mine.sides[rows, None] == theirs.sides[None, :]
    if rules.apart:
        masks[Rule.APART] = _apart(mine, rows, theirs)
    return masks


def lots_of(mine: Lots, theirs: Lots) -> Lots:
    """Return the lots of some with everybody else by theirs, as `app.pairing.youths.lot_of_two`."""
    mixed: Lots = mine[:, None] + theirs[None, :]
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _levels(part: Part, mine: Crowd, rows: slice, theirs: Crowd) -> npt.NDArray[np.intp]:
    last = len(LEVELS[part]) - 1
    if part is Part.CHANCE:
        drawn = (lots_of(mine.lots[rows], theirs.lots) >> np.uint64(32)) % np.uint64(101)
        return drawn.astype(np.intp, copy=False)
    if part is Part.OTHER_SIDE:
        differs: npt.NDArray[np.bool_] = mine.sides[rows, None] != theirs.sides[None, :]
        return differs.astype(np.intp)
    if part in (Part.INTERESTS, Part.LANGUAGES):
        ours = (mine.interests, theirs.interests) if part is Part.INTERESTS else (mine.languages, theirs.languages)
        common: npt.NDArray[np.uint8] = np.minimum(_in_common(ours[0][rows], ours[1]), last)
        return common.astype(np.intp)
    one, other = (mine.grades, theirs.grades) if part is Part.GRADE else (mine.months, theirs.months)
    apart: npt.NDArray[np.int32] = np.minimum(np.abs(one[rows, None] - other[None, :]), last)
    apart[(one[rows] == UNKNOWN)[:, None] & (other == UNKNOWN)[None, :]] = last
    return apart.astype(np.intp)


def _in_common(mine: npt.NDArray[np.uint64], theirs: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint8]:
    found = np.zeros((len(mine), len(theirs)), dtype=np.uint8)
    for column in range(mine.shape[1]):
        found += np.bitwise_count(mine[:, None, column] & theirs[None, :, column])
    return found


def _add_named(found: Points, mine: Crowd, rows: slice, theirs: Crowd, shares: Mapping[Part, int]) -> None:
    """Add what two have by name: wishes, and having been partners before."""
    for row, one in enumerate(mine.youths[rows]):
        columns = (theirs.places.get(other_id) for other_id in mine.named.get(one.id, ()))
        for column in (place for place in columns if place is not None):
            other = theirs.youths[column]
            for part in (part for part in _BY_NAME if shares[part]):
                found[row, column] += shares[part] * LEVELS[part][level_of(part, one, other, mine.plan.seed)] // 100


def _apart(mine: Crowd, rows: slice, theirs: Crowd) -> Mask:
    mask = np.zeros((rows.stop - rows.start, len(theirs.youths)), dtype=np.bool_)
    for one, other in mine.plan.rules.apart:
        for first, second in ((one, other), (other, one)):
            row, column = mine.places.get(first), theirs.places.get(second)
            if row is not None and column is not None and rows.start <= row < rows.stop:
                mask[row - rows.start, column] = True
    return mask
