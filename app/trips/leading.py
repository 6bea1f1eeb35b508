"""Who leads on a trip, and what they see of it: their own group, the head of the trip all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, selectinload

from app.core.db import db
from app.programmes.models import ItineraryItem, Programme
from app.trips.models import AdultRole, TripAdult, TripBus, TripGroup, TripRoom
from app.trips.queries import buses_of, groups_of, rooms_of, works_for_it
from app.trips.roster import Roster, Traveller, roster_of

SHOWN_AFTER = timedelta(days=14)  # for what is left to settle with the families


@dataclass(frozen=True)
class Led:
    """A group with its leaders and everybody in it, by name."""

    group: TripGroup
    leaders: Sequence[Traveller]
    youths: Sequence[Traveller]


@dataclass(frozen=True)
class LeadersTrip:
    """What a grown-up of a trip sees: the groups they lead, where everybody rides and sleeps, and whom to call."""

    adult: TripAdult
    groups: Sequence[Led]
    others: Sequence[TripAdult]
    buses: dict[int, TripBus]
    rooms: dict[int, TripRoom]


def programmes_led_by(user_id: int, today: date) -> Select[Programme]:
    """Return the programmes, not long over, on whose trip an account is one of the grown-ups."""
    own = select(TripAdult.programme_id).where(TripAdult.user_id == user_id)
    brought = selectinload(Programme.items).joinedload(ItineraryItem.base)
    return select(Programme).where(Programme.id.in_(own), *_still_shown(user_id, today)).options(brought)


def trips_ahead(user_id: int, today: date) -> Sequence[TripAdult]:
    """Return as what somebody is on trips that are not long over, with the programme, the next first."""
    theirs = select(TripAdult).join(TripAdult.programme).where(TripAdult.user_id == user_id)
    found = theirs.where(*_still_shown(user_id, today)).options(contains_eager(TripAdult.programme))
    return db.session.scalars(found.order_by(Programme.starts_on, Programme.id).limit(20)).all()


def _still_shown(user_id: int, today: date) -> tuple[ColumnElement[bool], ...]:
    return works_for_it(user_id), Programme.ends_on >= today - SHOWN_AFTER


def leaders_trip(programme: Programme, user_id: int) -> LeadersTrip:
    """Return what a grown-up sees of a trip."""
    roster = roster_of(programme)
    adults = [one.adult for one in roster.adults if one.adult]
    own = next(one for one in adults if one.user_id == user_id)
    heads = AdultRole.LEADER in own.duties
    groups = [one for one in groups_of(programme.id) if heads or one.id == own.group_id]
    groups.sort(key=lambda one: (one.id != own.group_id, one.id))
    return LeadersTrip(
        adult=own,
        groups=[_led(one, roster) for one in groups],
        others=[one for one in adults if one.id != own.id],
        buses={one.id: one for one in buses_of(programme.id)},
        rooms={one.id: one for one in rooms_of(programme.id)},
    )


def _led(group: TripGroup, roster: Roster) -> Led:
    inside = [one for one in roster.everybody if one.group_id == group.id]
    return Led(group, [one for one in inside if one.adult], [one for one in inside if one.person])
