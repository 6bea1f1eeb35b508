"""Slots drawn by lot, and people who apply."""

from datetime import timedelta
from typing import Any

from app.core.clock import now
from app.core.db import db
from app.events.models import Event, Registration, RegistrationState, Slot, WayIn
from app.events.registration import operations
from app.events.registration.wishes import SignUp
from app.events.ways import lottery
from tests.factories import Factory

DRAWS = timedelta(hours=2)  # from now; the slot begins an hour later


def lottery_slot(make: Factory, event: Event | None = None, **changes: Any) -> Slot:
    """Make a slot whose sign-up closes, and whose lots are drawn, in two hours."""
    moment = now() + DRAWS
    plan = {"way_in": WayIn.LOTTERY, "closes_at": moment, "draws_at": moment, "capacity": 2, "largest_party": 6}
    return make.slot(event, **(plan | changes))


def apply(make: Factory, slot: Slot, people: int = 1, **person: Any) -> list[Registration]:
    """Let people apply together."""
    user = make.user()
    ids = tuple(make.person(user, name=f"林晓{number}", **person).id for number in range(people))
    return make.do(operations.sign_up, SignUp(slot.id, ids), by=user.id, at=now())


def draw(make: Factory, slot: Slot) -> bool:
    """Draw the lots at their moment."""
    return make.do(lottery.draw, slot.id, at=slot.draws_at or now())


def states(slot_id: int) -> list[RegistrationState]:
    """Return the states of a slot's registrations, read anew, in the order in which they were made."""
    db.session.expire_all()
    return [one.state for one in db.session.query(Registration).filter_by(slot_id=slot_id).order_by(Registration.id)]


def numbered(slot_id: int) -> dict[str, list[RegistrationState]]:
    """Return the states of a slot's registrations by application number, read anew."""
    db.session.expire_all()
    found: dict[str, list[RegistrationState]] = {}
    for one in db.session.query(Registration).filter_by(slot_id=slot_id).order_by(Registration.id):
        found.setdefault(str(one.application_no), []).append(one.state)
    return found
