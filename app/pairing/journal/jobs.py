"""What comes round by itself after pairs are published."""

from datetime import time

from flask_babel import lazy_gettext as _l

from app.core.clock import now
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.schedules import schedule
from app.core.working import Work
from app.pairing.journal.silence import remind, rounds_to_remind

SILENT = "pairing.silent"


@job(SILENT)
def remind_of_silent(work: Work) -> None:
    """Remind teachers of silent pairs."""
    for round_id in rounds_to_remind():
        work.write(remind, round_id, at=now())


schedule(SILENT, daily_at=time(9))
tell(SILENT, Telling(_l("Pairs that nothing was heard of")))
