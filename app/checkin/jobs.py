"""What the door has done in the background."""

from datetime import time, timedelta

from flask_babel import lazy_gettext as _l

from app.checkin import follow_ups, no_shows
from app.core.clock import now
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.schedules import schedule
from app.core.working import Work
from app.messages.models import MessageKind

FOLLOW_UP = "checkin.follow_up"
NO_SHOWS = "checkin.no_shows"
_EVENING = time(18)  # staff had the day after for putting right what the door got wrong


@job(FOLLOW_UP)
def follow_up(work: Work) -> None:
    """Thank those who came, and ask after those who did not."""
    for kind in (MessageKind.THANKS, MessageKind.NO_SHOW):
        for slot_id in follow_ups.slots_to_follow_up(kind, now()):
            while work.write(follow_ups.follow_up, slot_id, kind, at=now()):
                pass


@job(NO_SHOWS)
def note_no_shows(work: Work) -> None:
    """Write down who did not come the day before, and had not said so."""
    for slot_id in no_shows.slots_to_look_at(now()):
        while work.write(no_shows.note_no_shows, slot_id, at=now()):
            pass


schedule(FOLLOW_UP, every=timedelta(minutes=5))
tell(FOLLOW_UP, Telling(_l("Thanks, and asking after those who did not come")))
schedule(NO_SHOWS, daily_at=_EVENING)
tell(NO_SHOWS, Telling(_l("Noticing who did not come")))
