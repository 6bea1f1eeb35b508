"""Setting up the groups, buses and rooms of a trip."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from app.core.changes import note_change
from app.core.db import db
from app.people.models import Gender
from app.programmes.models import Programme
from app.programmes.planning import locked
from app.trips.models import TripAdult, TripBus, TripMember, TripPart, TripPlace, TripRoom
from app.trips.problems import NameTaken, RoomInUse, TooFewPlacesInIt
from app.trips.queries import PLACES, places_of
from app.trips.roster import COLUMNS, roster_of
from app.trips.words import RECORD


@dataclass(frozen=True)
class GroupWords:
    """What a group is called."""

    name: str


@dataclass(frozen=True)
class BusWords:
    """What a bus is called, its plate, and how many seats there are for those who travel."""

    name: str
    plate: str
    seats: int


@dataclass(frozen=True)
class RoomWords:
    """What a room is called, its beds, and for whom it is."""

    name: str
    beds: int
    gender: Gender
    is_for_minors: bool


PlaceWords = GroupWords | BusWords | RoomWords
_HAPPENED = {TripPart.GROUPS: "group", TripPart.BUSES: "bus", TripPart.ROOMS: "room"}


def add_places(programme_id: int, part: TripPart, words: Sequence[PlaceWords], *, by: int, at: datetime) -> int:
    """Add groups, buses or rooms, all or none; returns how many. Raises `NameTaken`."""
    locked(programme_id)
    taken = {one.name for one in places_of(part, programme_id)}
    for one in words:
        if one.name in taken:
            raise NameTaken(name=one.name)
        taken.add(one.name)
        db.session.add(PLACES[part](programme_id=programme_id, **asdict(one)))
    db.session.flush()
    if words:
        named = "、".join(one.name for one in words)
        note_change(RECORD, programme_id, f"{_HAPPENED[part]}_added", by=by, at=at, name=named)
    return len(words)


def edit_place(part: TripPart, place_id: int, words: PlaceWords, *, by: int, at: datetime) -> TripPlace:
    """Change a group, bus or room. Raises `NameTaken`, `TooFewPlacesInIt`, `RoomInUse`."""
    place: TripPlace = db.session.get_one(PLACES[part], place_id)
    programme = locked(place.programme_id)
    db.session.refresh(place)
    if any(one.name == words.name and one.id != place_id for one in places_of(part, programme.id)):
        raise NameTaken(name=words.name)
    before = {name: getattr(place, name) for name in asdict(words)}
    if isinstance(place, TripRoom) and isinstance(words, RoomWords):
        _refuse_other_people(place, words)
    for name, value in asdict(words).items():
        setattr(place, name, value)
    _refuse_small(programme, part, place)
    if before != asdict(words):
        note_change(RECORD, programme.id, f"{_HAPPENED[part]}_changed", by=by, at=at, name=place.name)
    return place


def remove_place(part: TripPart, place_id: int, *, by: int, at: datetime) -> None:
    """Take a group, bus or room away; whoever was in it is in none then. A second time changes nothing."""
    place: TripPlace | None = db.session.get(PLACES[part], place_id)
    if place is None:
        return
    locked(place.programme_id)
    column = COLUMNS[part]
    for table in (TripMember, TripAdult):
        db.session.execute(update(table).where(getattr(table, column) == place_id).values({column: None}))
    note_change(RECORD, place.programme_id, f"{_HAPPENED[part]}_removed", by=by, at=at, name=place.name)
    db.session.delete(place)


def size_of(place: TripPlace) -> int | None:
    """Return for how many people it is; a group has no bound."""
    if isinstance(place, TripBus):
        return place.seats
    return place.beds if isinstance(place, TripRoom) else None


def _refuse_small(programme: Programme, part: TripPart, place: TripPlace) -> None:
    size, people = size_of(place), len(roster_of(programme).of(part, place.id))
    if size is not None and people > size:
        raise TooFewPlacesInIt(people=people)


def _refuse_other_people(room: TripRoom, words: RoomWords) -> None:
    if (room.gender, room.is_for_minors) == (words.gender, words.is_for_minors):
        return
    for table in (TripMember, TripAdult):
        if db.session.scalar(select(func.count()).select_from(table).where(table.room_id == room.id)):
            raise RoomInUse
