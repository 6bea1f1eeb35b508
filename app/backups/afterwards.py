"""What has to be done once a backup is back in place, before anybody uses it: said by the packages above."""

from collections.abc import Callable
from pathlib import Path

Step = Callable[[Path], None]
_steps: list[Step] = []


def after_restoring(step: Step) -> Step:
    """Have this done whenever a backup was put back, with the folder that it lay in; if it fails, everything is as it
    was before."""
    _steps.append(step)
    return step


def do_what_follows(folder: Path) -> None:
    """Do it all, in the order in which it was said."""
    for step in _steps:
        step(folder)
