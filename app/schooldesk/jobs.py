"""What the school's desk does each night: letting go of what nobody needs any more."""

from datetime import datetime, time, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update

from app.core.clock import now
from app.core.db import db
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.schedules import schedule
from app.core.working import Work
from app.events.models import Slot
from app.schooldesk.class_events.models import ClassReply
from app.schooldesk.rosters.models import RosterImport, RosterItem
from app.schooldesk.rosters.undoing import UNDO_WITHIN

TIDY = "schooldesk.tidy"
_REPLIES_KEPT = timedelta(days=30)  # after the event


@job(TIDY)
def tidy(work: Work) -> None:
    """Let go of answers that nobody looked at, and of what rosters changed once they cannot be taken back."""
    work.write(_drop_replies, now())
    work.write(_forget_before, now())


def _drop_replies(at: datetime) -> None:
    over = select(Slot.event_id).group_by(Slot.event_id).having(func.max(Slot.ends_at) < at - _REPLIES_KEPT)
    db.session.execute(delete(ClassReply).where(ClassReply.event_id.in_(over)))


def _forget_before(at: datetime) -> None:
    settled = select(RosterImport.id).where(RosterImport.at <= at - UNDO_WITHIN)
    theirs = (RosterItem.import_id.in_(settled), RosterItem.before != "")
    db.session.execute(update(RosterItem).where(*theirs).values(before=""))


tell(TIDY, Telling(_l("Tidying the school's desk")))
schedule(TIDY, daily_at=time(3, 50))
