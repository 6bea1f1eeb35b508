"""Workers in processes of their own, with kinds of work that only tests do: ``python -m tests.faults.workshop 2``."""

import os
import signal
import sys
import time
from contextlib import ExitStack

from app import create_app
from app.core import schedules
from app.core.jobs import job
from app.core.keeper import worker_beside
from app.core.working import Work
from config import from_environment
from tests.work import note_effect

_STEPS = 6


@job("test.effect")
def leave_effect(work: Work) -> None:
    """Take a third of a second, and leave one trace in the transaction that finishes the job."""
    for step in range(_STEPS):
        time.sleep(0.05)
        work.step(step, _STEPS)
    work.finish(note_effect, work.payload["number"])


@job("test.killer")
def kill(_work: Work) -> None:
    """Take the whole process down."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(workers: int) -> None:
    """Keep so many workers until told to stop."""
    app = create_app(from_environment())
    schedules.forget()  # a backup that comes round would be killed with the rest, five times perhaps
    with ExitStack() as stack:
        for _ in range(workers):
            stack.enter_context(worker_beside(app))
        signal.signal(signal.SIGTERM, lambda *_: None)
        signal.pause()


if __name__ == "__main__":
    main(int(sys.argv[1]))
