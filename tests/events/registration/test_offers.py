"""A place that became free is offered to the next in line: taken, let go, or left unanswered."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.core.jobs import enqueue
from app.events import announcing, jobs, planning, problems
from app.events.models import Offer, OfferAnswer, Registration, RegistrationState, Slot
from app.events.plans import plan_of
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
    """Return a slot whose two places have just been offered to a party (somebody of 18), and who waits behind it."""
    at = now() - days_ago * DAY
    slot = far_slot(make, capacity=len(ages) or 1)
    (first, *_others) = together(make, slot, *[18] * (len(ages) or 1), at=at)
    party, behind = together(make, slot, *(ages or (18,)), at=at), together(make, slot, 18, at=at)
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
    slot, party, behind = line(make, 18, 18)
    assert now_in([*party, behind]) == [OFFERED, OFFERED, WAITING]
    assert offer_to(party[0]).id == offer_to(party[1]).id
    assert (read(slot).taken, read(slot).waiting, read(slot).free) == (2, 1, 0)
    (newcomer,) = together(make, slot, 18)
    assert now_in([newcomer]) == [WAITING]


def test_everybody_it_is_offered_to_is_told_until_when(inside: Flask, make: Factory) -> None:
    _slot, party, behind = line(make, 18, 18)
    for one in party:
        (told,) = letters(one.person_id, MessageKind.OFFER)
        assert told.facts["until"] == offer_to(one).lapses_at.isoformat()
        assert told.registration_id == one.id
        assert said(one.person_id, MessageKind.OFFER)
    assert letters(behind.person_id, MessageKind.OFFER) == []


def test_whoever_accepts_has_the_place_with_the_whole_party(inside: Flask, make: Factory) -> None:
    slot, party, behind = line(make, 18, 18)
    for one in (*party, party[0]):  # a second time changes nothing
        act(make, "accept", one)
    assert now_in([*party, behind]) == [CONFIRMED, CONFIRMED, WAITING]
    assert offer_to(party[0]).answer is OfferAnswer.ACCEPTED
    assert (read(slot).taken, read(slot).waiting) == (2, 1)
    assert [one.kind for one in letters(party[0].person_id)][-1] is MessageKind.REGISTERED


def test_a_child_who_accepts_has_the_place_held(inside: Flask, make: Factory) -> None:
    _slot, party, _behind = line(make, 12, 18)
    act(make, "accept", party[1])
    assert now_in(party) == [HELD, CONFIRMED]
    assert [one.kind for one in letters(party[0].person_id)][-1] is MessageKind.CONSENT_ASKED


def test_whoever_declines_lets_the_next_have_it(inside: Flask, make: Factory) -> None:
    slot, party, behind = line(make, 18, 18)
    for one in (*party, party[0]):
        act(make, "decline", one)
    assert now_in([*party, behind]) == [CANCELLED, CANCELLED, OFFERED]
    assert (read(slot).taken, read(slot).waiting) == (1, 0)
    with pytest.raises(problems.NothingOffered):
        act(make, "accept", party[0])


def test_an_offer_that_nobody_answers_lapses_and_the_next_is_asked(inside: Flask, make: Factory) -> None:
    slot, party, behind = line(make, 18, 18)
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
    (placed,) = together(make, far_slot(make), 18)
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
    slot, party, behind = line(make, 18, 18)
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


def test_what_is_called_off_lapses_for_nobody_and_can_be_answered_when_it_is_resumed(
    inside: Flask, make: Factory
) -> None:
    slot, party, behind = line(make)
    before, by = offer_to(party[0]).lapses_at, make.user().id
    make.do(announcing.cancel_event, slot.event_id, "台风", by=by, at=now())
    later = before + DAY
    assert offers.due_offers(later) == []
    assert not make.do(offers.lapse, offer_to(party[0]).id, at=later)
    make.do(announcing.resume_event, slot.event_id, by=by, at=later)
    assert now_in([*party, behind]) == [OFFERED, WAITING]
    assert offer_to(party[0]).lapses_at > later
    assert act(make, "accept", party[0], at=later).is_active


def test_what_is_called_off_for_good_lapses_when_it_would_have_begun(inside: Flask, make: Factory) -> None:
    slot, party, _behind = line(make)
    make.do(announcing.cancel_event, slot.event_id, "台风", by=make.user().id, at=now())
    due = offers.due_offers(slot.starts_at)
    assert due == [offer_to(party[0]).id]
    assert make.do(offers.lapse, due[0], at=slot.starts_at)


def test_whoever_leaves_while_it_is_their_turn_has_answered(inside: Flask, make: Factory) -> None:
    _slot, party, behind = line(make, 18)
    for _ in range(2):
        leave(make, party[0])
    assert now_in([*party, behind]) == [CANCELLED, OFFERED]
    assert (offer_to(party[0]).answer, offer_to(behind).answer) == (OfferAnswer.DECLINED, None)


def test_an_offer_stays_open_while_somebody_of_the_party_may_accept_it(inside: Flask, make: Factory) -> None:
    _slot, party, _behind = line(make, 18, 18)
    leave(make, party[0])
    assert offer_to(party[1]).answer is None
    leave(make, party[1])
    assert offer_to(party[1]).answer is OfferAnswer.DECLINED


@pytest.mark.parametrize("how", ["postponed", "edited"])
def test_no_offer_outlasts_a_beginning_that_is_earlier_now(inside: Flask, make: Factory, how: str) -> None:
    slot, party, _behind = line(make)
    begins, by = now() + timedelta(hours=5), make.user().id
    if how == "postponed":
        make.do(announcing.postpone_event, slot.event_id, begins, "场馆有事", by=by, at=now())
    else:
        times = {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "closes_at": begins}
        make.do(planning.edit_slot, slot.id, replace(plan_of(slot), **times), by=by, at=now())
    assert offer_to(party[0]).lapses_at == begins
