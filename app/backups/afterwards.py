"""What has to be done once a backup is back in place, before anybody uses it: said by the packages above."""

from collections.abc import Callable

_steps: list[Callable[[], None]] = []


def after_restoring(step: Callable[[], None]) -> Callable[[], None]:
    """Have this done whenever a backup was put back; if it fails, everything is as it was before."""
    _steps.append(step)
    return step


def do_what_follows() -> None:
    """Do it all, in the order in which it was said."""
    for step in _steps:
        step()
