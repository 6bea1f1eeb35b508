"""Entering the grown-ups of a trip, and when their records were looked up."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.accounts.models import User
from app.core.changes import note_change
from app.core.clock import local_day
from app.core.db import db
from app.people.models import Gender
from app.programmes.models import Programme, Side
from app.programmes.planning import locked
from app.trips.models import AdultRole, TripAdult
from app.trips.problems import AdultTwice, CheckedInFuture
from app.trips.words import RECORD


@dataclass(frozen=True)
class AdultWords:
    """Who somebody is and does. ``name`` counts for somebody without an account, an account goes by its own.

    ``checked_on`` and ``checked_by`` say when and by whom the record of offences was looked up, both or neither.
    """

    name: str = ""
    user_id: int | None = None
    side_id: int | None = None
    phone: str = ""
    roles: tuple[AdultRole, ...] = ()
    gender: Gender | None = None
    checked_on: date | None = None
    checked_by: str = ""


def add_adult(programme_id: int, words: AdultWords, *, by: int, at: datetime) -> TripAdult:
    """Put somebody on the trip's list; a record check that the host entered for an earlier trip comes along.

    Raises `AdultTwice`, `CheckedInFuture`.
    """
    programme = locked(programme_id)
    made = TripAdult(programme_id=programme_id, is_minor=False, added_at=at, added_by_id=by)
    made.user_id, made.name = words.user_id, words.name
    if words.user_id:
        made.name = db.session.get_one(User, words.user_id).name
        _refuse_twice(programme_id, words.user_id, made.name)
    _write(made, words, programme, at)
    if made.checked_on is None:
        _bring_check(made, programme.host_id)
    db.session.add(made)
    db.session.flush()
    note_change(RECORD, programme_id, "adult_added", by=by, at=at)
    return made


def edit_adult(adult_id: int, words: AdultWords, *, by: int, at: datetime) -> TripAdult:
    """Change what is known of somebody; with another gender the bed is given up. Raises `CheckedInFuture`."""
    adult = db.session.get_one(TripAdult, adult_id)
    programme = locked(adult.programme_id)
    db.session.refresh(adult)
    before, checked_before = _state(adult), adult.checked_on
    if adult.user_id is None:
        adult.name = words.name
    _write(adult, words, programme, at)
    if _state(adult) != before:
        is_checked = adult.checked_on is not None and adult.checked_on != checked_before
        note_change(RECORD, programme.id, "record_checked" if is_checked else "adult_changed", by=by, at=at)
    return adult


def remove_adult(adult_id: int, *, by: int, at: datetime) -> None:
    """Take somebody off the list, and out of group, bus and room; a second time changes nothing."""
    adult = db.session.get(TripAdult, adult_id)
    if adult:
        note_change(RECORD, adult.programme_id, "adult_removed", by=by, at=at)
        db.session.delete(adult)


def _write(adult: TripAdult, words: AdultWords, programme: Programme, at: datetime) -> None:
    if words.checked_on and words.checked_on > local_day(at):
        raise CheckedInFuture
    if words.gender != adult.gender:
        adult.room_id = None
    side = db.session.get(Side, words.side_id) if words.side_id else None
    adult.side_id = side.id if side and side.programme_id == programme.id else None
    adult.phone, adult.gender = words.phone, words.gender
    adult.roles = f" {' '.join(words.roles)} " if words.roles else ""
    adult.checked_on, adult.checked_by = words.checked_on, words.checked_by


def _bring_check(adult: TripAdult, host_id: int) -> None:
    """Take along what the host found out about the same account, or the same name and phone."""
    if adult.user_id is None and not adult.phone:
        return
    same = [TripAdult.name == adult.name, TripAdult.phone == adult.phone]
    if adult.user_id:
        same = [TripAdult.user_id == adult.user_id]
    known = (
        select(TripAdult)
        .join(Programme, Programme.id == TripAdult.programme_id)
        .where(*same, Programme.host_id == host_id, TripAdult.checked_on.is_not(None))
        .order_by(TripAdult.checked_on.desc(), TripAdult.id.desc())
    )
    earlier = db.session.scalar(known.limit(1))
    if earlier:
        adult.checked_on, adult.checked_by = earlier.checked_on, earlier.checked_by


def _refuse_twice(programme_id: int, user_id: int, name: str) -> None:
    there = (TripAdult.programme_id == programme_id, TripAdult.user_id == user_id)
    if db.session.scalar(select(TripAdult.id).where(*there)):
        raise AdultTwice(name=name)


def _state(adult: TripAdult) -> tuple[object, ...]:
    names = ("name", "side_id", "phone", "roles", "gender", "checked_on", "checked_by")
    return tuple(getattr(adult, name) for name in names)
