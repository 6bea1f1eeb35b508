"""Everything that the lists of a trip are made of, read once, as it is at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.models import User
from app.core.audit import Whose
from app.core.db import db
from app.events.needs import refused_notes
from app.people.consents.models import Guardian
from app.people.consents.scopes import programme_scope
from app.people.consents.words import RELATIONS
from app.people.models import ActsFor, Person, Relation
from app.people.needs import Needs, needs_of_all
from app.people.whose import whose_of
from app.programmes.models import Programme
from app.trips.documents.queries import all_filled_in
from app.trips.models import AdultRole, TripAdult, TripBus, TripGroup, TripRoom
from app.trips.queries import buses_of, groups_of, rooms_of
from app.trips.roster import Roster, Traveller, roster_of

_LEADING = (AdultRole.LEADER, AdultRole.TEACHER)


@dataclass(frozen=True)
class ToCall:
    """Somebody to call about a young person: as what, who, and the number."""

    relation: str
    name: str
    phone: str


class TripFacts:
    """The trip of a programme: who travels, and where everybody belongs."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.roster: Roster = roster_of(programme)
        self.groups: Mapping[int, TripGroup] = {one.id: one for one in groups_of(programme.id)}
        self.buses: Mapping[int, TripBus] = {one.id: one for one in buses_of(programme.id)}
        self.rooms: Mapping[int, TripRoom] = {one.id: one for one in rooms_of(programme.id)}

    @cached_property
    def filled(self) -> Mapping[str, str]:
        """Who has filled a travel document in, and when; not a word of what it says."""
        return {who: at.isoformat() for who, at in all_filled_in(self.programme.id).items()}

    @cached_property
    def needs(self) -> Mapping[int, Needs]:
        """What has to be looked after, by person; nothing where a guardian said no to such notes."""
        people = {one.person.id for one in self.roster.youths if one.person}
        return needs_of_all(people - refused_notes(people, {programme_scope(self.programme.id)}))

    @cached_property
    def to_call(self) -> Mapping[int, Sequence[ToCall]]:
        """Whom to call about whom: guardians by name, and the accounts that act for a child."""
        return people_to_call([one.person.id for one in self.roster.youths if one.person])

    def group_of(self, one: Traveller) -> str:
        """Return the name of somebody's group, "" for none."""
        group = self.groups.get(one.group_id or 0)
        return group.name if group else ""

    def bus_of(self, one: Traveller) -> str:
        """Return the name of somebody's bus with its plate, "" for none."""
        bus = self.buses.get(one.bus_id or 0)
        return f"{bus.name} {bus.plate}".strip() if bus else ""

    def bus_named(self, one: Traveller) -> str:
        """Return the name alone of somebody's bus, "" for none."""
        bus = self.buses.get(one.bus_id or 0)
        return bus.name if bus else ""

    def room_of(self, one: Traveller) -> str:
        """Return the name of somebody's room, "" for none."""
        room = self.rooms.get(one.room_id or 0)
        return room.name if room else ""

    def leaders_of(self, group_id: int | None) -> list[TripAdult]:
        """Return who leads a group, the head first; for those without a group who leads the whole trip."""
        adults = [one.adult for one in self.roster.adults if one.adult]
        own = [one for one in adults if group_id is not None and one.group_id == group_id]
        found = own or [one for one in adults if AdultRole.LEADER in one.duties]
        return sorted(found, key=lambda one: (not any(role in _LEADING for role in one.duties), one.id))

    def whose(self) -> Whose:
        """Return whose data the lists show, for the access log."""
        return whose_of([one.person for one in self.roster.youths if one.person])


def people_to_call(people: Sequence[int]) -> dict[int, list[ToCall]]:
    """Return whom to call about each of some people; one number is named once."""
    found: dict[int, dict[str, ToCall]] = {}
    standing = select(Guardian).where(Guardian.person_id.in_(people), Guardian.removed_at.is_(None))
    for one in db.session.scalars(standing.order_by(Guardian.id)):
        if one.contact and one.contact.phone:
            call = ToCall(str(RELATIONS[one.relation]), one.contact.name, one.contact.phone)
            found.setdefault(one.person_id, {}).setdefault(call.phone, call)
    acting = select(ActsFor.person_id, User.name, User.phone).join(User, User.id == ActsFor.user_id)
    theirs = (ActsFor.person_id.in_(people), ActsFor.relation == Relation.CHILD, User.phone.is_not(None))
    for person_id, name, phone in db.session.execute(acting.where(*theirs).order_by(ActsFor.id)):
        found.setdefault(person_id, {}).setdefault(phone or "", ToCall("", name, phone or ""))
    own = select(Person.id, Person.name, Person.phone).where(Person.id.in_(people), Person.phone.is_not(None))
    for person_id, name, phone in db.session.execute(own):
        if person_id not in found:
            found[person_id] = {phone or "": ToCall(str(_("own number")), name, phone or "")}
    return {person_id: list(calls.values()) for person_id, calls in found.items()}
