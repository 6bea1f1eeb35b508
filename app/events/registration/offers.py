"""It is your turn: accepting an offered place, declining it, or letting it lapse; and holds that lapse."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from app.core.db import db
from app.events.models import Event, Offer, OfferAnswer, Registration, RegistrationState, Slot, SlotForm
from app.events.problems import NothingOffered, OfferOver
from app.events.registration import admission, offer_times, places, reasons
from app.events.registration.locking import lock_place
from app.events.registration.telling import tell_state
from app.events.shifts import shift_rules

_TAKEN = (RegistrationState.CONFIRMED, RegistrationState.HELD)
_MOST = 200  # that lapse in one go


def accept(registration_id: int, *, by: int, at: datetime) -> Registration:
    """Take the place that is offered to somebody's party; a second time changes nothing.

    Raises `OfferOver` when the time is over, `NothingOffered`, and whatever would refuse these people now.
    """
    slot, registration, members = _locked(registration_id)
    if registration.state in _TAKEN:
        return registration
    offer = _open_offer(registration, at)
    _check(slot, members, at=at)
    offer.answered_at, offer.answer = at, OfferAnswer.ACCEPTED
    places.weigh(slot, members, at=at)
    tell_state(slot, members, at=at)
    return registration


def decline(registration_id: int, *, by: int, at: datetime) -> Registration:
    """Let the place that is offered to somebody's party go to the next in line; a second time changes nothing."""
    slot, registration, members = _locked(registration_id)
    if registration.state in (RegistrationState.CANCELLED, RegistrationState.LAPSED):
        return registration
    offer = _open_offer(registration, at)
    offer.answered_at, offer.answer = at, OfferAnswer.DECLINED
    places.end(slot, members, RegistrationState.CANCELLED, by=by, at=at)
    admission.give_invitations_back(members)
    places.serve(slot, at=at)
    return registration


def let_go(leaving: Sequence[Registration], *, at: datetime) -> None:
    """Answer the offer of people who leave as declined, unless others of their party may still accept it."""
    offered = [one for one in leaving if one.state is RegistrationState.OFFERED]
    gone = {one.id for one in leaving}
    if offered and offered[0].offer and all(one.id in gone for one in places.members_of(offered[0])):
        offered[0].offer.answered_at, offered[0].offer.answer = at, OfferAnswer.DECLINED


def lapse(offer_id: int, *, at: datetime) -> bool:
    """End an offer that nobody answered in time and serve the next in line; returns whether it was one."""
    slot = places.lock_slot(db.session.get_one(Offer, offer_id).slot_id)
    offer = db.session.get_one(Offer, offer_id, with_for_update=True, populate_existing=True)
    if offer.slot_id != slot.id:  # the lead of a series was passed on meanwhile, with everybody who waits
        slot = places.lock_slot(offer.slot_id)
    if offer.answered_at or offer.lapses_at > at or (slot.event.is_cancelled and at < slot.starts_at):
        return False
    offer.answered_at, offer.answer = at, OfferAnswer.LAPSED
    offered = (Registration.offer_id == offer_id) & (Registration.state == RegistrationState.OFFERED)
    members = db.session.scalars(select(Registration).where(offered).order_by(Registration.id).with_for_update()).all()
    if members:
        places.end(slot, members, RegistrationState.LAPSED, by=None, at=at)
        admission.give_invitations_back(members)
    places.serve(slot, at=at)
    return True


def lapse_hold(registration_id: int, *, at: datetime) -> bool:
    """End a place held for a guardian who did not answer in time, and its party's; returns whether it was one."""
    slot, registration, members = _locked(registration_id)
    is_due = registration.held_until is not None and registration.held_until <= at
    if registration.state is not RegistrationState.HELD or not is_due:
        return False
    places.end(slot, members, RegistrationState.LAPSED, by=None, at=at)
    admission.give_invitations_back(members)
    places.serve(slot, at=at)
    return True


def give_time(slot: Slot, *, at: datetime) -> None:
    """Let the open offers of a slot, which is locked, be open for as long as if they were made now: while it was called
    off nobody could answer them."""
    theirs = select(Offer).where(Offer.slot_id == slot.id, Offer.answered_at.is_(None))
    for offer in db.session.scalars(theirs.with_for_update()):
        members = db.session.scalars(select(Registration).where(Registration.offer_id == offer.id)).all()
        boards = offer_times.anybody_boards(members)
        offer.lapses_at = max(offer.lapses_at, offer_times.lapses_at(slot, at=at, boards=boards))


def end_before_start(slot: Slot) -> None:
    """Let no open offer outlast the beginning of a slot, which may be an earlier one now."""
    late = (Offer.slot_id == slot.id, Offer.answered_at.is_(None), Offer.lapses_at > slot.starts_at)
    db.session.execute(update(Offer).where(*late).values(lapses_at=slot.starts_at))


def due_offers(at: datetime) -> Sequence[int]:
    """Return offers that nobody answered in time, the oldest first, some hundred at most; not of what was called off
    and may be resumed: nobody can answer these."""
    due = select(Offer.id).where(Offer.answered_at.is_(None), Offer.lapses_at <= at)
    theirs = due.join(Slot, Slot.id == Offer.slot_id).join(Slot.event)
    answerable = theirs.where(Event.cancelled_at.is_(None) | (Slot.starts_at <= at))
    return db.session.scalars(answerable.order_by(Offer.lapses_at).limit(_MOST)).all()


def due_holds(at: datetime) -> Sequence[int]:
    """Return held places whose time is over."""
    held = Registration.state == RegistrationState.HELD
    due = select(Registration.id).where(held, Registration.held_until <= at)
    return db.session.scalars(due.order_by(Registration.held_until).limit(_MOST)).all()


def _locked(registration_id: int) -> tuple[Slot, Registration, list[Registration]]:
    """Return a registration with its slot, both locked, and those of its party that are in the same state."""
    slot, registration = lock_place(registration_id)
    members = [one for one in places.members_of(registration) if _stand_alike(one, registration)]
    return slot, registration, members or [registration]


def _stand_alike(one: Registration, other: Registration) -> bool:
    return one.state is other.state or {one.state, other.state} <= set(_TAKEN)


def _open_offer(registration: Registration, at: datetime) -> Offer:
    if registration.state is RegistrationState.LAPSED:
        raise OfferOver
    if registration.state is not RegistrationState.OFFERED or registration.offer is None:
        raise NothingOffered
    if at >= registration.offer.lapses_at:
        raise OfferOver
    return registration.offer


def _check(slot: Slot, members: Sequence[Registration], *, at: datetime) -> None:
    """Raise what speaks against these people by now: the event called off, another shift taken meanwhile."""
    if slot.event.is_cancelled or at >= slot.starts_at:
        raise reasons.why_closed(slot, slot.event, at=at, is_invited=True) or OfferOver
    if slot.form is SlotForm.SHIFT:
        refusal = shift_rules.why_not_on_shift(slot.id, [one.person_id for one in members], at=at)
        if refusal:
            raise refusal
