"""What events have done in the background."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.core.clock import now
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.schedules import schedule
from app.core.working import Work
from app.events import reminders
from app.messages.models import MessageKind

REMIND = "events.remind"


@job(REMIND)
def remind(work: Work) -> None:
    """Remind whoever is to be reminded now."""
    for kind in (MessageKind.REMINDER, MessageKind.SOON):
        for slot_id in reminders.slots_to_remind_of(kind, now()):
            while work.write(reminders.remind, slot_id, kind, at=now()):
                pass


schedule(REMIND, every=timedelta(minutes=5))
tell(REMIND, Telling(_l("Reminders")))
