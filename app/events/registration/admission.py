"""Whether people may sign up for a slot together, and if not, why not."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from app.core.clock import local_day
from app.core.problems import Problem
from app.events.leave.absences import why_later
from app.events.models import Registration, Slot, SlotForm, WayIn
from app.events.problems import NeedsAdult, PartyTooLarge, TooManyCompanions
from app.events.registration import reasons
from app.events.registration.places import members_of
from app.events.registration.wishes import SignUp, Wish
from app.events.shifts import shift_rules
from app.events.ways import invitations
from app.people.ages import ADULT_FROM, CHILD_UNTIL, age_on, birthday


def use_invitation(asked: SignUp, coming: dict[int, Wish], *, at: datetime) -> int | None:
    """Count the invitation that people come by, where one is needed; returns it. Raises why it does not hold."""
    if next(iter(coming.values())).way_in is not WayIn.INVITATION:
        return None
    return invitations.admit(asked.slot_id, asked.invitation or "", len(coming), at=at).id


def why_not(asked: SignUp, coming: dict[int, Wish], *, at: datetime) -> Problem | None:
    """Return why these people cannot sign up for a slot, or None when they can; where it is about one of them, the
    reason's ``person_id`` tells whom."""
    wish = next(iter(coming.values()))
    closed = reasons.why_closed(wish, wish, at=at, is_invited=asked.invitation is not None)
    if closed:
        return closed
    if len(coming) > wish.largest_party:
        return PartyTooLarge(most=wish.largest_party)
    if asked.companions > wish.most_companions:
        return TooManyCompanions(most=wish.most_companions)
    today = local_day(at)
    has_adult = asked.companions > 0 or any(age_on(one.born_on, today) >= ADULT_FROM for one in coming.values())
    for person_id, one in coming.items():
        refusal = reasons.why_not_this_person(one, one.born_on, on=today, has_adult=has_adult)
        if refusal is None and one.opens_later_until and one.opens_later_until > at:
            refusal = why_later(person_id, asked.slot_id, at=at)
        if refusal:
            refusal.facts["person_id"] = person_id
            return refusal
    if wish.form is SlotForm.SHIFT:
        return shift_rules.why_not_on_shift(asked.slot_id, list(coming), at=at)
    return None


def check_who_stays(slot: Slot, leaving: Sequence[Registration], *, at: datetime) -> None:
    """Raise `NeedsAdult` when a child under 14 would stay in a shift without the grown-up of its party."""
    if slot.form is not SlotForm.SHIFT or leaving[0].party_id is None:
        return
    gone = {one.id for one in leaving}
    staying = [one for one in members_of(leaving[0]) if one.id not in gone]
    has_adult = any(one.companions or _is_adult(one) for one in staying)
    if not has_adult and any(one.fourteen_on > one.registered_on for one in staying):
        raise NeedsAdult


def give_invitations_back(leaving: Sequence[Registration]) -> None:
    """Let somebody else use the invitations of whoever leaves."""
    for invitation_id, people in _invitations_of(leaving).items():
        invitations.give_back(invitation_id, people)


def use_invitations_again(returning: Sequence[Registration]) -> bool:
    """Count the invitations of whoever left and is back by staff's undoing; returns whether nobody else used them."""
    return all(invitations.use_again(*one) for one in _invitations_of(returning).items())


def _invitations_of(people: Sequence[Registration]) -> Counter[int]:
    return Counter(one.invitation_id for one in people if one.invitation_id)


def _is_adult(one: Registration) -> bool:
    return birthday(one.fourteen_on, ADULT_FROM - CHILD_UNTIL) <= one.registered_on
