"""Sharing people out by itself: the same people and places always give the same result, and nobody placed is moved.

Sides, schools and classes stay together as far as there is room; a group rides together; rooms go by gender and age.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from app.trips.models import AdultRole, TripPart, TripPlace
from app.trips.placing.fitting import suits
from app.trips.placing.places import size_of
from app.trips.roster import Roster, Traveller

_Found = dict[str, int]  # the place of each who is put somewhere, by who it is


def share_out(part: TripPart, places: Sequence[TripPlace], roster: Roster) -> _Found:
    """Return where to put whoever is in none yet; who finds no place is not in it."""
    share = {TripPart.GROUPS: _into_groups, TripPart.BUSES: _into_buses, TripPart.ROOMS: _into_rooms}
    return share[part](places, roster)


def is_shared_out(part: TripPart, one: Traveller) -> bool:
    """Return whether somebody is put into a place by itself: who leads a group is for people to say, and a driver who
    does nothing else has a seat of the own."""
    if one.adult is None or part is TripPart.ROOMS:
        return True
    return part is TripPart.BUSES and one.adult.duties != [AdultRole.DRIVER]


class _Filling:
    """Places while they fill up: how many more come in, and who is there."""

    def __init__(self, part: TripPart, places: Sequence[TripPlace], roster: Roster, free: dict[int, int]) -> None:
        self.places, self.free, self.found = places, free, _Found()
        self.inside = {place.id: roster.of(part, place.id) for place in places}

    def best_for(self, one: Traveller) -> TripPlace | None:
        """Return where most of somebody's class, then school, then side are, the earliest of equals."""
        open_ones = [place for place in self.places if self.free[place.id] > 0 and suits(place, one)]
        return max(open_ones, key=lambda place: self._mates(place, one), default=None)

    def put(self, one: Traveller, place: TripPlace) -> None:
        """Let somebody be there."""
        self.found[one.who] = place.id
        self.free[place.id] -= 1
        self.inside[place.id].append(one)

    def put_each(self, people: Iterable[Traveller]) -> _Found:
        """Put people one after another where they belong best."""
        for one in people:
            place = self.best_for(one)
            if place is not None:
                self.put(one, place)
        return self.found

    def _mates(self, place: TripPlace, one: Traveller) -> tuple[int, int, int]:
        inside = self.inside[place.id]
        of_side = [other for other in inside if other.side == one.side]
        of_school = [other for other in of_side if one.school and other.school == one.school]
        of_class = [other for other in of_school if one.class_name and other.class_name == one.class_name]
        return len(of_class), len(of_school), len(of_side)


def _into_groups(places: Sequence[TripPlace], roster: Roster) -> _Found:
    """Make groups of one size, as far as those allow who are in one already."""
    each, more = divmod(len(roster.youths), len(places))
    now = Counter(one.group_id for one in roster.youths)
    free = {place.id: max(0, each + (number < more) - now[place.id]) for number, place in enumerate(places)}
    return _Filling(TripPart.GROUPS, places, roster, free).put_each(_waiting(TripPart.GROUPS, roster.youths))


def _into_buses(places: Sequence[TripPlace], roster: Roster) -> _Found:
    """Let each group ride in one bus where it fits as a whole; what is left takes the seats that are left."""
    filling = _Filling(TripPart.BUSES, places, roster, _free(TripPart.BUSES, places, roster))
    waiting = _waiting(TripPart.BUSES, roster.everybody)
    for group_id in sorted({one.group_id for one in waiting if one.group_id}):
        together = [one for one in waiting if one.group_id == group_id]
        bus = _bus_for(filling, group_id, len(together))
        if bus is not None:
            for one in together:
                filling.put(one, bus)
    rest = [one for one in waiting if one.who not in filling.found]
    return filling.put_each(sorted(rest, key=lambda one: one.group_id or 0, reverse=True))


def _bus_for(filling: _Filling, group_id: int, people: int) -> TripPlace | None:
    fitting = [place for place in filling.places if filling.free[place.id] >= people]
    return max(fitting, key=lambda place: _of_group(filling.inside[place.id], group_id), default=None)


def _of_group(inside: Iterable[Traveller], group_id: int) -> int:
    return sum(one.group_id == group_id for one in inside)


def _into_rooms(places: Sequence[TripPlace], roster: Roster) -> _Found:
    filling = _Filling(TripPart.ROOMS, places, roster, _free(TripPart.ROOMS, places, roster))
    return filling.put_each(_waiting(TripPart.ROOMS, roster.everybody))


def _waiting(part: TripPart, people: Iterable[Traveller]) -> list[Traveller]:
    return [one for one in people if one.place(part) is None and is_shared_out(part, one)]


def _free(part: TripPart, places: Sequence[TripPlace], roster: Roster) -> dict[int, int]:
    return {place.id: (size_of(place) or 0) - len(roster.of(part, place.id)) for place in places}
