"""Everything that moves places, in any order, and what must hold after each step."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from app.core.clock import end_of_day, local_day, now, start_of_day
from app.core.db import db
from app.core.problems import Problem
from app.events import planning
from app.events.acts import decisions
from app.events.models import (
    OPEN,
    TAKING,
    Allotment,
    Registration,
    RegistrationState,
    Slot,
    SlotForm,
    Source,
    WayIn,
)
from app.events.plans import SlotPlan, plan_of
from app.events.registration import offers, operations
from app.events.registration.wishes import SignUp
from app.events.shifts import swaps
from app.events.ways import allotments
from tests.factories import Factory

AGES = (9, 12, 13, 14, 15, 16, 17, 17, 18, 35, 40, 45)
WHICH = st.integers(0, 11)
RARELY = st.sampled_from([False, False, False, True])
_TO_DECIDE = (RegistrationState.APPLIED, RegistrationState.WAITING)
LAST = 1_000_000
# One moment for all examples: an offer ends otherwise when that would be at night, and a run that lasts past three
# o'clock would find that the same steps lead elsewhere than a minute ago.
NOON = start_of_day(local_day(now())) + timedelta(hours=12)
_keys = count(1)


class Places(RuleBasedStateMachine):
    """One slot, twelve people whom one account may sign up, and a clock."""

    make: Factory

    @initialize(
        capacity=st.integers(1, 5),
        way_in=st.sampled_from([WayIn.OPEN, WayIn.OPEN, WayIn.OPEN, WayIn.APPROVAL]),
        form=st.sampled_from([SlotForm.SESSION, SlotForm.SESSION, SlotForm.SESSION, SlotForm.SHIFT]),
        smaller_may_pass=RARELY,
        counts_groups=RARELY,
        most_companions=st.sampled_from([0, 2]),
        allotted=st.sampled_from([0, 0, 0, 2]),
        first_parties=st.lists(st.sampled_from([1, 1, 2, 3]), max_size=5),
    )
    def begin(self, capacity: int, allotted: int, first_parties: list[int], **settings: Any) -> None:
        """Publish a slot three weeks ahead, perhaps with places set aside for the school of every second person, and
        let some come at once, so that there mostly is a line, of parties large and small, to go on from."""
        make = self.make
        self.at = NOON
        starts = end_of_day(local_day(self.at) + timedelta(days=20)) + timedelta(hours=9)
        plan = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "closes_at": starts}
        plan["opens_at"] = self.at - timedelta(days=1)
        event = make.event(capacity=capacity, has_waiting_list=True, **plan, **settings)
        self.event_id, self.slot_id, self.starts = event.id, event.slots[0].id, starts
        self.user, self.school = make.user(), make.school()
        self.people = [
            make.person(self.user, name=f"林晓{'甲乙丙丁戊己庚辛壬癸子丑'[i]}", age=age) for i, age in enumerate(AGES)
        ]
        for person in self.people[::2]:
            make.enrolment(person, self.school)
        if allotted and allotted <= capacity:
            share = allotments.Share("城关镇", (self.school.id,), allotted, self.at + timedelta(days=2))
            self.do(allotments.allot, self.slot_id, share)
        self.lines: dict[int, int] = {}
        self.stood: dict[int, int] = {}
        self.seated: dict[int, None] = {}
        for together in first_parties:
            if len(self.open()) < len(AGES):
                self.sign_up(0, together, 0)

    def do(self, operation: Any, *args: Any, by: int | None = None, **kwargs: Any) -> Any:
        """Run an operation now; a rule's no is an answer, too."""
        try:
            return self.make.do(operation, *args, **kwargs, by=by or self.user.id, at=self.at)
        except Problem as problem:
            return problem

    @precondition(lambda self: len(self.open()) < len(AGES))
    @rule(which=WHICH, together=st.sampled_from([1, 1, 2, 3]), companions=st.sampled_from([0, 0, 1, 2]))
    def sign_up_with_companions(self, which: int, together: int, companions: int) -> None:
        self.sign_up(which, together, companions)

    def sign_up(self, which: int, together: int, companions: int) -> None:
        """Sign up some of those who are not there yet."""
        there = {one.person_id for one in self.open()}
        others = [person.id for person in self.people if person.id not in there]
        first = which % len(others)
        companions = min(companions, self.slot.most_companions)
        self.do(operations.sign_up, SignUp(self.slot_id, tuple(others[first : first + together]), companions))

    @precondition(lambda self: len(self.open()) < len(AGES))
    @rule(which=WHICH, together=st.sampled_from([1, 2]))
    def sign_up_more(self, which: int, together: int) -> None:
        self.sign_up(which, together, 0)

    @precondition(lambda self: self.open())
    @rule(which=WHICH, companions=st.sampled_from([0, 3]))
    def sign_up_again_or_wrongly(self, which: int, companions: int) -> None:
        self.do(operations.sign_up, SignUp(self.slot_id, (self.one_of(which).person_id,), companions))

    @precondition(lambda self: self.open())
    @rule(which=WHICH, whole=st.booleans())
    def leave(self, which: int, whole: bool) -> None:
        self.do(operations.cancel_party if whole else operations.cancel, self.one_of(which).id)

    @precondition(lambda self: self.open(RegistrationState.OFFERED))
    @rule(which=WHICH, yes=st.booleans())
    def answer(self, which: int, yes: bool) -> None:
        self.do(offers.accept if yes else offers.decline, self.one_of(which, RegistrationState.OFFERED).id)

    @rule(hours=st.sampled_from([1, 6, 25]))
    def wait(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        for offer_id in offers.due_offers(self.at):
            self.make.do(offers.lapse, offer_id, at=self.at)
        for registration_id in offers.due_holds(self.at):
            self.make.do(offers.lapse_hold, registration_id, at=self.at)
        for allotment_id in allotments.due(self.at):
            self.make.do(allotments.release_in_time, allotment_id, at=self.at)

    @rule(more=st.sampled_from([-2, -1, 1, 2]))
    def change_capacity(self, more: int) -> None:
        plan = plan_of(self.slot)
        capacity = max(1, plan.capacity + more)
        self.do(planning.edit_slot, self.slot_id, SlotPlan(**{**vars(plan), "capacity": capacity}))

    @precondition(lambda self: self.open(RegistrationState.HELD))
    @rule(which=WHICH, hours=st.sampled_from([1, 20]))
    def give_the_guardian_until(self, which: int, hours: int) -> None:
        def set_end(registration_id: int) -> None:
            db.session.get_one(Registration, registration_id).held_until = self.at + timedelta(hours=hours)

        self.make.do(set_end, self.one_of(which, RegistrationState.HELD).id)

    @precondition(lambda self: self.open(*_TO_DECIDE))
    @rule(which=WHICH, verdict=st.sampled_from(["approve", "approve", "admit", "refuse"]))
    def decide(self, which: int, verdict: str) -> None:
        ids = [self.one_of(which, *_TO_DECIDE).id, self.one_of(which + 1, *_TO_DECIDE).id]
        key = f"act{next(_keys)}"
        if verdict == "refuse":
            self.do(decisions.refuse, self.event_id, ids, "名额有限", key)
        else:
            self.do(getattr(decisions, verdict), self.event_id, ids, key)

    @precondition(lambda self: self.slot.form is SlotForm.SHIFT and self.open(RegistrationState.CONFIRMED))
    @rule(which=WHICH, taker=WHICH)
    def swap(self, which: int, taker: int) -> None:
        offered = self.do(swaps.offer_shift, self.one_of(which, RegistrationState.CONFIRMED).id, "", True)
        if not isinstance(offered, Problem):
            self.do(swaps.take_over, offered.id, self.people[taker % len(AGES)].id)

    @property
    def slot(self) -> Slot:
        """The slot, read anew."""
        db.session.expire_all()
        return db.session.get_one(Slot, self.slot_id)

    def open(self, *states: RegistrationState) -> list[Registration]:
        """Return the registrations that are open, or in some states, by id."""
        return [one for one in self.everybody() if one.state in (states or OPEN)]

    def one_of(self, which: int, *states: RegistrationState) -> Registration:
        """Return one of these."""
        found = self.open(*states)
        return found[which % len(found)]

    @invariant()
    def counts_are_true(self) -> None:
        slot, everybody = self.slot, self.everybody()
        taking = [one for one in everybody if one.state in TAKING]
        assert slot.taken == size(slot, taking)
        assert slot.taken + slot.reserved <= slot.capacity
        assert slot.waiting == len({one.line for one in everybody if one.line})
        pools = list(db.session.scalars(select(Allotment).where(Allotment.slot_id == self.slot_id)))
        assert slot.reserved == sum(pool.free for pool in pools)
        for pool in pools:
            assert pool.used == size(slot, [one for one in taking if one.allotment_id == pool.id])

    @invariant()
    def one_registration_a_person(self) -> None:
        open_ones = [one.person_id for one in self.everybody() if one.state in OPEN]
        assert len(open_ones) == len(set(open_ones))

    @invariant()
    def parties_stand_together(self) -> None:
        for party in self.parties():
            assert len({one.state in TAKING for one in party}) == 1
            assert len({one.line for one in party}) == 1

    @invariant()
    def a_child_has_no_confirmed_place(self) -> None:
        for one in self.everybody():
            assert one.state is not RegistrationState.CONFIRMED or one.fourteen_on <= one.registered_on

    @invariant()
    def nobody_waits_who_fits_and_nobody_was_passed(self) -> None:
        slot = self.slot
        if self.at >= self.starts:
            return
        line = sorted((party for party in self.parties() if party[0].line), key=lambda party: party[0].line or 0)
        for number, party in enumerate(line):
            if number == 0 or slot.smaller_may_pass:
                assert slot.free < size(slot, party), "somebody waits though there is room"
        lines = {party[0].line or 0 for party in line}
        still = lines & self.lines.keys()
        if still and not slot.smaller_may_pass and not self.had_pools:
            last = max((self.line_before(one) for one in self.newly_seated()), default=0)
            assert last < min(still), "somebody was passed"
        self.lines = {one.line: one.id for party in line for one in party if one.line}
        self.seated = {one.id: None for one in self.everybody() if one.state in TAKING}
        self.stood = {one.id: one.line for party in line for one in party if one.line}

    def newly_seated(self) -> list[Registration]:
        """Return who has a place since the last step, but for those who took over somebody's own."""
        return [
            one
            for one in self.everybody()
            if one.state in TAKING and one.id not in self.seated and one.source is not Source.SWAP
        ]

    def line_before(self, one: Registration) -> int:
        """Return where somebody stood in line before this step; whoever just came, behind everybody."""
        return self.stood.get(one.id, LAST)

    @property
    def had_pools(self) -> bool:
        """Whether places were set aside at all: then pupils of that school may come before others."""
        return db.session.scalar(select(Allotment.id).where(Allotment.slot_id == self.slot_id)) is not None

    def everybody(self) -> list[Registration]:
        """Return all registrations of the slot."""
        return list(
            db.session.scalars(
                select(Registration).where(Registration.slot_id == self.slot_id).order_by(Registration.id)
            )
        )

    def parties(self) -> Iterable[list[Registration]]:
        """Return the parties that are open."""
        known: dict[object, list[Registration]] = {}
        for one in self.everybody():
            if one.state in OPEN:
                known.setdefault(one.party_id or f"alone {one.id}", []).append(one)
        return known.values()


def size(slot: Slot, people: Iterable[Registration]) -> int:
    """Count places: people with companions, or groups."""
    everybody = list(people)
    if slot.counts_groups:
        return len({one.party_id or f"alone {one.id}" for one in everybody})
    return sum(1 + one.companions for one in everybody)
