"""What comes round by itself after pairs have ended."""

from datetime import time

from flask_babel import lazy_gettext as _l

from app.core.clock import now
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.schedules import schedule
from app.core.working import Work
from app.pairing.ending.keeping import drop_old_contacts

CONTACTS = "pairing.old_contacts"


@job(CONTACTS)
def drop_contacts(work: Work) -> None:
    """Delete how families reached each other whose pairs have ended, some at a time."""
    while work.write(drop_old_contacts, at=now()):
        work.step(0, 0)  # a worker that is to stop stops here


schedule(CONTACTS, daily_at=time(3, 45))
tell(CONTACTS, Telling(_l("Deleting how families of ended pairs reach each other")))
