"""Parties rush a slot with a waiting list while places are offered, answered, given back and added, over HTTP."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from http.client import HTTPConnection
from itertools import cycle, groupby, islice
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import end_of_day, local_day, now
from app.core.db import db
from app.events.models import OPEN, TAKING, Offer, OfferAnswer, Registration, RegistrationState, Slot
from app.organisations.models import Organisation
from tests.factories import Factory
from tests.race.crowd import at_once
from tests.race.families import Answer, Errand, Family, Post, gather_families, slot_form
from tests.servers import running
from tests.sessions import Pass, open_sessions, session_of

PROCESSES = 4
SIZES = list(islice(cycle([1, 2, 3, 4, 5, 2, 1]), 105))
CAPACITIES = (50, 46, 70, 44, 80, 60, 90, 88)
TWICE = 2
Ask = Callable[[HTTPConnection], list[Answer]]


@pytest.fixture
def starts() -> datetime:
    """When it begins: far enough for offers that nobody answers to stay open."""
    return end_of_day(local_day(now()) + timedelta(days=20)) + timedelta(hours=9)


@pytest.fixture
def host(make: Factory) -> Organisation:
    """Whose slot it is."""
    return make.organisation()


@pytest.fixture
def office(app: Flask, make: Factory, host: Organisation) -> Pass:
    """Staff of the host, signed in."""
    return session_of(app, open_sessions(app, [make.member(host).id])[0])


def open_ones(slot_id: int) -> list[Registration]:
    """Return who has a place, or may still get one."""
    found = select(Registration).where(Registration.slot_id == slot_id, Registration.state.in_(OPEN))
    return list(db.session.scalars(found.order_by(Registration.id)))


def parties(registrations: list[Registration]) -> list[list[Registration]]:
    """Return those who came together, together."""

    def together(one: Registration) -> tuple[int, int]:
        return (one.party_id or 0, 0 if one.party_id else one.id)

    return [list(members) for _, members in groupby(sorted(registrations, key=together), key=together)]


def check(app: Flask, slot_id: int) -> None:
    """Nobody has a place too many, nobody waits who fits, and parties are whole."""
    with app.app_context():
        slot, everybody = db.session.get_one(Slot, slot_id), open_ones(slot_id)
        assert slot.taken == sum(one.state in TAKING for one in everybody) <= slot.capacity
        assert max(Counter(one.person_id for one in everybody).values()) == 1
        together = parties(everybody)
        for party in together:
            assert len({(one.state in TAKING, one.line) for one in party}) == 1
        line = sorted((party for party in together if party[0].line), key=lambda party: party[0].line or 0)
        assert slot.waiting == len(line) > 0
        next_ones = line if slot.smaller_may_pass else line[:1]
        assert [party for party in next_ones if len(party) <= slot.free] == []


def answering(app: Flask, slot_id: int, families: list[Family]) -> list[Errand]:
    """Return what families do to whom a place is offered: every other one takes it; each says so twice."""
    sessions = {person_id: family.session for family in families for person_id in family.person_ids}
    with app.app_context():
        offered = [party[0] for party in parties(open_ones(slot_id)) if party[0].state is RegistrationState.OFFERED]
    verbs = zip(offered, cycle(["acceptance", "declination"]))
    return [Errand(sessions[one.person_id], [(f"/registrations/{one.id}/{verb}", {})] * TWICE) for one, verb in verbs]


def answers_given(app: Flask, slot_id: int) -> set[OfferAnswer | None]:
    """Return in which ways offers were answered."""
    with app.app_context():
        return set(db.session.scalars(select(Offer.answer).where(Offer.slot_id == slot_id)))


@pytest.mark.parametrize("smaller_may_pass", [False, True], ids=["in order", "smaller may pass"])
def test_parties_that_rush_while_places_come_and_go_get_exactly_the_places_there_are(
    smaller_may_pass: bool,
    app: Flask,
    fresh_url: str,
    make: Factory,
    tmp_path: Path,
    starts: datetime,
    host: Organisation,
    office: Pass,
) -> None:
    plan = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "closes_at": starts}
    settings = {"has_waiting_list": True, "smaller_may_pass": smaller_may_pass}
    slot = make.event(host, capacity=40, **plan, **settings).slots[0]
    families = gather_families(app, SIZES)

    def with_places(capacities: tuple[int, ...]) -> Errand:
        forms = [slot_form(starts, plan["ends_at"], one, smaller_may_pass=smaller_may_pass) for one in capacities]
        return Errand(office, [(f"/desk/slots/{slot.id}/edit", form) for form in forms])

    with running(fresh_url, tmp_path, app.config["SECRET_KEY"], processes=PROCESSES) as server:
        post = Post(server)

        def ask(connection: HTTPConnection, one: Family | Errand) -> list[Answer]:
            return post.live(connection, one, slot.id) if isinstance(one, Family) else post.run(connection, one)

        first = at_once(server, ask, [with_places(CAPACITIES), *families])
        check(app, slot.id)
        second = at_once(server, ask, [with_places((95, 89, 100)), *answering(app, slot.id, families), *families])
        check(app, slot.id)
    statuses = Counter(answer.status for answers in [*first, *second] for answer in answers)
    assert statuses.keys() <= {303, 422}, statuses
    assert {answer.status for answers in first[1:] for answer in answers} == {303}
    assert 303 in {answer.status for answer in first[0]}, "the office changed the number of places"
    assert answers_given(app, slot.id) >= {OfferAnswer.ACCEPTED, OfferAnswer.DECLINED}


@pytest.mark.parametrize("capacity", [30, 2], ids=["places for all", "a line"])
def test_one_form_sent_fifty_times_at_once_is_one_sign_up_and_fifty_equal_answers(
    capacity: int, app: Flask, fresh_url: str, make: Factory, tmp_path: Path
) -> None:
    slot = make.slot(capacity=capacity, has_waiting_list=True)
    (family,) = gather_families(app, [3])
    with running(fresh_url, tmp_path, app.config["SECRET_KEY"], processes=PROCESSES) as server:
        post = Post(server)
        answers = at_once(server, lambda line, one: post.sign_up(line, one, slot.id), [family] * 50, abreast=50)
    assert len(set(answers)) == 1, Counter(answers)
    with app.app_context():
        everybody = open_ones(slot.id)
        assert answers[0] == Answer(303, f"/registrations/{everybody[0].id}")
        assert sorted(one.person_id for one in everybody) == sorted(family.person_ids)
        assert len({one.party_id for one in everybody}) == 1
        row = db.session.get_one(Slot, slot.id)
        assert (row.taken, row.waiting) == ((3, 0) if capacity > 3 else (0, 1))
