"""What an administrator has to know of wherever they are: backups, dead work, letters nobody can know of."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ScalarSelect, Select, func, select

from app.backups.jobs import BACKUP
from app.core.access import Role, principal
from app.core.clock import now
from app.core.db import db
from app.core.jobs import Job, JobState
from app.messages.deliveries import deliveries_parked
from app.messages.models import Delivery

BACKUP_AFTER = timedelta(hours=36)  # one is made each night; one that was slept through is made up for by noon
_MOST = 99  # nobody needs to know more exactly how many


@dataclass(frozen=True)
class Alarm:
    """What is wrong, in words, and the page where it is mended."""

    words: str
    address: str


@dataclass(frozen=True)
class _Facts:
    """What is asked in one statement; ``known_since`` is when the oldest job that is still there was asked for."""

    failed: int
    parked: int
    letters: int
    backup_id: int | None
    backup_state: JobState | None
    backed_up_at: datetime | None
    known_since: datetime | None


def alarms() -> list[Alarm]:
    """Return what is wrong, for administrators; nobody else's page asks the database for it."""
    if not principal().has(Role.ADMINISTRATOR):
        return []
    if "alarms" not in g:
        facts, at = _Facts(*db.session.execute(_asked()).one()), now()
        g.alarms = [one for one in (_of_backups(facts, at), *_of_work(facts), _of_letters(facts)) if one]
    found: list[Alarm] = g.alarms
    return found


def _asked() -> Select[int, int, int, int | None, JobState | None, datetime | None, datetime | None]:
    ended = select(Job).where(Job.kind == BACKUP, Job.state.in_((JobState.DONE, JobState.FAILED)))
    latest = ended.order_by(Job.id.desc()).limit(1)
    done = select(func.max(Job.finished_at)).where(Job.kind == BACKUP, Job.state == JobState.DONE)
    return select(
        _count(_dead(JobState.FAILED)),
        _count(_dead(JobState.PARKED)),
        _count(deliveries_parked().with_only_columns(Delivery.id)),
        latest.with_only_columns(Job.id).scalar_subquery(),
        latest.with_only_columns(Job.state).scalar_subquery(),
        done.scalar_subquery(),
        select(Job.created_at).where(Job.id == select(func.min(Job.id)).scalar_subquery()).scalar_subquery(),
    )


def _dead(state: JobState) -> Select[int]:
    """Return the work that is given up or that somebody has to look at; of what was shared out only the whole."""
    return select(Job.id).where(Job.state == state, Job.parent_id.is_(None), Job.kind != BACKUP)


def _count(ids: Select[int]) -> ScalarSelect[int]:
    return select(func.count()).select_from(ids.limit(_MOST + 1).subquery()).scalar_subquery()


def _of_backups(facts: _Facts, at: datetime) -> Alarm | None:
    if facts.backup_state is JobState.FAILED and facts.backup_id:
        return Alarm(_("The last backup failed"), url_for("job_desk.show", job_id=facts.backup_id))
    known = facts.backed_up_at or facts.known_since
    if known is None or at < known + BACKUP_AFTER:
        return None
    days = max((at - known).days, 1)
    words = ngettext("No backup for %(num)d day", "No backup for %(num)d days", days)
    return Alarm(words, url_for("job_desk.index", kind=BACKUP))


def _of_work(facts: _Facts) -> list[Alarm]:
    found = []
    if facts.failed:
        words = ngettext("%(much)s job failed", "%(much)s jobs failed", facts.failed, much=_much(facts.failed))
        found.append(Alarm(words, url_for("job_desk.index", state=JobState.FAILED)))
    if facts.parked:
        words = ngettext(
            "%(much)s job needs a look", "%(much)s jobs need a look", facts.parked, much=_much(facts.parked)
        )
        found.append(Alarm(words, url_for("job_desk.index", state=JobState.PARKED)))
    return found


def _of_letters(facts: _Facts) -> Alarm | None:
    if not facts.letters:
        return None
    words = ngettext(
        "%(much)s letter: sent or not?", "%(much)s letters: sent or not?", facts.letters, much=_much(facts.letters)
    )
    return Alarm(words, url_for("delivery_desk.index"))


def _much(number: int) -> str:
    return str(number) if number <= _MOST else f"{_MOST}+"
