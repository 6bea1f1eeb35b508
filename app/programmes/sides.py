"""The sides of a programme, their places, and how many pupils each school may recommend."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.core.changes import note_change
from app.core.db import db
from app.programmes.applications import places
from app.programmes.models import OPEN, Application, ApplicationSource, Quota, Side
from app.programmes.planning import RECORD, locked
from app.programmes.problems import FewerPlacesThanGiven, QuotaBelowUsed, SideInUse, SideTwice


@dataclass(frozen=True)
class SideWords:
    """Who takes part: a unit, or a district known by name; how many; from when until when people apply."""

    organisation_id: int | None
    name: str
    places: int
    contact: str
    opens_at: datetime
    closes_at: datetime


def add_side(programme_id: int, words: SideWords, *, by: int, at: datetime) -> Side:
    """Let somebody take part. Raises `SideTwice`."""
    programme = locked(programme_id)
    _refuse_double(programme.sides, words)
    side = Side(accepted=0, **asdict(words))
    programme.sides.append(side)
    db.session.flush()
    db.session.refresh(side)
    note_change(RECORD, programme_id, "side_added", by=by, at=at, title=side.title, places=side.places)
    return side


def edit_side(side_id: int, words: SideWords, *, by: int, at: datetime) -> Side:
    """Change a side; new places go to its reserve list. Raises `FewerPlacesThanGiven`, `SideTwice`."""
    programme = locked(db.session.get_one(Side, side_id).programme_id)
    side = places.lock_side(side_id)
    _refuse_double([one for one in programme.sides if one.id != side_id], words)
    if words.places < side.accepted:
        raise FewerPlacesThanGiven(accepted=side.accepted)
    more = words.places - side.places
    changed = asdict(words) != {name: getattr(side, name) for name in SideWords.__dataclass_fields__}
    for name, value in asdict(words).items():
        setattr(side, name, value)
    db.session.flush()
    db.session.refresh(side)
    if changed:
        note_change(RECORD, programme.id, "side_changed", by=by, at=at, title=side.title, places=side.places)
    places.fill(side, more, at=at)
    return side


def remove_side(side_id: int, *, by: int, at: datetime) -> int:
    """Take a side away that nobody applied on; returns the programme. Raises `SideInUse`."""
    side = places.lock_side(side_id)
    if db.session.scalar(select(Application.id).where(Application.side_id == side_id).limit(1)):
        raise SideInUse
    programme_id = side.programme_id
    note_change(RECORD, programme_id, "side_removed", by=by, at=at, title=side.title)
    db.session.delete(side)
    return programme_id


def set_quotas(side_id: int, quotas: Mapping[int, int], *, by: int, at: datetime) -> Side:
    """Say how many pupils each school may recommend: ``quotas`` are numbers by school, a school without one has none.

    Raises `QuotaBelowUsed`.
    """
    side = places.lock_side(side_id)
    used = recommended(side_id)
    before = {one.school_id: one for one in side.quotas}
    for school_id, quota in before.items():
        if quotas.get(school_id, 0) < used.get(school_id, 0):
            raise QuotaBelowUsed(school=quota.school.name, used=used[school_id])
    if quotas == {school_id: one.places for school_id, one in before.items()}:
        return side
    side.quotas = [before.get(school_id) or Quota(school_id=school_id) for school_id in quotas]
    for quota in side.quotas:
        quota.places = quotas[quota.school_id]
    db.session.flush()
    note_change(RECORD, side.programme_id, "quotas_set", by=by, at=at, title=side.title, places=sum(quotas.values()))
    return side


def recommended(side_id: int) -> dict[int, int]:
    """Return how many pupils each school has recommended for a side."""
    counted = select(Application.school_id, func.count()).where(
        Application.side_id == side_id,
        Application.source == ApplicationSource.SCHOOL,
        Application.state.in_(OPEN),
        Application.school_id.is_not(None),
    )
    rows = db.session.execute(counted.group_by(Application.school_id))
    return {school_id: number for school_id, number in rows if school_id is not None}


def _refuse_double(others: list[Side], words: SideWords) -> None:
    whose = (words.organisation_id, words.name)
    if any((one.organisation_id, one.name) == whose for one in others):
        raise SideTwice
