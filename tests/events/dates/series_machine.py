"""A class series in any order: all that moves places, moves to another session and back, dates that begin."""

from dataclasses import asdict
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select

from app.core.db import db
from app.events.acts.moving import move
from app.events.dates import passing_on
from app.events.dates.slot_batches import make_batch
from app.events.models import OPEN, PLACED, Registration, Slot, WayIn
from app.events.plans import SlotPlan, plan_of
from app.events.ways import allotments
from tests.events.registration.places_machine import AGES, RARELY, WHICH, Places, size

DATES = 4
FIRST, APART = timedelta(days=-18), timedelta(days=2)  # the session beside it takes place later
Seat = tuple[object, ...]
_keys = count(1)


class Series(Places):
    """A series of which one date after the other begins, and a session beside it, to which people are moved."""

    @initialize(
        capacity=st.integers(1, 4),
        way_in=st.sampled_from([WayIn.OPEN, WayIn.OPEN, WayIn.APPROVAL]),
        counts_groups=RARELY,
        most_companions=st.sampled_from([0, 2]),
        allotted=st.sampled_from([0, 0, 2]),
        first_parties=st.lists(st.sampled_from([1, 1, 2]), max_size=4),
    )
    def begin(self, capacity: int, allotted: int, first_parties: list[int], **settings: Any) -> None:
        """Set a series up beside the slot of the machine of places, which is where people are moved to."""
        super().begin(capacity, 0, [], **settings)
        self.beside_id, self.was = self.slot_id, dict[int, set[Seat]]()
        plan = plan_of(self.slot)
        plans = [SlotPlan(**(asdict(plan) | _times(plan, FIRST + number * APART))) for number in range(DATES)]
        batch = self.do(make_batch, self.event_id, plans, f"series{next(_keys)}", is_series=True)
        theirs = select(Slot).where(Slot.batch_id == batch.id).order_by(Slot.starts_at)
        self.date_ids = [one.id for one in db.session.scalars(theirs)]
        self.lead_by(self.date_ids[0])
        if allotted and allotted <= capacity:
            share = allotments.Share("城关镇", (self.school.id,), allotted, self.at + timedelta(days=1))
            self.do(allotments.allot, self.slot_id, share)
        for together in first_parties:
            if len(self.open()) < len(AGES):
                self.sign_up(0, together, 0)

    def lead_by(self, slot_id: int) -> None:
        """Let the rules be about a date that leads."""
        self.slot_id = slot_id
        self.starts = self.slot.starts_at
        self.lines, self.stood, self.seated = {}, {}, {}

    @rule(hours=st.sampled_from([1, 25, 49]))
    def wait(self, hours: int) -> None:
        super().wait(hours)
        for slot_id in passing_on.leads_that_began(self.at):
            heir = self.make.do(passing_on.pass_on, slot_id, at=self.at)
            self.was[slot_id] = self.seats(slot_id)
            self.lead_by(heir)

    @rule(which=WHICH, back=RARELY)
    def move(self, which: int, back: bool) -> None:
        source, target = (self.beside_id, self.slot_id) if back else (self.slot_id, self.beside_id)
        found = self.people_in(source, *OPEN)
        if found:
            one = found[which % len(found)].id
            self.do(move, self.event_id, [one], target, f"move{next(_keys)}")

    @invariant()
    def later_dates_have_exactly_the_seats_of_the_lead(self) -> None:
        lead = self.slot
        seats, people = self.seats(lead.id), self.people_in(lead.id, *PLACED)
        for slot_id in self.date_ids[self.date_ids.index(lead.id) + 1 :]:
            date = db.session.get_one(Slot, slot_id)
            assert self.seats(slot_id) == seats
            assert date.taken == size(date, people) <= date.capacity

    @invariant()
    def what_was_stays(self) -> None:
        for slot_id, seats in self.was.items():
            assert self.seats(slot_id) == seats

    @invariant()
    def the_session_beside_it_is_counted_too(self) -> None:
        beside = db.session.get_one(Slot, self.beside_id)
        assert beside.taken == size(beside, self.people_in(self.beside_id, *PLACED)) <= beside.capacity

    def people_in(self, slot_id: int, *states: str) -> list[Registration]:
        """Return the registrations of a slot that are in some states."""
        theirs = (Registration.slot_id == slot_id, Registration.state.in_(states))
        return list(db.session.scalars(select(Registration).where(*theirs).order_by(Registration.id)))

    def seats(self, slot_id: int) -> set[Seat]:
        """Return who has which place on a date."""
        return set(map(_seat, self.people_in(slot_id, *PLACED)))


def _seat(one: Registration) -> Seat:
    return one.series_of_id or one.id, one.person_id, one.state, one.companions, one.party_id


def _times(plan: SlotPlan, later: timedelta) -> dict[str, Any]:
    return {name: getattr(plan, name) + later for name in ("starts_at", "ends_at", "closes_at")} | {"title": "竹笛课"}
