"""Drawing lots so that anybody can draw them again: no secret, no rounding, no library, only SHA-256.

Each ticket has an application number. The order of a draw is that of ``SHA-256(seed + ":" + number)``, written as
hexadecimal digits, the smallest first. What was promised before is the SHA-256 of the seed. `docs/check_lottery.py`
does the same in twenty lines.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from app.core.codes import new_code

NUMBER_LENGTH = 8  # of an application number: 40 bits, drawn by the computer, so that nobody chooses a lucky one


def new_application_no() -> str:
    """Return the number of one ticket: of one person, or of a party, which is drawn as one."""
    return new_code()[:NUMBER_LENGTH]


def promise(seed: str) -> str:
    """Return what is published of a seed before the draw: nobody can find the seed by it, nor another one that fits."""
    return sha256(seed.encode()).hexdigest()


def drawn_order(seed: str, numbers: Iterable[str]) -> list[str]:
    """Return application numbers in the order in which they are drawn; in which order they come makes no difference."""
    return sorted(set(numbers), key=lambda number: sha256(f"{seed}:{number}".encode()).hexdigest())


def winners(order: Sequence[str], sizes: dict[str, int], places: int, *, smaller_may_pass: bool) -> list[str]:
    """Return who gets a place, in turn, by how many places each needs.

    A ticket that needs more than there are left ends the draw, unless smaller ones that come later may pass it.
    """
    won, left = [], places
    for number in order:
        if sizes[number] <= left:
            won.append(number)
            left -= sizes[number]
        elif not smaller_may_pass:
            break
    return won
