"""What programmes have done in the background."""

from datetime import time, timedelta

from flask_babel import lazy_gettext as _l

from app.core.clock import now
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.schedules import schedule
from app.core.working import Work
from app.programmes.agreements.operations import remind
from app.programmes.agreements.queries import due_reminders
from app.programmes.applications.answering import due_answers, lapse
from app.programmes.keeping import drop_old_answers

LAPSE = "programmes.lapse"
AGREEMENTS = "programmes.agreements"
OLD_ANSWERS = "programmes.old_answers"


@job(LAPSE)
def let_lapse(work: Work) -> None:
    """Pass on the places that nobody answered in time."""
    for application_id in due_answers(now()):
        work.write(lapse, application_id, at=now())


@job(AGREEMENTS)
def remind_of_ends(work: Work) -> None:
    """Remind managers of agreements that end soon."""
    for agreement_id in due_reminders(now()):
        work.write(remind, agreement_id, at=now())


@job(OLD_ANSWERS)
def drop_answers(work: Work) -> None:
    """Delete the answers whose time is over."""
    while work.write(drop_old_answers, at=now()):
        work.step(0, 0)  # a worker that is to stop stops here


schedule(LAPSE, every=timedelta(minutes=5))
tell(LAPSE, Telling(_l("Places in programmes that nobody answered")))
schedule(AGREEMENTS, daily_at=time(9))
tell(AGREEMENTS, Telling(_l("Agreements that end soon")))
schedule(OLD_ANSWERS, daily_at=time(3, 35))
tell(OLD_ANSWERS, Telling(_l("Deleting programmes' answers whose time is over")))
