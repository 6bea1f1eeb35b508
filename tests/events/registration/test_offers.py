"""A place that became free is offered to the next in line: taken, let go, or left unanswered."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.core.jobs import enqueue
from app.events import announcing, jobs, problems
from app.events.models import Offer, OfferAnswer, Registration, RegistrationState, Slot
from app.events.registration import offers
from app.messages.models import MessageKind
from tests.events.registration.parties import far_slot, leave, now_in, read, together
from tests.factories import Factory
from tests.letters import letters, said
from tests.work import work_off

CONFIRMED, WAITING, OFFERED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.OFFERED
CANCELLED, LAPSED, HELD = RegistrationState.CANCELLED, RegistrationState.LAPSED, RegistrationState.HELD
DAY = timedelta(days=1)


def line(make: Factory, *ages: int, days_ago: int = 0) -> tuple[Slot, list[Registration], Registration]:
    """Return a slot whose two places have just been offered to a party (somebody of 16), and who waits behind it."""
    at = now() - days_ago * DAY
    slot = far_slot(make, capacity=len(ages) or 1)
    (first, *_others) = together(make, slot, *[16] * (len(ages) or 1), at=at)
    party, behind = together(make, slot, *(ages or (16,)), at=at), together(make, slot, 16, at=at)
    leave(make, first, whole=True, at=at)
    return slot, party, behind[0]


def offer_to(registration: Registration) -> Offer:
    """Return what is offered to somebody, read anew."""
    db.session.expire_all()
    offer = db.session.get_one(Registration, registration.id).offer
    assert offer is not None
    return offer


def act(make: Factory, name: str, registration: Registration, **when: object) -> Registration:
    """Accept or decline, as whoever signed up."""
    operation = {"accept": offers.accept, "decline": offers.decline}[name]
    return make.do(operation, registration.id, by=registration.registered_by_id, **({"at": now()} | when))


def test_a_place_that_becomes_free_is_offered_at_once_and_kept(inside: Flask, make: Factory) -> None:
    slot, party, behind = line(make, 16, 16)
    assert now_in([*party, behind]) == [OFFERED, OFFERED, WAITING]
    assert offer_to(party[0]).id == offer_to(party[1]).id
    assert (read(slot).taken, read(slot).waiting, read(slot).free) == (2, 1, 0)
    (newcomer,) = together(make, slot, 16)
    assert now_in([newcomer]) == [WAITING]


def test_everybody_it_is_offered_to_is_told_until_when(inside: Flask, make: Factory) -> None:
    _slot, party, behind = line(make, 16, 16)
    for one in party:
        (told,) = letters(one.person_id, MessageKind.OFFER)
        assert told.facts["until"] == offer_to(one).lapses_at.isoformat()
        assert told.registration_id == one.id
        assert said(one.person_id, MessageKind.OFFER)
    assert letters(behind.person_id, MessageKind.OFFER) == []


def test_whoever_accepts_has_the_place_with_the_whole_party(inside: Flask, make: Factory) -> None:
    slot, party, behind = line(make, 16, 16)
    for one in (*party, party[0]):  # a second time changes nothing
        act(make, "accept", one)
    assert now_in([*party, behind]) == [CONFIRMED, CONFIRMED, WAITING]
    assert offer_to(party[0]).answer is OfferAnswer.ACCEPTED
    assert (read(slot).taken, read(slot).waiting) == (2, 1)
    assert [one.kind for one in letters(party[0].person_id)][-1] is MessageKind.REGISTERED


def test_a_child_who_accepts_has_the_place_held(inside: Flask, make: Factory) -> None:
    _slot, party, _behind = line(make, 12, 16)
    act(make, "accept", party[1])
    assert now_in(party) == [HELD, CONFIRMED]
    assert [one.kind for one in letters(party[0].person_id)][-1] is MessageKind.CONSENT_ASKED


def test_whoever_declines_lets_the_next_have_it(inside: Flask, make: Factory) -> None:
    slot, party, behind = line(make, 16, 16)
    for one in (*party, party[0]):
        act(make, "decline", one)
    assert now_in([*party, behind]) == [CANCELLED, CANCELLED, OFFERED]
    assert (read(slot).taken, read(slot).waiting) == (1, 0)
    with pytest.raises(problems.NothingOffered):
        act(make, "accept", party[0])


def test_an_offer_that_nobody_answers_lapses_and_the_next_is_asked(inside: Flask, make: Factory) -> None:
    slot, party, behind = line(make, 16, 16)
    offer = offer_to(party[0])
    due = offer.lapses_at
    assert not make.do(offers.lapse, offer.id, at=due - timedelta(seconds=1))
    assert [make.do(offers.lapse, offer.id, at=due) for _ in range(2)] == [True, False]
    assert now_in([*party, behind]) == [LAPSED, LAPSED, OFFERED]
    assert (read(slot).taken, read(slot).waiting) == (1, 0)
    assert offer_to(behind).lapses_at > due
    with pytest.raises(problems.OfferOver):
        act(make, "accept", party[0])


def test_after_its_end_an_offer_is_over_even_before_it_is_passed_on(inside: Flask, make: Factory) -> None:
    _slot, party, _behind = line(make)
    due = offer_to(party[0]).lapses_at
    for name in ("accept", "decline"):
        with pytest.raises(problems.OfferOver):
            act(make, name, party[0], at=due)
    assert now_in(party) == [OFFERED]
    act(make, "accept", party[0], at=due - timedelta(seconds=1))
    assert now_in(party) == [CONFIRMED]


def test_without_an_offer_there_is_nothing_to_accept(inside: Flask, make: Factory) -> None:
    _slot, _party, behind = line(make)
    for name in ("accept", "decline"):
        with pytest.raises(problems.NothingOffered):
            act(make, name, behind)
    (placed,) = together(make, far_slot(make), 16)
    with pytest.raises(problems.NothingOffered):
        act(make, "decline", placed)
    assert now_in([behind, placed]) == [WAITING, CONFIRMED]


def test_what_was_called_off_meanwhile_is_not_accepted(inside: Flask, make: Factory) -> None:
    slot, party, behind = line(make)
    make.do(announcing.cancel_event, slot.event_id, "台风", by=make.user().id, at=now())
    with pytest.raises(problems.EventCancelled):
        act(make, "accept", party[0])
    assert now_in([*party, behind]) == [OFFERED, WAITING]
    act(make, "decline", party[0])
    assert now_in([*party, behind]) == [CANCELLED, WAITING]


def test_one_of_a_party_leaves_and_the_others_may_still_accept(inside: Flask, make: Factory) -> None:
    slot, party, behind = line(make, 16, 16)
    leave(make, party[0])
    assert now_in([*party, behind]) == [CANCELLED, OFFERED, OFFERED]
    act(make, "accept", party[1])
    assert now_in([*party, behind]) == [CANCELLED, CONFIRMED, OFFERED]
    assert read(slot).taken == 2


def test_the_worker_passes_on_what_is_due(inside: Flask, make: Factory) -> None:
    _slot, party, behind = line(make, days_ago=3)
    _other, fresh, _behind = line(make)
    assert list(offers.due_offers(now())) == [offer_to(party[0]).id]
    ids = [one.id for one in (*party, behind, *fresh)]
    make.do(enqueue, jobs.LAPSE, {}, at=now())
    work_off(inside)
    assert [db.session.get_one(Registration, number).state for number in ids] == [LAPSED, OFFERED, OFFERED]
    assert list(offers.due_offers(now())) == []
