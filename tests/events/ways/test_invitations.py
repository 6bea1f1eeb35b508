"""Invitation links: counted, expiring, one way into a slot."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.core.problems import Problem
from app.events import announcing
from app.events.acts import decisions
from app.events.acts.undoing import undo
from app.events.models import InvitationLink, Registration, Slot, WayIn
from app.events.problems import InvitationExpired, InvitationNeeded, InvitationUsedUp
from app.events.registration import operations
from app.events.registration.wishes import SignUp
from app.events.ways import invitations
from tests.factories import Factory

HOUR = timedelta(hours=1)


def invited_slot(make: Factory) -> Slot:
    """Make a slot that only those invited come into."""
    return make.slot(way_in=WayIn.INVITATION)


def link_to(make: Factory, slot: Slot, most: int = 2, until: timedelta = HOUR) -> InvitationLink:
    """Make a link."""
    return make.do(invitations.invite, slot.id, "雁南小学合唱团", most, now() + until, by=make.user().id, at=now())


def come(make: Factory, slot: Slot, code: str | None, people: int = 1) -> list[Registration]:
    """Sign up people by a link."""
    user = make.user()
    ids = tuple(make.person(user, name=f"林晓{number}").id for number in range(people))
    return make.do(operations.sign_up, SignUp(slot.id, ids, 0, code), by=user.id, at=now())


def refused(make: Factory, problem: type[Problem], slot: Slot, code: str | None, people: int = 1) -> None:
    """See a sign-up refused, and nothing left behind."""
    before = db.session.query(Registration).count()
    with pytest.raises(problem):
        come(make, slot, code, people)
    assert db.session.query(Registration).count() == before


def uses(link: InvitationLink) -> int:
    """Return how often a link was used, read anew."""
    db.session.expire_all()
    return db.session.get_one(InvitationLink, link.id).uses


def test_a_link_lets_people_in_and_counts_them(inside: Flask, make: Factory) -> None:
    slot = invited_slot(make)
    link = link_to(make, slot, most=3)
    one, other = come(make, slot, link.code, people=2)
    assert {one.invitation_id, other.invitation_id} == {link.id}
    assert uses(link) == 2


def test_without_a_link_or_with_one_to_another_slot_nobody_comes_in(inside: Flask, make: Factory) -> None:
    slot = invited_slot(make)
    elsewhere = link_to(make, invited_slot(make))
    for code in (None, "", "0000000000000000", elsewhere.code):
        refused(make, InvitationNeeded, slot, code)
    assert uses(elsewhere) == 0


def test_a_link_is_used_up_and_a_party_comes_whole_or_not_at_all(inside: Flask, make: Factory) -> None:
    slot = invited_slot(make)
    link = link_to(make, slot, most=2)
    come(make, slot, link.code)
    refused(make, InvitationUsedUp, slot, link.code, people=2)
    come(make, slot, link.code)
    refused(make, InvitationUsedUp, slot, link.code)
    assert uses(link) == 2


def test_a_link_ends_at_its_moment_and_when_it_is_closed(inside: Flask, make: Factory) -> None:
    slot = invited_slot(make)
    refused(make, InvitationExpired, slot, link_to(make, slot, until=-HOUR).code)
    link = link_to(make, slot)
    for _ in range(2):
        make.do(invitations.close, link.id, by=make.user().id, at=now())
    refused(make, InvitationExpired, slot, link.code)


def test_whoever_leaves_makes_room_for_somebody_else(inside: Flask, make: Factory) -> None:
    slot = invited_slot(make)
    link = link_to(make, slot, most=1)
    (gone,) = come(make, slot, link.code)
    make.do(operations.cancel, gone.id, by=gone.registered_by_id, at=now())
    assert uses(link) == 0
    come(make, slot, link.code)


def test_the_same_sign_up_twice_uses_a_link_once(inside: Flask, make: Factory) -> None:
    slot, user = invited_slot(make), make.user()
    link, person = link_to(make, slot), make.person(user)
    for _ in range(2):
        make.do(operations.sign_up, SignUp(slot.id, (person.id,), 0, link.code), by=user.id, at=now())
    assert uses(link) == 1


def test_a_link_to_a_slot_for_everybody_is_not_needed(inside: Flask, make: Factory) -> None:
    slot = make.slot()
    link = link_to(make, slot)
    come(make, slot, link.code)
    assert uses(link) == 0


def test_a_link_is_good_for_longer_when_the_event_is_put_off(inside: Flask, make: Factory) -> None:
    slot = invited_slot(make)
    link = link_to(make, slot)
    before = link.expires_at
    make.do(announcing.postpone_event, slot.event_id, slot.starts_at + HOUR, "下雨", by=make.user().id, at=now())
    db.session.expire_all()
    assert db.session.get_one(InvitationLink, link.id).expires_at == before + HOUR


def cancelled_and_undone(make: Factory, slot: Slot, place: Registration, between: Callable[[], object]) -> None:
    """Let staff cancel a place and take that back a moment later."""
    by = make.user().id
    act = make.do(decisions.cancel_for, slot.event_id, [place.id], "报重了。", "form", by=by, at=now())
    between()
    make.do(undo, act.id, by=by, at=now())
    db.session.expire_all()


def test_whoever_is_back_by_an_undoing_counts_again_and_can_leave_again(inside: Flask, make: Factory) -> None:
    slot = invited_slot(make)
    link = link_to(make, slot, most=1)
    (guest,) = come(make, slot, link.code)
    cancelled_and_undone(make, slot, guest, lambda: None)
    assert uses(link) == 1
    refused(make, InvitationUsedUp, slot, link.code)
    make.do(operations.cancel, guest.id, by=guest.registered_by_id, at=now())
    assert uses(link) == 0


def test_an_undoing_lets_nobody_in_past_whoever_used_the_link_meanwhile(inside: Flask, make: Factory) -> None:
    slot = invited_slot(make)
    link = link_to(make, slot, most=1)
    (guest,) = come(make, slot, link.code)
    cancelled_and_undone(make, slot, guest, lambda: come(make, slot, link.code))
    assert not db.session.get_one(Registration, guest.id).is_open
    assert (uses(link), db.session.get_one(Slot, slot.id).taken) == (1, 1)


@pytest.mark.parametrize("typed", ["\0", "a\0b", "林" * 5000])
def test_what_can_be_no_code_is_none(inside: Flask, make: Factory, typed: str) -> None:
    refused(make, InvitationNeeded, invited_slot(make), typed)
