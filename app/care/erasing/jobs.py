"""Carrying out what was granted: remembered beside the backups first, then erased, then the traces."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.care.erasing import replaying
from app.care.erasing.operations import erase, mark_of
from app.care.erasing.requests import ERASE
from app.care.models import Erasure
from app.core.clock import now
from app.core.db import db
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.results import drop_all_results
from app.core.working import Work
from app.people.models import Person


@job(ERASE)
def erase_granted(work: Work) -> None:
    """Erase the person of a request; broken off, it is done from the beginning."""
    erasure_id, at = int(work.payload["erasure_id"]), now()
    row = db.session.get_one(Erasure, erasure_id)
    replaying.remember(row.person, at=at)
    work.write(carry_out, erasure_id, at=at)
    drop_all_results()
    replaying.empty_the_log()


def carry_out(erasure_id: int, *, at: datetime) -> None:
    """Erase whom the request is about; a second time changes nothing."""
    row = db.session.get_one(Erasure, erasure_id, with_for_update=True)
    if row.erased_at is None:
        row.mark, row.erased_at = mark_of(db.session.get_one(Person, row.person_id)), at
        erase(row.person_id, by=row.decided_by_id, at=at)


tell(ERASE, Telling(_l("Erasing a person")))
