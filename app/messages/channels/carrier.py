"""What every channel can do, and the four ways in which it fails."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from app.messages.troubles import Trouble


@dataclass(frozen=True)
class Letter:
    """What goes out to one address: the words are plain text, ``subject`` is one line.

    ``key`` is the same whenever the same delivery goes out, ``kind`` that of the message or ``proof``; ``code`` is set
    for a proof only, and ``minutes`` says how long it counts. ``tail`` is how the link ends, for approved templates
    that have the rest of it: no parameter of theirs may hold an address.
    """

    key: str
    address: str
    name: str
    kind: str
    language: str
    subject: str
    body: str
    link: str | None = None
    code: str = ""
    minutes: int = 0
    tail: str = ""


class Line(Protocol):
    """A channel that is ready to take letters."""

    def send(self, letter: Letter) -> str:
        """Send a letter; returns what the other side calls it. Raises `Refused`, `Unavailable` or `Unknown`."""


class Carrier(Protocol):
    """A channel that is switched on."""

    pause: float  # seconds between two letters, so that the other side is not flooded

    def carries(self, kind: str) -> bool:
        """Return whether letters of this kind go out by it."""

    def line(self) -> AbstractContextManager[Line]:
        """Open the channel for some letters. Raises `Away`."""


class Undelivered(Exception):
    """A letter did not surely arrive; ``trouble`` says why to people, ``detail`` is what the other side said."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}")
        self.trouble, self.detail = trouble, detail


class Refused(Undelivered):
    """It will never be taken."""


class Unavailable(Undelivered):
    """It was not taken, and may be later."""


class Away(Unavailable):
    """The whole channel cannot be reached, or takes nothing just now: the other letters need not be tried either."""


class Unknown(Undelivered):
    """Nobody can know whether it went out; the line is broken after that."""
