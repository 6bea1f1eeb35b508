"""People who come together, and slots that are far enough away for offers to last."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, RegistrationState, Slot
from app.events.registration import operations
from app.events.registration.wishes import SignUp
from tests.factories import Factory


def far_slot(make: Factory, **changes: Any) -> Slot:
    """Make a slot in twenty days, open until then, with a waiting list."""
    begins = now() + timedelta(days=20)
    plan = {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "closes_at": begins}
    return make.event(**(plan | {"has_waiting_list": True} | changes)).slots[0]


def together(
    make: Factory,
    slot: Slot,
    *ages: int,
    user: User | None = None,
    companions: int = 0,
    at: datetime | None = None,
    names: str = "甲乙丙丁戊己庚辛",
) -> list[Registration]:
    """Sign up new people of these ages at once, by one account."""
    user = user or make.user()
    people = [make.person(user, name=f"林晓{last}", age=age) for last, age in zip(names, ages, strict=False)]
    asked = SignUp(slot.id, tuple(person.id for person in people), companions)
    return make.do(operations.sign_up, asked, by=user.id, at=at or now())


def leave(make: Factory, registration: Registration, *, whole: bool = False, at: datetime | None = None) -> None:
    """Give a place, or those of a whole party, back."""
    operation = operations.cancel_party if whole else operations.cancel
    make.do(operation, registration.id, by=registration.registered_by_id, at=at or now())


def read(slot: Slot) -> Slot:
    """Return a slot, read anew."""
    db.session.expire_all()
    return db.session.get_one(Slot, slot.id)


def now_in(registrations: Sequence[Registration]) -> list[RegistrationState]:
    """Return the states of registrations, read anew."""
    db.session.expire_all()
    return [db.session.get_one(Registration, one.id).state for one in registrations]
