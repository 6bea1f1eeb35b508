"""The slips of a large class as one file, drawn in the background a few sheets at a time."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.certificates.bundles import file_name, write_pdf
from app.certificates.press import RenderingUnavailable
from app.core.access import Principal, Role
from app.core.db import db
from app.core.job_queries import running_like
from app.core.job_words import Taken, Telling, tell
from app.core.jobs import Asker, Job, Urgency, enqueue, job
from app.core.working import GiveUp, Work
from app.people.models import SchoolClass
from app.people.whose import whose_of
from app.schooldesk.claims.printing import on_paper, open_slips
from app.schooldesk.claims.sheet import draw_slips

PRINT = "claims.print"
_IN_A_TURN = 50  # a second of the press, which certificates wait for too
_SAME_WISH = timedelta(minutes=1)
_NOTHING = "There is no slip any more that counts."
_CANNOT_DRAW = "This server cannot draw slips yet. The slips themselves count."


def ask_for_sheets(class_id: int, *, asker: Asker, at: datetime) -> int | None:
    """Have the slips of a class that count put into one file; returns the job, the one under way if it is the same
    wish, None where there is nothing to print."""
    one = db.session.get_one(SchoolClass, class_id, with_for_update={"key_share": True})
    found = open_slips(one)
    if not found:
        return None
    payload: dict[str, object] = {
        "class_id": class_id,
        "name": one.name,
        "slips": len(found),
        "latest": max(slip.id for slip in found),
    }
    same = running_like(PRINT, payload, (asker.user_id, asker.session_id), at - _SAME_WISH)
    return same or enqueue(PRINT, payload, at=at, urgency=Urgency.NOW, asker=asker)


@job(PRINT, is_long=True)
def print_sheets(work: Work) -> None:
    """Draw the slips that count by now."""
    one = db.session.get(SchoolClass, work.payload["class_id"])
    if one is None or not open_slips(one):
        raise GiveUp(_NOTHING)
    try:
        drawn = list(_drawn(work, one))
    except RenderingUnavailable as missing:
        raise GiveUp(_CANNOT_DRAW) from missing
    path = work.new_file(f"{file_name(one.name)}-账号领取单.pdf", "application/pdf")
    write_pdf(path, (("", part) for part in drawn))


def _drawn(work: Work, one: SchoolClass) -> Iterator[bytes]:
    facts, said = on_paper(one, open_slips(one))
    for first in range(0, len(said), _IN_A_TURN):
        work.step(first, len(said))
        yield draw_slips(facts, said[first : first + _IN_A_TURN])


def _may_take(principal: Principal, payload: Mapping[str, Any]) -> bool:
    own = SchoolClass.school_id.in_(principal.units(Role.SCHOOL))
    found = select(SchoolClass.id).where(SchoolClass.id == payload["class_id"], own)
    return db.session.scalar(found) is not None


def _taken(row: Job) -> Taken:
    class_id = int(row.payload["class_id"])
    found = open_slips(db.session.get_one(SchoolClass, class_id))
    return Taken("claim_slips", class_id, whose_of(slip.person for slip in found), "check")


tell(
    PRINT,
    Telling(
        _l("Claim slips"),
        about=lambda payload: str(payload["name"]),
        page=("claim_desk.show", ("class_id",)),
        may_take=_may_take,
        taken=_taken,
        errors={
            _NOTHING: _l("There is no slip any more that counts."),
            _CANNOT_DRAW: _l("This server cannot draw slips yet. The slips themselves count."),
        },
    ),
)
