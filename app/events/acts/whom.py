"""Why something cannot be done to some people just now, and what becomes of an offer they had."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from app.events.models import OfferAnswer, Registration, RegistrationState, Slot

Party = list[Registration]


class Why(StrEnum):
    """Why somebody was left as before."""

    FULL = "full"
    BEHIND = "behind"  # others came earlier and still wait
    OTHER_STATE = "other_state"  # not one that this can be done to
    DRAW = "draw"
    AGE = "age"
    SHIFT = "shift"  # its rules speak against it
    THERE = "there"  # in the other slot already
    DATE = "date"  # one of a series, with the place in which one has it
    BEGUN = "begun"
    OVER = "over"
    SINCE = "since"  # something newer happened


def why_not_now(slot: Slot, party: Party, states: Collection[RegistrationState], at: datetime) -> Why | None:
    """Return why nothing can be done to a party: it is over, or its sign-up is not in one of some states."""
    if at >= slot.ends_at or slot.event.is_cancelled:
        return Why.OVER
    return None if all(one.state in states for one in party) else Why.OTHER_STATE


def answer_offer(party: Party, answer: OfferAnswer, at: datetime) -> None:
    """Close the offer that a party had, if it is open."""
    offer = party[0].offer
    if party[0].state is RegistrationState.OFFERED and offer and offer.answered_at is None:
        offer.answer, offer.answered_at = answer, at
