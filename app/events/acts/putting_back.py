"""Letting one party be what it was before an act: in the slot, in the line, with the offer it had."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.core.db import db
from app.events.acts.batches import Snapshot, restore
from app.events.acts.whom import Party, Why
from app.events.models import OPEN, PLACED, TAKING, Offer, Registration, RegistrationState, Slot
from app.events.models import Party as PartyRow
from app.events.registration import consenting, places
from app.events.registration.admission import use_invitations_again

_OF_THE_PLACE = {"allotment_id"}  # the machine of places says whose places somebody takes
_AS_SEATED = _OF_THE_PLACE | {"state"}  # and what they are worth: a guardian may have taken the consent back


class CannotBe(Exception):
    """Somebody cannot be what they were before."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def put_back(party: Party, before: Mapping[int, Snapshot], slots: Mapping[int, Slot], *, at: datetime) -> None:
    """Let a party be what it was before; its slots are locked. Raises `CannotBe`; what was done by then is to be rolled
    back."""
    first = before[party[0].id]
    target = slots[first["slot_id"]]
    _refuse_twice(party, target)
    _let_go(party, slots, at=at)
    for one in party:
        one.slot_id, one.state, one.cancelled_at = target.id, RegistrationState.APPLIED, None
    move_party(party, target)
    if first["state"] in TAKING and not places.seat(target, party, at=at):
        raise CannotBe(Why.FULL)
    if first["state"] == RegistrationState.WAITING:
        places.queue_up(target, party)
    if first["state"] == RegistrationState.OFFERED:
        _reopen(first["offer_id"], at)
    for one in party:
        restore(one, before[one.id], but=_AS_SEATED if first["state"] in PLACED else _OF_THE_PLACE)
    _weigh(target, party, at)
    db.session.flush()


def _weigh(target: Slot, party: Party, at: datetime) -> None:
    """Say what a place is worth by now: a guardian may have answered meanwhile."""
    if party[0].is_active:
        places.weigh(target, party, at=at)
    else:
        consenting.release(party)


def _let_go(party: Party, slots: Mapping[int, Slot], *, at: datetime) -> None:
    """Take back what the act gave a party; whom it ended uses the invitation again that was given back then."""
    if party[0].is_open:
        places.vacate(slots[party[0].slot_id], party, at=at)
    elif not use_invitations_again(party):
        raise CannotBe(Why.FULL)


def _refuse_twice(party: Party, target: Slot) -> None:
    """Refuse to give somebody a second sign-up in a slot: one signed up anew meanwhile."""
    people, own = [one.person_id for one in party], [one.id for one in party]
    found = select(Registration.id).where(
        Registration.slot_id == target.id,
        Registration.person_id.in_(people),
        Registration.state.in_(OPEN),
        Registration.id.not_in(own),
    )
    if db.session.scalar(found.limit(1)):
        raise CannotBe(Why.THERE)


def move_party(party: Party, target: Slot) -> None:
    """Let the party itself be of another slot."""
    if party[0].party_id:
        db.session.get_one(PartyRow, party[0].party_id).slot_id = target.id


def _reopen(offer_id: int, at: datetime) -> None:
    """Let an offer be open again unless its time is over."""
    offer = db.session.get_one(Offer, offer_id)
    if at >= offer.lapses_at:
        raise CannotBe(Why.SINCE)
    offer.answered_at = offer.answer = None
