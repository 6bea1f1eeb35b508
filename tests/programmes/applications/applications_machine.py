"""Everything that moves applications, in any order, and what must hold after each step."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from app.care.consents.answering import Said, answer, typed_guardian, withdraw
from app.core.clock import local_day, now
from app.core.db import db
from app.core.problems import Problem
from app.people.consents.models import ConsentInForce, Guardian, GuardianRelation, Purpose, Strength
from app.people.consents.recording import Proof
from app.people.consents.scopes import programme_scope
from app.programmes import planning, sides
from app.programmes.applications import answering, applying, consenting
from app.programmes.applications.deciding import Decision, Verdict, decide
from app.programmes.models import OPEN, TAKING, Application, ApplicationState, Programme, Reason, Side
from tests.exchanges import a_programme, first_side, side_words
from tests.factories import Factory

AGES = (9, 12, 13, 14, 16, 17, 18, 20, 30)
_KEPT = ("id", "person_id", "state", "rank", "decided_by_id", "consent_id", "consent_proven")
WHICH = st.integers(0, len(AGES) - 1)


class Applications(RuleBasedStateMachine):
    """One side of a programme, nine people, and a clock."""

    make: Factory

    @initialize(places=st.integers(0, 4), leaves=st.booleans())
    def begin(self, places: int, leaves: bool) -> None:
        """Publish a programme in a month."""
        self.at, make = now(), self.make
        self.user, self.teacher = make.user().id, make.user().id
        self.programme = a_programme(make, places=max(places, 1), nights_away=leaves)
        self.side_id = first_side(make, self.programme).id
        self.people = [
            make.person(name=f"林晓{'甲乙丙丁戊己庚辛壬'[place]}", age=age) for place, age in enumerate(AGES)
        ]
        self.left_reserve: list[int] = []

    @rule(who=WHICH)
    def enter(self, who: int) -> None:
        """Enter somebody."""
        self._try(applying.enter, self.side_id, self.people[who].id, by=self.user, at=self.at)

    @rule(whom=st.sets(WHICH, min_size=1, max_size=4), verdict=st.sampled_from(Verdict))
    def decide(self, whom: set[int], verdict: Verdict) -> None:
        """Decide on some."""
        ids = [one.id for one in self._all() if one.person_id in {self.people[who].id for who in whom}]
        decision = Decision(verdict, Reason.PLACES, "人多")
        self._try(decide, self.programme.id, ids, decision, by=self.user, at=self.at)

    @rule(who=WHICH)
    def say_yes(self, who: int) -> None:
        """Take the place."""
        if one := self._latest(who):
            self._try(answering.say_yes, one.id, by=self.user, at=self.at)

    @rule(who=WHICH)
    def decline(self, who: int) -> None:
        """Give it back."""
        if one := self._latest(who):
            self._try(answering.decline, one.id, by=self.user, at=self.at)

    @rule(who=WHICH, yes=st.booleans(), is_called=st.booleans())
    def guardian_answers(self, who: int, yes: bool, is_called: bool) -> None:
        """Let a guardian say yes or no, by link or on the phone."""
        proof = Proof(Strength.CALLED, self.teacher, self.at) if is_called else Proof()
        self._try(self._answer, self.people[who].id, yes, proof)

    @rule(who=WHICH)
    def guardian_withdraws(self, who: int) -> None:
        """Let a guardian take it back."""
        self._try(self._withdraw, self.people[who].id)

    @rule(hours=st.integers(1, 60))
    def wait(self, hours: int) -> None:
        """Let time pass, and what was not answered lapse."""
        self.at += timedelta(hours=hours)
        for number in self._do(lambda: list(answering.due_answers(self.at))):
            self._try(answering.lapse, number, at=self.at)

    @rule(places=st.integers(0, 5))
    def change_places(self, places: int) -> None:
        """Let the side have more places, or fewer."""
        side = self._side()
        words = side_words(side.organisation_id, places=places)
        self._try(sides.edit_side, self.side_id, words, by=self.user, at=self.at)

    @rule(off=st.booleans())
    def call_off(self, off: bool) -> None:
        """Call the programme off, or take that back."""
        if off:
            self._try(planning.cancel, self.programme.id, "台风", by=self.user, at=self.at)
        else:
            self._try(planning.resume, self.programme.id, by=self.user, at=self.at)

    @rule(days=st.integers(-3, 6), leaves=st.booleans())
    def plan_anew(self, days: int, leaves: bool) -> None:
        """Let the programme last longer or shorter, with nights away or without."""
        known = db.session.get_one(Programme, self.programme.id, populate_existing=True)
        last = max(known.starts_on, known.ends_on + timedelta(days=days))
        words = replace(planning.words_of(known), ends_on=last, nights_away=leaves)
        self._try(planning.edit_programme, self.programme.id, words, by=self.user, at=self.at)

    @invariant()
    def nobody_is_too_many(self) -> None:
        """As many have a place as the side says, and never more than there are."""
        side, everybody = self._side(), self._all()
        assert side.accepted == sum(one.state in TAKING for one in everybody) <= side.places

    @invariant()
    def ranks_are_an_order(self) -> None:
        """Those in reserve have ranks, each its own, and nobody else has one."""
        everybody = self._all()
        ranks = [one.rank for one in everybody if one.rank is not None]
        assert len(ranks) == len(set(ranks)) == sum(one.state is ApplicationState.RESERVE for one in everybody)

    @invariant()
    def nobody_asks_twice(self) -> None:
        """A person has one application that is open."""
        people = [one.person_id for one in self._all() if one.state in OPEN]
        assert len(people) == len(set(people))

    @invariant()
    def no_minor_takes_part_unasked(self) -> None:
        """A confirmed minor leans on a consent; under 14, and with nights away, on one that is proven. Before it begins
        that is to all that the programme is now."""
        born = {person.id: AGES[place] for place, person in enumerate(self.people)}
        programme = db.session.get_one(Programme, self.programme.id, populate_existing=True)
        to_come = not programme.is_cancelled and local_day(self.at) < programme.starts_on
        for one in self._all():
            age = born[one.person_id]
            if one.state is ApplicationState.CONFIRMED and age < 18:
                assert one.consent_id
                if to_come:
                    assert one.consent_proven or (age >= 14 and not programme.nights_away)
                    assert consenting.holds(db.session.get_one(ConsentInForce, one.consent_id), programme)

    def _answer(self, person_id: int, yes: bool, proof: Proof) -> None:
        guardian = typed_guardian(person_id, "林建国", GuardianRelation.FATHER, at=self.at)
        scope = programme_scope(self.programme.id)
        answer(Said(person_id, scope, {Purpose.TAKING_PART: yes}), guardian, proof, at=self.at)

    def _withdraw(self, person_id: int) -> None:
        known = db.session.scalar(select(Guardian.id).where(Guardian.person_id == person_id))
        if known:
            withdraw(person_id, programme_scope(self.programme.id), known, at=self.at)

    def _try(self, operation: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Do it; of those in reserve only the first move up by themselves, one for each place that became free."""
        before = {one.id: one for one in self._all()}
        more = self._side().places
        with suppress(Problem):
            self.make.do(operation, *args, **kwargs)
        after = self._all()
        reserve = [one for one in after if one.state is ApplicationState.RESERVE]
        was = [before[one.id] for one in after if one.id in before and self._moved_up(before[one.id], one)]
        assert not was or not reserve or max(one.rank for one in was) < min(one.rank for one in reserve)
        freed = sum(before[one.id].state in TAKING and one.state not in TAKING for one in after if one.id in before)
        freed += max(0, self._side().places - more)
        if self._is_on():
            assert len(was) == min(freed, len(was) + len(reserve))

    def _moved_up(self, before: Application, after: Application) -> bool:
        taken_by_nobody = after.state is ApplicationState.ACCEPTED and after.decided_by_id is None
        return before.state is ApplicationState.RESERVE and taken_by_nobody

    def _is_on(self) -> bool:
        programme = self._do(lambda: db.session.get_one(Programme, self.programme.id))
        return programme.cancelled_at is None and local_day(self.at) <= programme.ends_on

    def _do(self, look: Callable[[], Any]) -> Any:
        return self.make.do(look)

    def _all(self) -> list[Application]:
        """Return copies of all applications as they are, in the order of applying."""
        theirs = select(Application).where(Application.programme_id == self.programme.id)
        found = self._do(lambda: list(db.session.scalars(theirs.order_by(Application.id))))
        return [SimpleNamespace(**{name: getattr(one, name) for name in _KEPT}) for one in found]  # type: ignore[misc]

    def _latest(self, who: int) -> Application | None:
        return next((one for one in reversed(self._all()) if one.person_id == self.people[who].id), None)

    def _side(self) -> Side:
        return self._do(lambda: db.session.get_one(Side, self.side_id))
