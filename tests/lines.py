"""A line for a full event, with somebody whose turn it is, for tests that walk over everything."""

from app.accounts.models import User
from app.core.clock import now
from app.events.registration import operations
from app.organisations.models import Organisation
from tests.events.registration.parties import together
from tests.factories import Factory


def line_rows(make: Factory, host: Organisation, user: User) -> dict[str, int]:
    """Let two siblings be offered places and somebody wait behind them; returns the places of addresses."""
    slot = make.event(host, title="名额满了", capacity=2, has_waiting_list=True).slots[0]
    first, _second = together(make, slot, 18, 18)
    offered, _sibling = together(make, slot, 20, 13, user=user)
    (waiting,) = together(make, slot, 19, user=user, names="壬")
    make.do(operations.cancel_party, first.id, by=first.registered_by_id, at=now())
    return {"offered_place": offered.id, "waiting_place": waiting.id}
