"""What the page of groups, buses or rooms shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.programmes.models import Programme
from app.trips.adults.ratio import Ratio, ratio_of
from app.trips.models import TripPart, TripPlace, TripRoom
from app.trips.placing.filling import is_shared_out
from app.trips.placing.places import size_of
from app.trips.placing.words import FOR_WHOM, room_is_for
from app.trips.queries import groups_of, places_of, youths_per_adult
from app.trips.roster import Roster, Traveller, roster_of


@dataclass(frozen=True)
class Bunch:
    """People of one group, side by side; ``group_id`` is None for those in none."""

    group_id: int | None
    name: str
    people: Sequence[Traveller]


@dataclass(frozen=True)
class Place:
    """A group, bus or room with everybody in it; ``for_whom`` says for whom a room is."""

    row: TripPlace
    size: int | None
    people: Sequence[Traveller]
    bunches: Sequence[Bunch]
    for_whom: str
    ratio: Ratio

    @property
    def free(self) -> int:
        """How many more fit in; below 0 when somebody came back whose place was given away."""
        return (self.size or 0) - len(self.people)


@dataclass(frozen=True)
class Need:
    """Of one kind of rooms: how many people need a bed, and how many beds there are."""

    for_whom: str
    people: int
    beds: int

    @property
    def missing(self) -> int:
        """How many beds more are needed."""
        return max(0, self.people - self.beds)


@dataclass(frozen=True)
class Page:
    """All of one part of a trip: the places, who is in none, who must not be overlooked."""

    part: TripPart
    places: Sequence[Place]
    waiting: Sequence[Bunch]
    waiting_youths: int
    left: Sequence[Traveller]
    held: Sequence[Traveller]
    doubtful: Sequence[Traveller]
    unknown: Sequence[Traveller]
    needs: Sequence[Need]
    people: int
    missing_seats: int

    def all_bunches(self) -> Iterator[tuple[int | None, Bunch]]:
        """Yield everybody, group by group, with the place they are in."""
        for place in self.places:
            yield from ((place.row.id, bunch) for bunch in place.bunches)
        yield from ((None, bunch) for bunch in self.waiting)


def page_of(programme: Programme, part: TripPart) -> Page:
    """Return what there is to show of a part of a trip."""
    roster, each = roster_of(programme), youths_per_adult(programme.id)
    group_names = {one.id: one.name for one in groups_of(programme.id)}
    shown = [_place(one, roster.of(part, one.id), group_names, each) for one in places_of(part, programme.id)]
    waiting = roster.of(part, None)
    beds = part is TripPart.ROOMS
    seats, riding = sum(one.size or 0 for one in shown), [one for one in roster.everybody if is_shared_out(part, one)]
    return Page(
        part=part,
        places=shown,
        waiting=_bunches(waiting, group_names),
        waiting_youths=sum(one.adult is None for one in waiting),
        left=[one for one in roster.left if one.place(part)],
        held=[one for one in roster.held if one.place(part)],
        doubtful=[one for one in roster.youths if beds and one.room_is_doubtful],
        unknown=[one for one in roster.everybody if beds and one.gender is None],
        needs=_needs(shown, roster) if beds else [],
        people=len(roster.youths),
        missing_seats=max(0, len(riding) - seats) if part is TripPart.BUSES and shown else 0,
    )


def _place(row: TripPlace, people: Sequence[Traveller], group_names: dict[int, str], each: int) -> Place:
    whom = room_is_for(row.gender, row.is_for_minors) if isinstance(row, TripRoom) else ""
    return Place(row, size_of(row), people, _bunches(people, group_names), whom, ratio_of(people, each))


def _bunches(people: Sequence[Traveller], group_names: dict[int, str]) -> list[Bunch]:
    ordered = sorted(people, key=lambda one: (one.group_id is None, one.group_id or 0))
    by_group = groupby(ordered, key=lambda one: one.group_id)
    return [Bunch(group_id, group_names.get(group_id or 0, ""), list(some)) for group_id, some in by_group]


def _needs(places: Sequence[Place], roster: Roster) -> list[Need]:
    found = []
    for (gender, is_for_minors), words in FOR_WHOM.items():
        whom = (gender, is_for_minors)
        people = sum((one.gender, one.is_minor) == whom for one in roster.everybody)
        rooms = [one.row for one in places if isinstance(one.row, TripRoom)]
        beds = sum(room.beds for room in rooms if (room.gender, room.is_for_minors) == whom)
        found.append(Need(str(words), people, beds))
    return [one for one in found if one.people or one.beds]
