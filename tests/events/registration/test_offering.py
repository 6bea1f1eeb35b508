"""One tap: accepting a place, letting it go, leaving together; and what the page of a sign-up says."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.events import announcing
from app.events.acts import decisions
from app.events.models import Registration, RegistrationState, Slot, WayIn
from app.events.registration import offers
from tests.events.registration.parties import far_slot, leave, together
from tests.events.ways.lotteries import lottery_slot
from tests.factories import Factory
from tests.signing_in import Personas, signed_in

CONFIRMED, OFFERED, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.OFFERED, RegistrationState.CANCELLED
WAITING = RegistrationState.WAITING


@pytest.fixture
def user(make: Factory) -> User:
    """Whoever signs up."""
    return make.user()


@pytest.fixture
def browser(app: Flask, user: User) -> FlaskClient:
    """That account's browser, in English."""
    return signed_in(app, user, "en")


def offered(make: Factory, user: User, *ages: int, slot: Slot | None = None) -> list[Registration]:
    """Return a party to which places are offered."""
    slot = slot or far_slot(make, capacity=len(ages))
    first = together(make, slot, *[18] * len(ages))[0]
    party = together(make, slot, *ages, user=user)
    leave(make, first, whole=True)
    return party


def states(app: Flask, registrations: list[Registration]) -> list[RegistrationState]:
    """Return the states of registrations."""
    with app.app_context():
        return [db.session.get_one(Registration, one.id).state for one in registrations]


def test_yes_and_no_are_one_tap_each(app: Flask, make: Factory, user: User, browser: FlaskClient) -> None:
    party = offered(make, user, 20, 20)
    page = f"/registrations/{party[0].id}"
    ways = (f"{page}/acceptance", f"{page}/declination")
    for words in ("It is your turn", "We take the places", "We do not come", *ways):
        assert words in browser.get(page).text
    for _ in range(2):  # a second tap changes nothing
        answer = browser.post(f"{page}/acceptance")
        assert (answer.status_code, answer.location) == (303, page)
        assert "The place is yours" in browser.get(page).text
    assert states(app, party) == [CONFIRMED, CONFIRMED]
    assert "You are signed up" in browser.get(page).text


def test_no_lets_the_next_have_it(app: Flask, make: Factory, user: User, browser: FlaskClient) -> None:
    slot = far_slot(make, capacity=1)
    party = offered(make, user, 18, slot=slot)
    (behind,) = together(make, slot, 18)
    page = f"/registrations/{party[0].id}"
    for _ in range(2):
        assert browser.post(f"{page}/declination").status_code == 303
        assert "The place goes to the next in line" in browser.get(page).text
    assert states(app, [*party, behind]) == [CANCELLED, OFFERED]
    assert browser.post(f"{page}/acceptance").status_code == 303
    assert "no place to accept" in browser.get(page).text


def test_what_was_called_off_is_not_taken_and_says_why(
    app: Flask, make: Factory, user: User, browser: FlaskClient
) -> None:
    slot = far_slot(make, capacity=1)
    party = offered(make, user, 18, slot=slot)
    make.do(announcing.cancel_event, slot.event_id, "台风", by=user.id, at=now())
    assert browser.post(f"/registrations/{party[0].id}/acceptance").status_code == 303
    assert "This event has been cancelled." in browser.get(f"/registrations/{party[0].id}").text
    assert states(app, party) == [OFFERED]


def test_a_party_leaves_together_or_one_of_it(app: Flask, make: Factory, user: User, browser: FlaskClient) -> None:
    party = together(make, far_slot(make), 20, 20, 20, user=user)
    page = f"/registrations/{party[0].id}"
    shown = browser.get(page).text
    for words in (
        "You come together",
        "Cancel for all of us",
        "Cancel only for 林晓甲",
        f"/registrations/{party[1].id}",
    ):
        assert words in shown
    assert browser.post(f"/registrations/{party[1].id}/cancellation").status_code == 303
    assert states(app, party) == [CONFIRMED, CANCELLED, CONFIRMED]
    for _ in range(2):
        assert browser.post(f"{page}/party/cancellation").location == page
    assert states(app, party) == [CANCELLED] * 3
    assert "Cancel for all of us" not in browser.get(page).text


def test_a_party_that_leaves_late_is_asked_why(app: Flask, make: Factory, user: User, browser: FlaskClient) -> None:
    party = together(make, make.slot(leave_hours=24), 20, 20, user=user)
    answer = browser.post(f"/registrations/{party[0].id}/party/cancellation")
    assert answer.location == f"/registrations/{party[0].id}/leave"
    assert states(app, party) == [CONFIRMED, CONFIRMED]


def test_nobody_answers_for_somebody_else(app: Flask, make: Factory, user: User, personas: Personas) -> None:
    party = offered(make, user, 18)
    others = (personas.young(), personas.staff, personas.school_office, personas.outsider)
    for act in ("acceptance", "declination", "party/cancellation"):
        path = f"/registrations/{party[0].id}/{act}"
        assert [other.post(path).status_code for other in others] == [404] * 4
        assert personas.anonymous.post(path).location.startswith("/sign-in")
        assert personas.young().post(f"/registrations/999999/{act}").status_code == 404
    assert states(app, party) == [OFFERED]


def test_whoever_waits_reads_the_number_in_line(make: Factory, user: User, browser: FlaskClient) -> None:
    slot = far_slot(make, capacity=1)
    together(make, slot, 18)
    waiting = together(make, slot, 18, user=user) + together(make, slot, 20, 21, user=user, names="壬癸")
    pages = [browser.get(f"/registrations/{number}").text for number in (one.id for one in waiting)]
    assert "You are the next in line" in pages[0]
    assert all("You are number 2 in line" in page for page in pages[1:])
    assert "Take the sign-up back" in pages[0]
    assert "Save the pass" not in pages[0]


def test_whoever_applied_reads_who_decides_and_when(make: Factory, user: User, browser: FlaskClient) -> None:
    (applied,) = together(make, far_slot(make, way_in=WayIn.APPROVAL), 18, user=user)
    (drawn,) = together(make, lottery_slot(make), 20, user=user, names="壬")
    assert "Your sign-up has come in" in browser.get(f"/registrations/{applied.id}").text
    assert "You take part in the draw" in browser.get(f"/registrations/{drawn.id}").text


def test_whoever_was_refused_reads_the_reason(make: Factory, user: User, browser: FlaskClient) -> None:
    slot = far_slot(make, way_in=WayIn.APPROVAL)
    (applied,) = together(make, slot, 18, user=user)
    make.do(decisions.refuse, slot.event_id, [applied.id], "这次先给初三的同学", "once", by=user.id, at=now())
    page = browser.get(f"/registrations/{applied.id}").text
    assert "No place this time" in page
    assert "这次先给初三的同学" in page


def test_whoever_did_not_answer_reads_that_and_may_sign_up_again(
    app: Flask, make: Factory, user: User, browser: FlaskClient
) -> None:
    slot = far_slot(make, capacity=1)
    (late,) = offered(make, user, 18, slot=slot)
    with app.app_context():
        offer = db.session.get_one(Registration, late.id).offer
        assert offer is not None
    make.do(offers.lapse, offer.id, at=offer.lapses_at)
    page = browser.get(f"/registrations/{late.id}").text
    assert "Not answered in time" in page
    assert f"/slots/{slot.id}/registration" in page
    browser.post(f"/registrations/{late.id}/acceptance")
    assert "The time to answer is over" in browser.get(f"/registrations/{late.id}").text
