"""Travel documents in the background: reminding of those that are missing, deleting those whose time is over."""

from datetime import time

from flask_babel import lazy_gettext as _l

from app.core.clock import now
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.schedules import schedule
from app.core.working import Work
from app.trips.documents.keeping import drop_old_documents
from app.trips.documents.telling import due_reminders, remind

REMIND = "trips.documents.remind"
DROP = "trips.documents.drop"


@job(REMIND)
def remind_of_documents(work: Work) -> None:
    """Tell families whose document is missing."""
    for programme_id in due_reminders(now()):
        work.write(remind, programme_id, at=now())


@job(DROP)
def drop_documents(work: Work) -> None:
    """Delete the documents of trips that are over, some at a time."""
    while work.write(drop_old_documents, at=now()):
        work.step(0, 0)  # a worker that is to stop stops here


schedule(REMIND, daily_at=time(10))
tell(REMIND, Telling(_l("Travel documents that are missing")))
schedule(DROP, daily_at=time(3, 20))
tell(DROP, Telling(_l("Deleting travel documents of trips that are over")))
