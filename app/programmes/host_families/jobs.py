"""Host families in the background: deleting those whose time is over."""

from datetime import time

from flask_babel import lazy_gettext as _l

from app.core.clock import now
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.schedules import schedule
from app.core.working import Work
from app.programmes.host_families.keeping import drop_old_families

DROP = "programmes.host_families.drop"


@job(DROP)
def drop_families(work: Work) -> None:
    """Delete the host families of programmes that are long over, some at a time."""
    while work.write(drop_old_families, at=now()):
        work.step(0, 0)  # a worker that is to stop stops here


schedule(DROP, daily_at=time(3, 25))
tell(DROP, Telling(_l("Deleting host families of programmes that are long over")))
