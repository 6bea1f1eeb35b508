"""Text messages for trying the program: they go into its log."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from app.core.filters import masked_phone
from app.messages.channels.carrier import Letter

log = structlog.stdlib.get_logger("tongxing.sms")


class Console:
    """Writes each letter into the log; the number only as far as one may see it."""

    pause = 0.0

    def carries(self, kind: str) -> bool:
        """Return that any letter goes out by it."""
        return bool(kind)

    @contextmanager
    def line(self) -> Iterator["Console"]:
        """Open nothing."""
        yield self

    def send(self, letter: Letter) -> str:
        """Write the letter down."""
        log.info("text message", to=masked_phone(letter.address), kind=letter.kind, words=letter.subject)
        return letter.key
