"""Whether a slot takes people, and if not, why not."""

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import Any

from app.core.filters import moment
from app.core.problems import Problem
from app.events import problems
from app.events.leave.absence_problems import OpensLater
from app.events.models import Event, Slot, SlotForm, WayIn
from app.events.registration.wishes import Wish
from app.events.shifts import shift_problems
from app.people.ages import CHILD_UNTIL, age_on


class Reason(Enum):
    """Every reason why somebody cannot sign up. Each says why and what to do instead, in the same words on the page, to
    a program that asks for JSON, and wherever else it is told."""

    EVENT_CANCELLED = problems.EventCancelled
    NOT_PUBLISHED = problems.NotPublished
    SLOT_OVER = problems.SlotOver
    NOT_OPEN_YET = problems.NotOpenYet
    SIGN_UP_CLOSED = problems.SignUpClosed
    NOT_INSURED = shift_problems.NotInsured
    PART_OF_SERIES = problems.PartOfSeries
    INVITATION_NEEDED = problems.InvitationNeeded
    INVITATION_EXPIRED = problems.InvitationExpired
    INVITATION_USED_UP = problems.InvitationUsedUp
    SLOT_FULL = problems.SlotFull
    TOO_FEW_PLACES = problems.TooFewPlaces
    PARTY_TOO_LARGE = problems.PartyTooLarge
    TOO_MANY_COMPANIONS = problems.TooManyCompanions
    TOO_YOUNG = problems.TooYoung
    TOO_OLD = problems.TooOld
    NEEDS_ADULT = problems.NeedsAdult
    OPENS_LATER = OpensLater
    TOO_YOUNG_TO_VOLUNTEER = shift_problems.TooYoungToVolunteer
    TOO_LATE_FOR_MINORS = shift_problems.TooLateForMinors
    TOO_MANY_HOURS = shift_problems.TooManyHours
    SKILL_MISSING = shift_problems.SkillMissing
    SHIFTS_OVERLAP = shift_problems.ShiftsOverlap
    TOO_FAR_APART = shift_problems.TooFarApart

    def __call__(self, **facts: Any) -> Problem:
        """Return the reason as the no that it is, with what its words need to know."""
        refusal: Problem = self.value(**facts)
        return refusal


_AT_ONCE = (WayIn.OPEN, WayIn.INVITATION)  # a decision or the lot takes any number


def why_closed(slot: Slot | Wish, event: Event | Wish, *, at: datetime, is_invited: bool = False) -> Problem | None:
    """Return why nobody can sign up at this moment, or None when people can."""
    reasons: list[tuple[bool, Callable[[], Problem]]] = [
        (event.is_cancelled, Reason.EVENT_CANCELLED),
        (not event.is_published, Reason.NOT_PUBLISHED),
        (at >= slot.ends_at, Reason.SLOT_OVER),
        (at < slot.opens_at, lambda: Reason.NOT_OPEN_YET(opens=moment(slot.opens_at))),
        (at >= slot.closes_at, lambda: Reason.SIGN_UP_CLOSED(closed=moment(slot.closes_at))),
        (isinstance(slot, Slot) and slot.lacks_insurance, Reason.NOT_INSURED),  # of a wish, `shift_rules` says so
        (slot.follows, Reason.PART_OF_SERIES),
        (slot.way_in is WayIn.INVITATION and not is_invited, Reason.INVITATION_NEEDED),
        (slot.way_in in _AT_ONCE and slot.taken >= slot.capacity and not slot.has_waiting_list, Reason.SLOT_FULL),
    ]
    return next((problem() for applies, problem in reasons if applies), None)


def why_not_this_person(slot: Slot | Wish, born_on: date, *, on: date, has_adult: bool = False) -> Problem | None:
    """Return why a slot is not for somebody born on a day, with a grown-up or without; the age is that of the day of
    sign-up."""
    age = age_on(born_on, on)
    if age < slot.min_age:
        return Reason.TOO_YOUNG(youngest=slot.min_age)
    if age > slot.max_age:
        return Reason.TOO_OLD(oldest=slot.max_age)
    if slot.form is SlotForm.SHIFT and age < CHILD_UNTIL and not has_adult:
        return Reason.NEEDS_ADULT()
    return None
