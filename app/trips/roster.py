"""Who travels: everybody who takes part, with the grown-ups who look after them, and where each of them belongs."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.people.ages import adult_on
from app.people.class_names import school_order
from app.people.models import Gender, Person
from app.programmes.applications.queries import held_in, participants
from app.programmes.models import Application, Programme
from app.trips.models import TripAdult, TripMember, TripPart
from app.trips.queries import works_for_it

COLUMNS = {TripPart.GROUPS: "group_id", TripPart.BUSES: "bus_id", TripPart.ROOMS: "room_id"}
_Order = tuple[int, str, tuple[int, int, str, str], str, int]


@dataclass(frozen=True)
class Traveller:
    """Somebody who travels. ``who`` is ``"p12"``, the number of a person who takes part, or ``"a3"``, of a `TripAdult`.

    ``gender`` is what the person says, or what the host said for the rooms; ``room_is_doubtful``: the room was given by
    another gender or age.
    """

    who: str
    name: str
    gender: Gender | None
    is_minor: bool
    order: _Order
    side: str = ""
    school: str = ""
    class_name: str = ""
    group_id: int | None = None
    bus_id: int | None = None
    room_id: int | None = None
    room_is_doubtful: bool = False
    person: Person | None = None
    adult: TripAdult | None = None

    def place(self, part: TripPart) -> int | None:
        """Return the number of the group, bus or room."""
        found: int | None = getattr(self, COLUMNS[part])
        return found


@dataclass(frozen=True)
class Roster:
    """Everybody of a trip: ``youths`` take part (also those of age), ``adults`` look after them, ``left`` are those who
    had been put somewhere and do not take part any more, ``held`` those whose guardians are asked anew: they come back
    where they were. ``departed`` are grown-ups who do not work there any more.
    """

    youths: Sequence[Traveller]
    adults: Sequence[Traveller]
    left: Sequence[Traveller]
    held: Sequence[Traveller] = ()
    departed: Sequence[Traveller] = ()

    @property
    def everybody(self) -> Sequence[Traveller]:
        """Those who travel, the grown-ups who look after the others first."""
        return [*self.adults, *self.youths]

    @property
    def minors(self) -> int:
        """How many of those who take part are under 18 on the first day."""
        return sum(one.is_minor for one in self.youths)

    def emptied(self, part: TripPart, whom: Callable[[Traveller], bool]) -> "Roster":
        """Return the same people, some of them in no group, bus or room."""
        column = COLUMNS[part]
        youths, adults = (
            [replace(one, **{column: None}) if whom(one) else one for one in people]  # type: ignore[arg-type]
            for people in (self.youths, self.adults)
        )
        return replace(self, youths=youths, adults=adults)

    def of(self, part: TripPart, place_id: int | None) -> list[Traveller]:
        """Return who is in a group, bus or room, or in none."""
        return [one for one in self.everybody if one.place(part) == place_id]


def roster_of(programme: Programme) -> Roster:
    """Return everybody of a programme's trip by side, school, class and name, as it is at this moment."""
    members = {one.person_id: one for one in db.session.scalars(_members(programme.id))}
    taking_part = db.session.scalars(participants(programme.id)).all()
    youths = [_youth(one, members.get(one.person_id), programme) for one in taking_part]
    missing = set(members) - {one.person_id for one in taking_part}
    held = set(db.session.scalars(held_in(programme.id))) & missing if missing else set()
    adults, departed = adults_of(programme.id), departed_from(programme.id)
    return Roster(
        youths=sorted(youths, key=lambda one: one.order),
        adults=[_adult(one) for one in adults if one.id not in departed],
        left=[_person(members[one].person, members[one], programme.starts_on) for one in sorted(missing - held)],
        held=[_person(members[one].person, members[one], programme.starts_on) for one in sorted(held)],
        departed=[_adult(one) for one in adults if one.id in departed],
    )


def adults_of(programme_id: int) -> Sequence[TripAdult]:
    """Return the grown-ups of a trip in the order in which they were entered."""
    found = select(TripAdult).where(TripAdult.programme_id == programme_id).order_by(TripAdult.id)
    return db.session.scalars(found.options(joinedload(TripAdult.side), joinedload(TripAdult.user))).all()


def departed_from(programme_id: int) -> set[int]:
    """Return the grown-ups of a trip who were chosen by their account and do not work for it any more."""
    chosen = select(TripAdult.id).join(TripAdult.programme).where(TripAdult.programme_id == programme_id)
    gone = chosen.where(TripAdult.user_id.is_not(None), ~works_for_it(TripAdult.user_id))
    return set(db.session.scalars(gone))


def is_minor(person: Person, first_day: date) -> bool:
    """Return whether somebody is under 18 on the first day of a trip."""
    return first_day < adult_on(person.fourteen_on)


def names(travellers: Collection[Traveller]) -> str:
    """Return some people by name, as a list within a sentence."""
    return "、".join(one.name for one in travellers)


def _members(programme_id: int) -> Select[TripMember]:
    found = select(TripMember).where(TripMember.programme_id == programme_id)
    return found.options(joinedload(TripMember.person))


def _youth(one: Application, member: TripMember | None, programme: Programme) -> Traveller:
    school = one.school.name if one.school else ""
    order = (one.side_id, school, school_order(one.class_name), one.person.name_pinyin, one.person_id)
    youth = replace(
        _person(one.person, member, programme.starts_on),
        side=one.side.title,
        school=school,
        class_name=one.class_name,
        order=order,
    )
    by = (member.gender, member.is_minor) if member and member.room_id else (youth.gender, youth.is_minor)
    return replace(youth, room_is_doubtful=by != (youth.gender, youth.is_minor))


def _person(person: Person, member: TripMember | None, first_day: date) -> Traveller:
    return Traveller(
        who=f"p{person.id}",
        name=person.name,
        gender=person.gender or (member.gender if member else None),
        is_minor=is_minor(person, first_day),
        group_id=member.group_id if member else None,
        bus_id=member.bus_id if member else None,
        room_id=member.room_id if member else None,
        person=person,
        order=(0, "", school_order(""), person.name_pinyin, person.id),
    )


def _adult(one: TripAdult) -> Traveller:
    return Traveller(
        who=f"a{one.id}",
        name=one.name,
        side=one.side.title if one.side else "",
        gender=one.gender,
        is_minor=False,
        group_id=one.group_id,
        bus_id=one.bus_id,
        room_id=one.room_id,
        adult=one,
        order=(0, "", school_order(""), "", one.id),
    )
