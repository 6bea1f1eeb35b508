"""What somebody should look at once more before a trip: each in plain words, and where one puts it right."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.trips.models import TripPart, TripPlace
from app.trips.placing.places import size_of
from app.trips.roster import Roster, Traveller, names

Places = Mapping[TripPart, Sequence[TripPlace]]
_NAMED = 6  # of many without a place; the page behind the link has all


@dataclass(frozen=True)
class Remark:
    """One thing to look at, in words; ``part`` is the page where it is put right (None: that of the grown-ups), and
    ``place_id`` the group, bus or room on it."""

    words: str
    part: TripPart | None = None
    place_id: int | None = None


def remarks_on(roster: Roster, places: Places) -> list[Remark]:
    """Return what to look at once more, the most pressing first; of a part without any places yet nothing is said."""
    planned = [part for part in places if places[part]]
    found = [*_departed(roster), *_over_full(roster, places)]
    if TripPart.ROOMS in planned:
        found += _in_wrong_rooms(roster)
    if TripPart.BUSES in planned:
        found += _split_groups(roster, places)
    return found + [remark for part in planned for remark in _nowhere(roster, part)]


def _departed(roster: Roster) -> Iterator[Remark]:
    for one in roster.departed:
        told = _(
            "%(name)s does not work there any more and is on no list. Take them off, or enter the name by hand.",
            name=one.name,
        )
        yield Remark(told)


def _over_full(roster: Roster, places: Places) -> Iterator[Remark]:
    for part, rows in places.items():
        for place in rows:
            size, people = size_of(place), len(roster.of(part, place.id))
            if size is not None and people > size:
                said = _(
                    "%(name)s has %(size)s places, but %(people)s people are in it.",
                    name=place.name,
                    size=size,
                    people=people,
                )
                yield Remark(said, part, place.id)


def _in_wrong_rooms(roster: Roster) -> Iterator[Remark]:
    doubtful = [one for one in roster.youths if one.room_is_doubtful]
    if doubtful:
        said = _(
            "Gender or date of birth was put right since; they need another room: %(names)s", names=_some(doubtful)
        )
        yield Remark(said, TripPart.ROOMS)


def _split_groups(roster: Roster, places: Places) -> Iterator[Remark]:
    buses = {bus.id: bus.name for bus in places[TripPart.BUSES]}
    for group in places[TripPart.GROUPS]:
        riding = Counter(one.bus_id for one in roster.of(TripPart.GROUPS, group.id) if one.bus_id)
        if len(riding) > 1:
            where = (_("%(bus)s (%(people)s)", bus=buses[bus], people=riding[bus]) for bus in sorted(riding))
            told = _("%(group)s rides in several buses: %(buses)s", group=group.name, buses=_(", ").join(where))
            yield Remark(told, TripPart.BUSES)


def _nowhere(roster: Roster, part: TripPart) -> Iterator[Remark]:
    waiting = [one for one in roster.youths if one.place(part) is None]
    if waiting:
        yield Remark(_IN_NONE[part](len(waiting), _some(waiting)), part)


def _some(travellers: Collection[Traveller]) -> str:
    shown = names(list(travellers)[:_NAMED])
    return f"{shown}…" if len(travellers) > _NAMED else shown


def _no_group(num: int, who: str) -> str:
    return str(
        ngettext(
            "%(num)d person is in no group: %(names)s", "%(num)d people are in no group: %(names)s", num, names=who
        )
    )


def _no_bus(num: int, who: str) -> str:
    return str(
        ngettext("%(num)d person is in no bus: %(names)s", "%(num)d people are in no bus: %(names)s", num, names=who)
    )


def _no_room(num: int, who: str) -> str:
    return str(
        ngettext("%(num)d person is in no room: %(names)s", "%(num)d people are in no room: %(names)s", num, names=who)
    )


_IN_NONE: Mapping[TripPart, Callable[[int, str], str]] = {
    TripPart.GROUPS: _no_group,
    TripPart.BUSES: _no_bus,
    TripPart.ROOMS: _no_room,
}
