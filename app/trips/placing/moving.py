"""Putting people into groups, buses and rooms, by hand or all at once, and taking that back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from app.core.changes import note_change
from app.core.db import db
from app.programmes.models import Programme
from app.programmes.planning import locked
from app.trips.models import TripMember, TripPart, TripPlace, TripStep
from app.trips.placing.filling import is_shared_out, share_out
from app.trips.placing.fitting import check_fits, check_suits, fits_into
from app.trips.problems import NobodyTicked, NothingToShareOut, NothingToTakeBack, NotTwo, TargetGone
from app.trips.queries import places_of
from app.trips.roster import COLUMNS, Roster, Traveller, roster_of
from app.trips.words import RECORD


def put(
    programme_id: int, part: TripPart, who: Collection[str], target_id: int | None, *, by: int, at: datetime
) -> int:
    """Put some people into a group, bus or room, or into none; returns how many it moved.

    All or nothing. Whoever is there already stays. Raises `NobodyTicked`, `TargetGone`, `OverFull`, `GenderUnknown`,
    `WrongRoom`.
    """
    programme = locked(programme_id)
    roster = roster_of(programme)
    chosen = [one for one in roster.everybody if one.who in set(who)]
    if not chosen:
        raise NobodyTicked
    moved = [one for one in chosen if one.place(part) != target_id]
    if target_id is not None:
        check_fits(_place(part, programme_id, target_id), moved, roster.of(part, target_id))
    return _move(programme, part, dict.fromkeys(moved, target_id), by=by, at=at)


def swap(programme_id: int, part: TripPart, who: Collection[str], *, by: int, at: datetime) -> int:
    """Let two people change places; returns how many moved. Raises `NotTwo`, `GenderUnknown`, `WrongRoom`."""
    programme = locked(programme_id)
    chosen = [one for one in roster_of(programme).everybody if one.who in set(who)]
    if len(chosen) != 2 or chosen[0].place(part) == chosen[1].place(part):
        raise NotTwo
    for one, other in (chosen, chosen[::-1]):
        there = other.place(part)
        if there is not None:
            check_suits(_place(part, programme_id, there), [one])
    return _move(programme, part, {one: other.place(part) for one, other in (chosen, chosen[::-1])}, by=by, at=at)


def fill(programme_id: int, part: TripPart, *, by: int, at: datetime) -> int:
    """Share out whoever is in none yet; returns how many found a place. Raises `NothingToShareOut`."""
    programme = locked(programme_id)
    roster = roster_of(programme)
    found = _shared_out(programme, part, roster)
    return _move(programme, part, {one: found[one.who] for one in roster.everybody if one.who in found}, by=by, at=at)


def fill_anew(programme_id: int, part: TripPart, *, by: int, at: datetime) -> int:
    """Share everybody out anew, whatever was moved by hand; returns for how many there is a place.

    Raises `NothingToShareOut`.
    """
    programme = locked(programme_id)
    roster = roster_of(programme)
    found = _shared_out(programme, part, roster.emptied(part, lambda one: is_shared_out(part, one)))
    moves = {one: found.get(one.who) for one in roster.everybody if is_shared_out(part, one)}
    _move(programme, part, {one: to for one, to in moves.items() if one.place(part) != to}, by=by, at=at)
    return len(found)


def take_back(programme_id: int, part: TripPart, *, by: int, at: datetime) -> int:
    """Take the last step back: whoever is still where it put them goes where they were before, if that is still there
    and has room; returns how many. Raises `NothingToTakeBack`."""
    programme = locked(programme_id)
    step = last_step(programme_id, part)
    if step is None:
        raise NothingToTakeBack
    step.undone_at = at
    roster, before = roster_of(programme), {who: (came_from, went_to) for who, came_from, went_to in step.moves}
    back = {
        one: before[one.who][0]
        for one in roster.everybody
        if one.who in before and before[one.who][1] == one.place(part)
    }
    back = fits_into(part, places_of(part, programme_id), back, roster)
    note_change(RECORD, programme_id, "moved_back", by=by, at=at, part=part)
    _write(programme, part, back)
    return len(back)


def last_step(programme_id: int, part: TripPart) -> TripStep | None:
    """Return the last step that was not taken back."""
    own = (TripStep.programme_id == programme_id, TripStep.part == part, TripStep.undone_at.is_(None))
    return db.session.scalar(select(TripStep).where(*own).order_by(TripStep.id.desc()).limit(1))


def clear_left(programme_id: int, *, by: int, at: datetime) -> int:
    """Take off all lists whoever does not take part any more; returns how many. A second time changes nothing."""
    programme = locked(programme_id)
    gone = [one.person.id for one in roster_of(programme).left if one.person]
    if gone:
        theirs = (TripMember.programme_id == programme_id, TripMember.person_id.in_(gone))
        db.session.execute(delete(TripMember).where(*theirs))
        note_change(RECORD, programme_id, "left_cleared", by=by, at=at, count=len(gone))
    return len(gone)


def _shared_out(programme: Programme, part: TripPart, roster: Roster) -> dict[str, int]:
    places = places_of(part, programme.id)
    if not places:
        raise NothingToShareOut
    return share_out(part, places, roster)


def _move(programme: Programme, part: TripPart, moves: Mapping[Traveller, int | None], *, by: int, at: datetime) -> int:
    if not moves:
        return 0
    _write(programme, part, moves)
    told = [[one.who, one.place(part), target_id] for one, target_id in moves.items()]
    db.session.add(TripStep(programme_id=programme.id, part=part, moves=told, at=at, by_id=by))
    note_change(RECORD, programme.id, "moved", by=by, at=at, part=part, count=len(moves))
    db.session.flush()
    return len(moves)


def _write(programme: Programme, part: TripPart, moves: Mapping[Traveller, int | None]) -> None:
    members = _members(programme.id, moves)
    for one, target_id in moves.items():
        if one.adult:
            setattr(one.adult, COLUMNS[part], target_id)
        elif one.person:
            member = members.get(one.person.id) or TripMember(programme_id=programme.id, person_id=one.person.id)
            setattr(member, COLUMNS[part], target_id)
            if part is TripPart.ROOMS or member.room_id is None:  # else by whom the room was given
                member.gender, member.is_minor = one.gender, one.is_minor
            db.session.add(member)
    db.session.flush()


def _members(programme_id: int, moves: Mapping[Traveller, int | None]) -> dict[int, TripMember]:
    ids = [one.person.id for one in moves if one.person]
    theirs = (TripMember.programme_id == programme_id, TripMember.person_id.in_(ids))
    return {row.person_id: row for row in db.session.scalars(select(TripMember).where(*theirs))}


def _place(part: TripPart, programme_id: int, place_id: int) -> TripPlace:
    found: Sequence[TripPlace] = places_of(part, programme_id)
    place = next((one for one in found if one.id == place_id), None)
    if place is None:
        raise TargetGone
    return place
