"""How work in the background is told: what it is, how it stands, what went wrong, and who may take what it made."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.access import Principal
from app.core.audit import Whose
from app.core.jobs import Job, JobState
from app.core.parts import A_PART_FAILED
from app.core.stopping import RESTORED
from app.core.working import WORKER_DIED

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Taken:
    """What the access log says of taking a result away: what kind of record, which, how many people, what for."""

    record: str
    record_id: int | None
    people: int | Whose
    purpose: str


@dataclass(frozen=True)
class Telling:
    """One kind of work in words.

    ``about`` is what this one is about, for whoever asked for it; ``page`` the endpoint where it was asked for and the
    names in the payload that its address needs; ``may_take`` whether somebody may (still) have what was made; ``taken``
    what the access log says of that, None where nobody's data is in it; ``errors`` the words of its own failures.
    """

    name: LazyString
    about: Callable[[Payload], str] = lambda _payload: ""
    page: tuple[str, tuple[str, ...]] | None = None
    may_take: Callable[[Principal, Payload], bool] = lambda _principal, _payload: True
    taken: Callable[[Job], Taken] | None = None
    errors: Mapping[str, LazyString] | None = None


TELLINGS: dict[str, Telling] = {}
_UNTOLD = Telling(_l("Work of the system"))
_ERRORS: dict[str, LazyString] = {
    WORKER_DIED: _l("The worker broke off while doing this."),
    RESTORED: _l("It was under way when the backup was made."),
    A_PART_FAILED: _l("Some parts could not be done."),
}
_UNFORESEEN = re.compile(r"([A-Z]\w*): ")  # see working.fail
_STATES = {
    JobState.WAITING: (_l("Waiting for its turn"), "plain"),
    JobState.RUNNING: (_l("Being done"), "gold"),
    JobState.SPLIT: (_l("Being done"), "gold"),
    JobState.DONE: (_l("Done"), "pine"),
    JobState.FAILED: (_l("It failed"), "bad"),
    JobState.PARKED: (_l("Somebody has to look"), "bad"),
    JobState.CANCELLED: (_l("Stopped"), "plain"),
}


def tell(kind: str, telling: Telling) -> None:
    """Put a kind of work into words; beside the function that does it."""
    TELLINGS[kind] = telling


def telling_of(kind: str) -> Telling:
    """Return the words for a kind of work; most that the system does by itself needs none of its own."""
    return TELLINGS.get(kind, _UNTOLD)


def state_words(state: JobState) -> tuple[LazyString, str]:
    """Return how a job stands, and the tone in which that is shown."""
    return _STATES[state]


def state_of(row: Job) -> tuple[LazyString, str]:
    """Return the same for a job that may be about to stop, or about to try again."""
    if row.is_cancelling and not row.is_over:
        return _l("Stopping"), "gold"
    if row.state is JobState.WAITING and row.error:
        return _l("Will be tried again"), "gold"
    return state_words(row.state)


def error_of(row: Job) -> str | None:
    """Return what went wrong in words; what a library said may name people and stays in the log."""
    known = _ERRORS | dict(telling_of(row.kind).errors or {})
    if row.error in known:
        return str(known[row.error])
    return _("Something broke on our side. It has been written down.") if broke_with(row) else row.error or None


def broke_with(row: Job) -> str | None:
    """Return the kind of error that nobody had thought of, None where there are words."""
    found = _UNFORESEEN.match(row.error)
    return found[1] if found else None


def left_words(left: timedelta) -> str:
    """Write how long something will still take."""
    minutes = round(left.total_seconds() / 60)
    if left < timedelta(seconds=50):
        return str(_("less than a minute left"))
    if minutes < 60:
        return str(ngettext("about %(num)d minute left", "about %(num)d minutes left", max(minutes, 1)))
    return str(ngettext("about %(num)d hour left", "about %(num)d hours left", round(minutes / 60)))


def took(row: Job) -> str:
    """Write how long a job that is over took, waiting between two attempts included."""
    if not row.started_at or not row.finished_at:
        return "–"
    seconds = (row.finished_at - row.started_at).total_seconds()
    if seconds < 60:
        return str(ngettext("%(num)d second", "%(num)d seconds", round(seconds)))
    return str(ngettext("%(num)d minute", "%(num)d minutes", round(seconds / 60)))
