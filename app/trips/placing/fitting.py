"""Whether people fit into a group, bus or room: there are places, and a room is for such as they are."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.trips.models import TripPart, TripPlace, TripRoom
from app.trips.placing.places import size_of
from app.trips.placing.words import room_is_for
from app.trips.problems import GenderUnknown, OverFull, WrongRoom
from app.trips.roster import Roster, Traveller, names


def check_fits(place: TripPlace, coming: Sequence[Traveller], inside: Sequence[Traveller]) -> None:
    """Raise the `Problem` that says why some people cannot come to those who are in it already."""
    check_suits(place, coming)
    size = size_of(place)
    if size is not None and len(inside) + len(coming) > size:
        raise OverFull(name=place.name, places=size, taken=len(inside), wanted=len(coming))


def check_suits(place: TripPlace, coming: Sequence[Traveller]) -> None:
    """Raise the `Problem` that says for whom of some people a room is not; anything else is for everybody."""
    if not isinstance(place, TripRoom):
        return
    unknown = [one for one in coming if one.gender is None]
    if unknown:
        raise GenderUnknown(names=names(unknown))
    wrong = [one for one in coming if not suits(place, one)]
    if wrong:
        raise WrongRoom(name=place.name, whom=room_is_for(place.gender, place.is_for_minors), names=names(wrong))


def suits(place: TripPlace, one: Traveller) -> bool:
    """Return whether a room is for such as somebody is; anything else is for everybody."""
    if not isinstance(place, TripRoom):
        return True
    return (place.gender, place.is_for_minors) == (one.gender, one.is_minor)


def fits_into(
    part: TripPart, places: Sequence[TripPlace], moves: Mapping[Traveller, int | None], roster: Roster
) -> dict[Traveller, int | None]:
    """Return the same moves, where whoever does not fit any more goes nowhere instead."""
    there = {place.id: place for place in places}
    moving = {one.who for one in moves}
    inside = Counter(one.place(part) for one in roster.everybody if one.who not in moving)
    found: dict[Traveller, int | None] = {}
    for one, target_id in moves.items():
        place = there.get(target_id) if target_id else None
        size = size_of(place) if place else None
        fits = place is not None and suits(place, one) and (size is None or inside[place.id] < size)
        found[one] = target_id if fits else None
        inside[found[one]] += 1
    return found
