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

LAPSE = "programmes.lapse"
AGREEMENTS = "programmes.agreements"


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


schedule(LAPSE, every=timedelta(minutes=5))
tell(LAPSE, Telling(_l("Places in programmes that nobody answered")))
schedule(AGREEMENTS, daily_at=time(9))
tell(AGREEMENTS, Telling(_l("Agreements that end soon")))
