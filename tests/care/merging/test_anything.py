"""Whatever two records hold, after merging them nothing is lost: drawn by lot."""

from collections.abc import Callable
from datetime import date

from flask import Flask
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.care.merging.operations import merge
from app.care.merging.rules import tables_of_people
from app.checkin.models import Attendance
from app.core.clock import now
from app.core.db import db
from app.events.models import OPEN, TAKING, FormerCode, Registration, Slot
from app.events.registration.operations import cancel, register
from app.messages.models import Message
from app.people.models import ActsFor, Person, Relation
from app.people.needs import Diet, Needs, needs_of, write_needs
from tests.asked import ask, give
from tests.factories import Factory
from tests.letters import first_letter

BORN = date(2000, 2, 29)
MAY_BECOME_ONE = {"acts_for", "answer_sheets"}
Deed = tuple[int, str, int]
DEEDS = ("sign_up", "sign_up", "sign_up", "cancel", "arrive", "answer", "need", "letter", "school", "account")


class Family:
    """Two records of one person, a few slots, and what happens to them."""

    def __init__(self, make: Factory) -> None:
        self.make = make
        self.event = make.event(capacity=2, has_waiting_list=True)
        self.slots = [self.event.slots[0], make.slot(self.event, capacity=1, has_waiting_list=True)]
        self.slots.append(make.going_on(self.event.host).slots[0])
        self.questions = [ask(make, self.event, text=text) for text in ("穿多大？", "什么颜色？")]
        self.accounts = [make.user("妈妈"), make.user("爸爸")]
        self.people = [make.person(account, born_on=BORN) for account in self.accounts]
        self.schools = [make.school(), make.school()]
        self.rest = [make.registration(slot) for slot in self.slots]

    def happen(self, deeds: list[Deed]) -> None:
        """Let things happen, where they can."""
        for who, what, number in deeds:
            act: Callable[[int, int], None] = getattr(self, f"_{what}")
            act(who, number)

    def places(self, *states: str) -> list[Registration]:
        """Return all registrations of both records."""
        theirs = Registration.person_id.in_([one.id for one in self.people])
        found = db.session.scalars(select(Registration).where(theirs).order_by(Registration.id))
        return [one for one in found if not states or one.state in states]

    def _open_place(self, who: int, number: int) -> Registration | None:
        slot = self.slots[number % 3]
        mine = [one for one in self.places(*OPEN) if one.person_id == self.people[who].id and one.slot_id == slot.id]
        return mine[0] if mine else None

    def _sign_up(self, who: int, number: int) -> None:
        slot, by = self.slots[number % 3], self.accounts[who]
        self.make.do(register, self.people[who].id, slot.id, by=by.id, at=now())

    def _cancel(self, who: int, number: int) -> None:
        if number % 3 < 2 and (place := self._open_place(who, number)):
            self.make.do(cancel, place.id, by=self.accounts[who].id, at=now())

    def _arrive(self, _who: int, _number: int) -> None:
        if any(one.slot_id == self.slots[2].id and self._arrived(one) for one in self.places()):
            return  # two who came are two people
        here = self._open_place(0, 2) or self._open_place(1, 2)
        if here:
            self.make.arrival(here)

    def _arrived(self, one: Registration) -> bool:
        there = select(Attendance.id).where(Attendance.registration_id == one.id)
        return db.session.scalar(there) is not None

    def _answer(self, who: int, number: int) -> None:
        if place := self._open_place(who, number % 2):
            give(self.make, place, dict.fromkeys(self.questions[: 1 + number % 2], f"{who}-{number}"))

    def _need(self, who: int, number: int) -> None:
        needs = Needs((list(Diet)[number % 7],), health=f"情况{number}")
        self.make.do(write_needs, self.people[who].id, needs, by=self.accounts[who].id, at=now())

    def _letter(self, who: int, _number: int) -> None:
        if db.session.scalar(select(Message.id).where(Message.person_id == self.people[who].id).limit(1)):
            first_letter(self.make, self.people[who].id)

    def _school(self, who: int, number: int) -> None:
        current = self.people[who].enrolments
        if not [one for one in current if one.ended_at is None]:
            self.make.enrolment(self.people[who], self.schools[number % 2], is_confirmed=number % 3 == 0)

    def _account(self, who: int, _number: int) -> None:
        other = self.accounts[1 - who].id
        acting = (ActsFor.user_id == other, ActsFor.person_id == self.people[who].id)
        if db.session.scalar(select(ActsFor.id).where(*acting)) is None:
            row = ActsFor(user_id=other, person_id=self.people[who].id, relation=Relation.FRIEND, since=now())
            self.make.do(db.session.add, row)


def ids_by_table(people: list[int]) -> dict[str, set[int]]:
    """Return which rows are somebody's of these, table by table."""
    return {
        table.name: set(db.session.scalars(select(table.c.id).where(table.c.person_id.in_(people))))
        for table in tables_of_people()
    }


@settings(
    max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(deeds=st.lists(st.tuples(st.integers(0, 1), st.sampled_from(DEEDS), st.integers(0, 20)), max_size=14))
@example(deeds=[(1, "sign_up", 2), (1, "arrive", 0), (0, "sign_up", 2), (0, "arrive", 0)])
def test_every_row_is_the_kept_records_and_every_code_leads_somewhere(inside: Flask, deeds: list[Deed]) -> None:
    make = Factory(inside)
    family = Family(make)
    family.happen(deeds)
    db.session.expire_all()
    kept, other = (one.id for one in family.people)
    before, codes = ids_by_table([kept, other]), {one.code for one in family.places()}
    needs = [needs_of(one) for one in (kept, other)]
    signed_up = {one.slot_id for one in family.places(*OPEN)}
    make.do(merge, kept, other, by=make.user().id, at=now())
    db.session.expire_all()
    after = ids_by_table([kept])
    assert len(before.pop("person_needs")) >= len(after.pop("person_needs"))  # what is in them is looked at below
    for table, rows in before.items():
        assert rows == after[table] or (table in MAY_BECOME_ONE and after[table] and after[table] <= rows)
    assert all(not rows for rows in ids_by_table([other]).values())
    former = set(db.session.scalars(select(FormerCode.code)))
    assert codes <= {one.code for one in family.places()} | former
    assert {one.slot_id for one in family.places(*OPEN)} == signed_up
    assert all(one.diet[0] in needs_of(kept).diet and one.health in needs_of(kept).health for one in needs if one.diet)
    check_counts(family.slots)
    assert db.session.get_one(Person, other).merged_into_id == kept


def check_counts(slots: list[Slot]) -> None:
    """Compare what the slots count with who has a place in them, and that nobody has two."""
    for slot in slots:
        theirs = (Registration.slot_id == slot.id, Registration.state.in_(TAKING))
        taken = db.session.scalar(select(func.count()).where(*theirs))
        assert db.session.get_one(Slot, slot.id).taken == taken
        assert len(set(db.session.scalars(select(Registration.person_id).where(*theirs)))) == taken
