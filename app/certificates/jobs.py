"""An event's certificates as one file: drawn in parts, by as many workers as there are, then put together."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from app.certificates import bundles, rendering
from app.certificates.bundles import Bundle, file_name
from app.certificates.facts import facts_of
from app.certificates.models import Certificate
from app.core.access import Principal
from app.core.audit import Whose
from app.core.db import db
from app.core.job_queries import running_like
from app.core.job_words import Taken, Telling, tell
from app.core.jobs import Asker, Job, Urgency, enqueue, job
from app.core.results import result_path
from app.core.working import GiveUp, Work
from app.events.models import Event, Registration
from app.events.queries import events_run_by
from app.people.whose import whose_with_ids

COLLECT, DRAW = "certificates.collect", "certificates.draw"
_IN_A_PART = 10  # some three seconds of drawing
_SAME_WISH = timedelta(minutes=1)  # whoever presses again so soon wants what is under way
_NOTHING = "There is no valid certificate any more."
_CANNOT_DRAW = "This server cannot draw certificates yet. The certificates themselves are valid."
_PARTS_GONE = "The parts were kept for a day and are gone."


def collect(event_id: int, bundle: Bundle, purpose: str, *, asker: Asker, at: datetime) -> int:
    """Have an event's certificates put into one file; returns the job, the one under way if it is the same wish."""
    event = db.session.get_one(Event, event_id, with_for_update={"key_share": True})
    payload: dict[str, object] = {
        "event_id": event_id,
        "title": event.title,
        "bundle": bundle.value,
        "purpose": purpose,
    }
    same = running_like(COLLECT, payload, (asker.user_id, asker.session_id), at - _SAME_WISH)
    return same or enqueue(COLLECT, payload, at=at, urgency=Urgency.NOW, asker=asker)


@job(DRAW, is_long=True)
def draw_part(work: Work) -> None:
    """Draw some of the certificates into a file that only the whole knows of."""
    path = work.new_file("part.zip", Bundle.ZIP.content_type)
    bundles.write_zip(path, _drawn(work))


def put_together(work: Work) -> None:
    """Make one file of the parts, which go."""
    bundle = Bundle(work.payload["bundle"])
    parts = [_part_file(one) for one in _parts_of(work.id)]
    path = work.new_file(f"{file_name(work.payload['title'])}-证书.{bundle}", bundle.content_type)
    write = bundles.write_pdf if bundle is Bundle.PDF else bundles.write_zip
    people = write(path, bundles.papers_in(parts))
    if not people:
        raise GiveUp(_NOTHING)
    if work.result is not None:
        work.result["people"] = people
    work.finish(_nothing_more)
    for part in parts:
        part.unlink(missing_ok=True)


@job(COLLECT, gather=put_together, is_long=True)
def share_out(work: Work) -> None:
    """Cut the certificates that stand, by number, into parts."""
    event_id = work.payload["event_id"]
    ids = [one.id for one in db.session.scalars(_standing().where(Certificate.event_id == event_id))]
    if not ids:
        raise GiveUp(_NOTHING)
    parts = [ids[start : start + _IN_A_PART] for start in range(0, len(ids), _IN_A_PART)]
    work.split(DRAW, [{"place": place, "certificates": part} for place, part in enumerate(parts)])


def _standing() -> Select[Certificate]:
    return select(Certificate).where(Certificate.revoked_at.is_(None)).order_by(Certificate.number)


def _drawn(work: Work) -> Iterator[tuple[str, bytes]]:
    found = db.session.scalars(_standing().where(Certificate.id.in_(work.payload["certificates"])))
    papers = [(file_name(f"{one.number}-{one.person_name}") + ".pdf", facts_of(one)) for one in found]
    for place, (name, facts) in enumerate(papers):
        work.step(place, len(papers))
        try:
            yield name, rendering.draw_pdf(facts)
        except rendering.RenderingUnavailable as missing:
            raise GiveUp(_CANNOT_DRAW) from missing


def _parts_of(job_id: int) -> list[Job]:
    parts = db.session.scalars(select(Job).where(Job.parent_id == job_id))
    return sorted(parts, key=lambda part: int(part.payload["place"]))


def _part_file(part: Job) -> Path:
    path = result_path(part.result)
    if path is None:
        raise GiveUp(_PARTS_GONE)
    return path


def _nothing_more() -> None:
    """Finish with the file alone."""


def _may_take(principal: Principal, payload: Mapping[str, Any]) -> bool:
    own = events_run_by(principal).where(Event.id == payload["event_id"])
    return db.session.scalar(own.with_only_columns(Event.id)) is not None


def _taken(row: Job) -> Taken:
    return Taken("event_certificates", row.payload["event_id"], _whose(row.payload["event_id"]), row.payload["purpose"])


def _whose(event_id: int) -> Whose:
    theirs = _standing().join(Certificate.registration).where(Certificate.event_id == event_id)
    return whose_with_ids(theirs.order_by(None).with_only_columns(Registration.person_id))


_ERRORS = {
    _NOTHING: _l("There is no valid certificate any more."),
    _CANNOT_DRAW: _l("This server cannot draw certificates yet. The certificates themselves are valid."),
    _PARTS_GONE: _l("The parts were kept for a day and are gone. Please have it made again."),
}
tell(
    COLLECT,
    Telling(
        _l("All certificates"),
        about=lambda payload: f"{payload['title']} · {str(payload['bundle']).upper()}",
        page=("certificates.desk", ("event_id",)),
        may_take=_may_take,
        taken=_taken,
        errors=_ERRORS,
    ),
)
tell(DRAW, Telling(_l("All certificates: a part"), errors=_ERRORS))
