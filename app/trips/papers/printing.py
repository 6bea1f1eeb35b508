"""Writing down that a list went out, and what is typed for the emergency card."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.audit import Whose, note_access
from app.core.changes import note_change
from app.core.db import db
from app.programmes.planning import RECORD, locked
from app.trips.papers.making import Paper
from app.trips.papers.models import PaperKind, TripEmergency, TripPrint

_TWICE_WITHIN = timedelta(minutes=1)  # somebody pressed again, or the printer was not on


@dataclass(frozen=True)
class TakenOut:
    """How a list went out: what the access log calls that, what for, and whose data it was."""

    action: str
    purpose: str
    whose: Whose


@dataclass(frozen=True)
class Contacts:
    """What is typed for the emergency card, each in one line."""

    on_duty: str = ""
    protection: str = ""
    hospital: str = ""
    insurance: str = ""


def note_print(programme_id: int, paper: Paper, taken: TakenOut, *, by: int, at: datetime) -> TripPrint:
    """Write down who took a list out, and how it was then; twice within a minute is one print, and two entries of the
    access log."""
    record = f"trip_{paper.kind}"
    note_access(taken.action, record, programme_id, people=taken.whose, purpose=taken.purpose, by=by, at=at)
    last = last_prints(programme_id).get(paper.kind)
    if last and (last.version, last.by_id) == (paper.version, by) and at < last.printed_at + _TWICE_WITHIN:
        return last
    lines = {who: dict(line) for who, line in paper.lines.items()}
    made = TripPrint(
        programme_id=programme_id, kind=paper.kind, version=paper.version, lines=lines, printed_at=at, by_id=by
    )
    db.session.add(made)
    db.session.flush()
    return made


def last_prints(programme_id: int) -> Mapping[PaperKind, TripPrint]:
    """Return the last print of each list of a trip."""
    latest = select(func.max(TripPrint.id)).where(TripPrint.programme_id == programme_id).group_by(TripPrint.kind)
    found = select(TripPrint).where(TripPrint.id.in_(latest)).options(joinedload(TripPrint.by))
    return {one.kind: one for one in db.session.scalars(found)}


def prints_of(programme_id: int, most: int = 30) -> list[TripPrint]:
    """Return the latest prints of a trip, the latest first."""
    own = select(TripPrint).where(TripPrint.programme_id == programme_id).options(joinedload(TripPrint.by))
    return list(db.session.scalars(own.order_by(TripPrint.id.desc()).limit(most)))


def contacts_of(programme_id: int) -> TripEmergency | None:
    """Return what was typed for the emergency card, None for nothing yet."""
    return db.session.scalar(select(TripEmergency).where(TripEmergency.programme_id == programme_id))


def write_contacts(programme_id: int, contacts: Contacts, *, by: int, at: datetime) -> TripEmergency:
    """Write down what stands on the emergency card besides people; the same again changes nothing."""
    locked(programme_id)
    row = contacts_of(programme_id)
    if row is None:
        row = TripEmergency(programme_id=programme_id)
        db.session.add(row)
    elif asdict(contacts) == {name: getattr(row, name) for name in asdict(contacts)}:
        return row
    for name, value in asdict(contacts).items():
        setattr(row, name, value)
    row.changed_at, row.changed_by_id = at, by
    db.session.flush()
    note_change(RECORD, programme_id, "emergency_changed", by=by, at=at)
    return row
