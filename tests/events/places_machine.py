"""Everything that moves places, in any order, and what must hold after each step."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from app.core.clock import end_of_day, local_day, now
from app.core.db import db
from app.core.problems import Problem
from app.events import allotments, decisions, offers, operations, planning, swaps
from app.events.models import (
    OPEN,
    TAKING,
    Allotment,
    Registration,
    RegistrationState,
    Slot,
    SlotForm,
    WayIn,
)
from app.events.operations import SignUp
from tests.factories import Factory

AGES = (9, 12, 13, 14, 15, 16, 17, 17, 18, 35, 40, 45)
PEOPLE = st.integers(0, len(AGES) - 1)
_keys = count(1)


class Places(RuleBasedStateMachine):
    """One slot, twelve people whom one account may sign up, and a clock."""

    make: Factory

    @initialize(
        capacity=st.integers(1, 8),
        way_in=st.sampled_from([WayIn.OPEN, WayIn.OPEN, WayIn.APPROVAL]),
        form=st.sampled_from(SlotForm),
        smaller_may_pass=st.booleans(),
        counts_groups=st.booleans(),
        most_companions=st.sampled_from([0, 2]),
        allotted=st.integers(0, 3),
    )
    def begin(self, capacity: int, allotted: int, **settings: Any) -> None:
        """Publish a slot a week ahead, perhaps with places set aside for the school of every second person."""
        make = self.make
        self.at = now()
        starts = end_of_day(local_day(self.at) + timedelta(days=7)) + timedelta(hours=9)
        plan = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "closes_at": starts}
        event = make.event(capacity=capacity, has_waiting_list=True, **plan, **settings)
        self.event_id, self.slot_id, self.starts = event.id, event.slots[0].id, starts
        self.user, school = make.user(), make.school()
        self.people = [
            make.person(self.user, name=f"林晓{'甲乙丙丁戊己庚辛壬癸子丑'[i]}", age=age) for i, age in enumerate(AGES)
        ]
        for person in self.people[::2]:
            make.enrolment(person, school)
        if allotted and allotted <= capacity:
            share = allotments.Share("城关镇", (school.id,), allotted, self.at + timedelta(days=2))
            self.do(allotments.allot, self.slot_id, share)
        self.lines: dict[int, int] = {}

    def do(self, operation: Any, *args: Any, by: int | None = None, **kwargs: Any) -> Any:
        """Run an operation now; a rule's no is an answer, too."""
        try:
            return self.make.do(operation, *args, **kwargs, by=by or self.user.id, at=self.at)
        except Problem as problem:
            return problem

    @rule(chosen=st.lists(PEOPLE, min_size=1, max_size=3, unique=True), companions=st.sampled_from([0, 0, 1, 2]))
    def sign_up(self, chosen: list[int], companions: int) -> None:
        asked = SignUp(self.slot_id, tuple(self.people[i].id for i in chosen), companions)
        self.do(operations.sign_up, asked)

    @rule(who=PEOPLE, whole=st.booleans())
    def leave(self, who: int, whole: bool) -> None:
        for one in self.of(who):
            self.do(operations.cancel_party if whole else operations.cancel, one.id)

    @rule(who=PEOPLE, yes=st.booleans())
    def answer(self, who: int, yes: bool) -> None:
        for one in self.of(who):
            self.do(offers.accept if yes else offers.decline, one.id)

    @rule(hours=st.integers(1, 40))
    def wait(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        for offer_id in offers.due_offers(self.at):
            self.make.do(offers.lapse, offer_id, at=self.at)
        for registration_id in offers.due_holds(self.at):
            self.make.do(offers.lapse_hold, registration_id, at=self.at)
        for allotment_id in allotments.due(self.at):
            self.make.do(allotments.release_in_time, allotment_id, at=self.at)

    @rule(capacity=st.integers(1, 10))
    def change_capacity(self, capacity: int) -> None:
        plan = planning.plan_of(self.slot)
        self.do(planning.edit_slot, self.slot_id, planning.SlotPlan(**{**vars(plan), "capacity": capacity}))

    @rule(who=PEOPLE, hours=st.integers(1, 30))
    def give_the_guardian_until(self, who: int, hours: int) -> None:
        def set_end(registration_id: int) -> None:
            db.session.get_one(Registration, registration_id).held_until = self.at + timedelta(hours=hours)

        for one in self.of(who, RegistrationState.HELD):
            self.make.do(set_end, one.id)

    @rule(
        chosen=st.lists(PEOPLE, min_size=1, max_size=4, unique=True),
        verdict=st.sampled_from(["approve", "refuse", "admit"]),
    )
    def decide(self, chosen: list[int], verdict: str) -> None:
        ids = [one.id for who in chosen for one in self.of(who)]
        key = f"act{next(_keys)}"
        if verdict == "refuse":
            self.do(decisions.refuse, self.event_id, ids, "名额有限", key)
        else:
            self.do(getattr(decisions, verdict), self.event_id, ids, key)

    @precondition(lambda self: self.slot.form is SlotForm.SHIFT)
    @rule(giver=PEOPLE, taker=PEOPLE)
    def swap(self, giver: int, taker: int) -> None:
        for one in self.of(giver, RegistrationState.CONFIRMED):
            offered = self.do(swaps.offer_shift, one.id, "", True)
            if not isinstance(offered, Problem):
                self.do(swaps.take_over, offered.id, self.people[taker].id)

    @property
    def slot(self) -> Slot:
        """The slot, read anew."""
        db.session.expire_all()
        return db.session.get_one(Slot, self.slot_id)

    def of(self, who: int, *states: RegistrationState) -> list[Registration]:
        """Return the open registrations of somebody."""
        mine = select(Registration).where(
            Registration.person_id == self.people[who].id, Registration.state.in_(states or OPEN)
        )
        return list(db.session.scalars(mine))

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
        lines = {party[0].line or 0: size(slot, party) for party in line}
        served = [old for old in self.lines if old not in lines and self.was_served(old)]
        if not slot.smaller_may_pass and not slot.reserved and not self.had_pools:
            assert not any(ahead in self.lines for last in served for ahead in lines if ahead < last), "passed"
        self.lines = lines
        self.numbers = {one.line: one.id for party in line for one in party}

    numbers: dict[int | None, int] = {}  # noqa: RUF012 - replaced, never changed

    @property
    def had_pools(self) -> bool:
        """Whether places were set aside at all: then pupils of that school may come before others."""
        return db.session.scalar(select(Allotment.id).where(Allotment.slot_id == self.slot_id)) is not None

    def was_served(self, line: int) -> bool:
        """Return whether those who stood at a place in line have a place now, and did not just leave."""
        return db.session.get_one(Registration, self.numbers[line]).state in TAKING

    def everybody(self) -> list[Registration]:
        """Return all registrations of the slot."""
        return list(db.session.scalars(select(Registration).where(Registration.slot_id == self.slot_id)))

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
