"""What higher packages do when something happens further down: they say so, for they keep what goes with it."""

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Hook(Generic[P]):
    """Something that happens. As a decorator it takes what is to be done then; the name of one reads ``when_…``."""

    def __init__(self) -> None:
        self._done: list[Callable[P, None]] = []

    def __call__(self, do: Callable[P, None]) -> Callable[P, None]:
        """Register what is done when it happens, in the same transaction."""
        self._done.append(do)
        return do

    def happens(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Let everything be done that was registered, in that order."""
        for do in self._done:
            do(*args, **kwargs)
