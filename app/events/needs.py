"""What has to be looked after at an event: how much of what, for whom, and until when it is kept."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select

from app.core.clock import local_day
from app.core.db import db
from app.events.models import OPEN, PLACED, Event, Registration, Slot
from app.events.registration.scopes import scopes_of
from app.people.consents.models import Answer, Consent, Purpose
from app.people.models import Person
from app.people.needs import Diet, Needs, PersonNeeds, needs_of, needs_of_all
from app.people.queries import about_any_of, kept_record
from app.programmes.models import OPEN as APPLICATION_OPEN
from app.programmes.models import Application, Programme

KEPT_FOR = timedelta(days=30)  # after the last event, for whoever asks afterwards what somebody was served
_AT_ONCE = 500  # rows; those who wait for a page want to write in between


@dataclass(frozen=True)
class NeedsCount:
    """How many people who come have which needs: numbers alone, for the kitchen and for planning."""

    people: int
    diet: dict[Diet, int]
    food: int
    health: int
    mobility: int

    @property
    def is_empty(self) -> bool:
        """Whether nobody said anything."""
        return not (self.diet or self.food or self.health or self.mobility)


def count_needs(event_id: int) -> NeedsCount:
    """Return how many of those who have a place at an event have which needs."""
    slots = db.session.scalars(select(Slot).where(Slot.event_id == event_id)).all()
    theirs = select(Registration.person_id).join(Registration.slot)
    coming = set(db.session.scalars(theirs.where(Slot.event_id == event_id, Registration.state.in_(PLACED))))
    found = needs_of_all(coming - refused_notes(coming, set().union(*map(scopes_of, slots)))).values()
    chosen = Counter(one for needs in found for one in needs.diet)
    return NeedsCount(
        len(coming),
        {one: chosen[one] for one in Diet if chosen[one]},
        *(sum(bool(getattr(needs, name)) for needs in found) for name in ("food", "health", "mobility")),
    )


def needs_at(registration: Registration) -> Needs:
    """Return what has to be looked after of somebody who comes; nothing where a guardian said no to that."""
    person_id = registration.person_id
    if not registration.is_active or refused_notes([person_id], scopes_of(registration.slot)):
        return Needs()
    return needs_of(person_id)


def drop_old_needs(*, at: datetime) -> int:
    """Delete some of the needs whose time is over; returns how many.

    They are kept thirty days after they were written down, and after the end of the last event or programme with a
    place.
    """
    leans = (
        select(Registration.id)
        .join(Registration.slot)
        .join(Slot.event)
        .where(Registration.person_id == PersonNeeds.person_id, Registration.state.in_(OPEN))
        .where(Event.ends_at > at - KEPT_FOR)
    )
    travels = (
        select(Application.id)
        .join(Programme, Programme.id == Application.programme_id)
        .where(Application.person_id == PersonNeeds.person_id, Application.state.in_(APPLICATION_OPEN))
        .where(Programme.ends_on >= local_day(at - KEPT_FOR))
    )
    unused = (PersonNeeds.written_at <= at - KEPT_FOR, ~exists(leans), ~exists(travels))
    old = select(PersonNeeds.id).where(*unused).order_by(PersonNeeds.id)
    some = list(db.session.scalars(old.limit(_AT_ONCE)))
    if some:
        db.session.execute(delete(PersonNeeds).where(PersonNeeds.id.in_(some)))
    return len(some)


def refused_notes(people: Collection[int], scopes: Collection[str]) -> set[int]:
    """Return of whom a guardian's last word about such notes is no, for any of these scopes."""
    said = (
        select(kept_record().label("of"), Consent.scope, Consent.guardian_id, Consent.answer)
        .join(Person, Person.id == Consent.person_id)
        .where(about_any_of(people))
        .where(Consent.scope.in_(scopes), Consent.purpose == Purpose.HEALTH)
        .order_by(Consent.id)
    )
    last = {(row.of, row.scope, row.guardian_id): row.answer for row in db.session.execute(said)}
    return {of for (of, _scope, _by), answer in last.items() if answer is not Answer.YES}
