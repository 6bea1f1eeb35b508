"""Sharing out by itself: whatever people and places there are, the rules hold and the result is the same each time."""

from collections import Counter
from random import Random

import pytest

from app.people.class_names import school_order
from app.people.models import Gender
from app.trips.models import TripBus, TripGroup, TripPart, TripPlace, TripRoom
from app.trips.placing.filling import share_out
from app.trips.placing.fitting import suits
from app.trips.placing.places import size_of
from app.trips.roster import Roster, Traveller

KINDS = [(gender, is_minor) for gender in Gender for is_minor in (True, False)]


def a_roster(lot: Random, people: int, part: TripPart, places: list[TripPlace]) -> Roster:
    """Draw people; a few are somewhere already, where they suit."""
    youths = []
    for number in range(people):
        gender, is_minor = lot.choice(KINDS)
        school, class_name = lot.choice("一二"), lot.choice("1234")
        one = Traveller(
            who=f"p{number}",
            name=str(number),
            gender=lot.choice([gender, gender, None]),
            is_minor=is_minor,
            order=(1, school, school_order(class_name), "", number),
            school=school,
            class_name=class_name,
            group_id=lot.choice([None, 91, 92]) if part is TripPart.BUSES else None,
        )
        youths.append(one)
    return Roster(sorted(youths, key=lambda one: one.order), [], [])


def some_places(lot: Random, part: TripPart) -> list[TripPlace]:
    """Draw groups, buses or rooms."""
    if part is TripPart.GROUPS:
        return [TripGroup(id=number, name=str(number)) for number in range(1, lot.randint(2, 6))]
    if part is TripPart.BUSES:
        return [TripBus(id=number, name=str(number), seats=lot.randint(1, 12)) for number in range(1, 4)]
    drawn = [(lot.randint(1, 4), *lot.choice(KINDS)) for _number in range(12)]
    return [
        TripRoom(id=number, name=str(number), beds=beds, gender=gender, is_for_minors=is_minor)
        for number, (beds, gender, is_minor) in enumerate(drawn, 1)
    ]


@pytest.mark.parametrize("part", list(TripPart))
@pytest.mark.parametrize("seed", range(40))
def test_nobody_is_put_where_there_is_no_room_or_who_does_not_suit(part: TripPart, seed: int) -> None:
    lot = Random(seed)
    places = some_places(lot, part)
    roster = a_roster(lot, lot.randint(0, 40), part, places)
    found = share_out(part, places, roster)
    there, people = {place.id: place for place in places}, {one.who: one for one in roster.youths}
    for place_id, many in Counter(found.values()).items():
        assert many <= (size_of(there[place_id]) or len(people))
    assert all(suits(there[place_id], people[who]) for who, place_id in found.items())
    assert share_out(part, places, roster) == found
    free = {place.id: (size_of(place) or 99) - Counter(found.values())[place.id] for place in places}
    left = [one for one in roster.youths if one.who not in found]
    assert not any(free[place.id] > 0 and suits(place, one) for place in places for one in left)
    if part is TripPart.GROUPS and found:
        sizes = Counter(found.values())
        assert max(sizes.values()) - min(sizes[place.id] for place in places) <= 1
