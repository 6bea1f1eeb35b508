"""The work of an announcement: to leave when its time has come, in parts that hold up nobody."""

from flask_babel import lazy_gettext as _l

from app.announcements import leaving
from app.core.clock import now
from app.core.job_words import Telling, tell
from app.core.jobs import Urgency, job
from app.core.working import Work

SEND, SEND_PART = "announcements.send", "announcements.send_part"
PART = 500  # messages written in one transaction


def _is_whole(work: Work) -> None:
    """All parts are told; there is nothing to gather."""


@job(SEND, gather=_is_whole)
def send(work: Work) -> None:
    """Let an announcement leave, unless it was taken back, to whoever is meant now."""
    number = work.payload["announcement"]
    if not work.write(leaving.begin, number, at=now()):
        return
    meant = leaving.readers_of(number, now())
    parts = [meant[start : start + PART] for start in range(0, len(meant), PART)]
    urgency = Urgency.NOW if work.payload["is_urgent"] else Urgency.BULK
    work.split(SEND_PART, [{"announcement": number, "registrations": part} for part in parts], urgency=urgency)


@job(SEND_PART)
def send_part(work: Work) -> None:
    """Tell some of its readers, and be done in the same transaction."""
    work.finish(leaving.tell, work.payload["announcement"], work.payload["registrations"], at=now())


tell(SEND, Telling(_l("An announcement leaves")))
tell(SEND_PART, Telling(_l("A part of an announcement's readers is told")))
