"""Who signed up for what: thousands of places at once, by the rules of `registration.operations`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.core.clock import local_day
from app.core.db import db
from app.demo.consents import is_held_at_first
from app.demo.events import Idea
from app.demo.families import Entrant
from app.events.models import Event, Registration, RegistrationState, Slot, SlotForm
from app.events.registration.reasons import why_not_this_person
from app.events.rules import Rules
from app.events.shifts.shift_facts import Shift, Stay, Volunteer
from app.events.shifts.shift_rules import why_not

_SECOND = timedelta(seconds=1)
_GIVEN_BACK = 0.04


@dataclass(frozen=True)
class Wish:
    """Somebody wants a place in a slot, at a moment, and perhaps gives it back later."""

    entrant: Entrant
    slot: Slot
    moment: datetime
    gives_back: bool

    @property
    def stay(self) -> Stay:
        """Where its person is expected then."""
        slot = self.slot
        return Stay(slot.starts_at, slot.ends_at, slot.place or slot.event.place, slot.form, slot.title)

    def is_granted(self, busy: Sequence[Stay]) -> bool:
        """Return whether the slot is for a person of that age who is busy at some other times."""
        born_on, stay = self.entrant.person.born_on, self.stay
        if why_not_this_person(self.slot, born_on, on=local_day(self.moment)):
            return False
        shift = Shift(stay.starts_at, stay.ends_at, stay.place, None, "", False, Rules())
        return stay.form is SlotForm.SESSION or not why_not(shift, Volunteer(born_on, False, busy), at=self.moment)


def sign_up(
    random: Random,
    events: Sequence[tuple[Idea, Event]],
    family: list[Entrant],
    everybody: list[Entrant],
    at: datetime,
) -> None:
    """Fill every event as far as its idea says; the printed family comes first where it is meant to come."""
    busy: dict[int, list[Stay]] = defaultdict(list)
    granted = [
        wish
        for idea, event in events
        if event.is_published
        for wish in _wishes(random, idea, event, family if idea.family else [], everybody, busy, at)
    ]
    granted.sort(key=lambda wish: wish.moment)
    db.session.add_all(_registration(random, wish, at) for wish in granted)
    db.session.flush()


def _wishes(
    random: Random,
    idea: Idea,
    event: Event,
    family: list[Entrant],
    everybody: list[Entrant],
    busy: dict[int, list[Stay]],
    at: datetime,
) -> Iterator[Wish]:
    """Yield the wishes that a county of that size has for an event, nobody twice."""
    seen: set[int] = set()
    coming = [*family, *random.sample(everybody, len(everybody))]
    for slot in event.slots:
        last = min(at, slot.closes_at) - _SECOND
        wanted = round(slot.capacity * idea.fill) if slot.opens_at < last else 0
        for entrant in coming:
            if wanted <= 0:
                break
            moment = slot.opens_at + (last - slot.opens_at) * random.random()
            wish = Wish(entrant, slot, moment, gives_back=entrant not in family and random.random() < _GIVEN_BACK)
            person_id = entrant.person.id
            if person_id not in seen and wish.is_granted(busy[person_id]):
                seen.add(person_id)
                busy[person_id].append(wish.stay)
                wanted -= not wish.gives_back
                yield wish


def _registration(random: Random, wish: Wish, at: datetime) -> Registration:
    """Return the place; one that was not given back is counted in its slot."""
    registration = _place(wish)
    until = min(at, wish.slot.starts_at)
    if wish.gives_back:
        registration.state = RegistrationState.CANCELLED
        registration.cancelled_at = wish.moment + (until - wish.moment) * random.random()
        registration.cancelled_by_id = wish.entrant.user_id
    else:
        wish.slot.taken += 1
    return registration


def _place(wish: Wish) -> Registration:
    person, enrolment, on = wish.entrant.person, wish.entrant.enrolment, local_day(wish.moment)
    made = Registration(
        slot_id=wish.slot.id,
        person_id=person.id,
        fourteen_on=person.fourteen_on,
        registered_on=on,
        registered_at=wish.moment,
        registered_by_id=wish.entrant.user_id,
        state=RegistrationState.CONFIRMED,
        school_id=enrolment.school_id if enrolment else None,
        class_name=enrolment.class_name if enrolment else "",
    )
    if is_held_at_first(made, wish.slot):
        made.state = RegistrationState.HELD
    return made
