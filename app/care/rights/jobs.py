"""Taking one's data along, made in the background; handed out to whoever asked, in that session, for a day."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.care.rights.exporting import write_export
from app.core.access import Principal
from app.core.clock import now
from app.core.db import db
from app.core.job_queries import running_like
from app.core.job_words import Taken, Telling, tell
from app.core.jobs import Asker, Job, Urgency, enqueue, job
from app.core.languages import CHINESE
from app.core.working import Work
from app.people.models import Person
from app.people.queries import acts_for
from app.people.whose import whose

EXPORT = "people.export"
_SAME_WISH = timedelta(minutes=1)


def ask_for_export(person_id: int, *, asker: Asker, at: datetime) -> int:
    """Have somebody's data put together; returns the job, the one under way if it is the same wish."""
    payload: dict[str, object] = {"person_id": person_id}
    same = running_like(EXPORT, payload, (asker.user_id, asker.session_id), at - _SAME_WISH)
    return same or enqueue(EXPORT, payload, at=at, urgency=Urgency.NOW, asker=asker)


@job(EXPORT)
def export_person(work: Work) -> None:
    """Write the file; its name says nothing of whose it is."""
    path = work.new_file(f"我的数据-{now():%Y%m%d}.zip", "application/zip")
    with force_locale(CHINESE):
        write_export(path, int(work.payload["person_id"]))


def _may_take(principal: Principal, payload: Mapping[str, Any]) -> bool:
    return acts_for(principal.actor, int(payload["person_id"]))


def _taken(row: Job) -> Taken:
    person_id = int(row.payload["person_id"])
    return Taken("person_export", person_id, whose(db.session.get_one(Person, person_id)), "own")


tell(
    EXPORT,
    Telling(
        _l("All data about one person"),
        page=("rights.show", ("person_id",)),
        may_take=_may_take,
        taken=_taken,
    ),
)
