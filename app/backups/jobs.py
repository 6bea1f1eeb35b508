"""The backup that comes round every night."""

from datetime import datetime, time

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.backups.backing_up import age_out, back_up
from app.backups.place import place_of
from app.backups.problems import BackupProblem, BadRecipient, Busy, NoRecipient, NoRoom
from app.core.clock import now
from app.core.db import db
from app.core.job_words import Telling, tell
from app.core.jobs import Asker, Job, JobState, enqueue, job
from app.core.schedules import schedule
from app.core.working import GiveUp, TryAgain, Work

BACKUP = "backup"
_ERRORS = {
    NoRecipient.code: NoRecipient.words,
    BadRecipient.code: _l("BACKUP_RECIPIENT holds something that is no public key; one begins with age1."),
    Busy.code: _l("Another backup or restore was going on just then."),
    NoRoom.code: _l("There is no room left for backups. Make some, or move older ones to another disk."),
}


@job(BACKUP, is_long=True)
def back_up_nightly(_work: Work) -> None:
    """Write a backup and let old ones go; why it could not be done stands among the jobs, in words."""
    place = place_of(current_app.config)
    try:
        back_up(place, now())
    except NoRecipient as problem:
        raise GiveUp(problem.code) from problem
    except BackupProblem as problem:
        raise TryAgain(problem.code if problem.code in _ERRORS else problem.message) from problem
    age_out(place.folder)


def ask_for_backup(*, asker: Asker, at: datetime) -> int:
    """Have a backup written now; returns the job's id, that of one which is under way where there is one."""
    under_way = select(Job.id).where(Job.kind == BACKUP, Job.state.in_((JobState.WAITING, JobState.RUNNING)))
    return db.session.scalar(under_way.order_by(Job.id).limit(1)) or enqueue(BACKUP, {}, at=at, asker=asker)


schedule(BACKUP, daily_at=time(2, 30))
tell(BACKUP, Telling(_l("Backup"), errors=_ERRORS))
