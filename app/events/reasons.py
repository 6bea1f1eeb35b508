"""Whether a slot takes people, and if not, why not."""

from collections.abc import Callable
from datetime import date, datetime

from app.core.filters import moment
from app.core.problems import Problem
from app.events import problems
from app.events.models import Event, Slot, SlotForm, WayIn
from app.events.shift_problems import NotInsured
from app.events.wishes import Wish
from app.people.ages import CHILD_UNTIL, age_on

_AT_ONCE = (WayIn.OPEN, WayIn.INVITATION)  # a decision or the lot takes any number


def why_closed(slot: Slot | Wish, event: Event | Wish, *, at: datetime, is_invited: bool = False) -> Problem | None:
    """Return why nobody can sign up at this moment, or None when people can."""
    reasons: list[tuple[bool, Callable[[], Problem]]] = [
        (event.is_cancelled, problems.EventCancelled),
        (not event.is_published, problems.NotPublished),
        (at >= slot.ends_at, problems.SlotOver),
        (at < slot.opens_at, lambda: problems.NotOpenYet(opens=moment(slot.opens_at))),
        (at >= slot.closes_at, lambda: problems.SignUpClosed(closed=moment(slot.closes_at))),
        (isinstance(slot, Slot) and slot.lacks_insurance, NotInsured),  # of a wish, `shift_rules` says so
        (slot.follows, problems.PartOfSeries),
        (slot.way_in is WayIn.INVITATION and not is_invited, problems.InvitationNeeded),
        (slot.way_in in _AT_ONCE and slot.taken >= slot.capacity and not slot.has_waiting_list, problems.SlotFull),
    ]
    return next((problem() for applies, problem in reasons if applies), None)


def why_not_this_person(slot: Slot | Wish, born_on: date, *, on: date, has_adult: bool = False) -> Problem | None:
    """Return why a slot is not for somebody born on a day, with a grown-up or without; the age is that of the day of
    sign-up."""
    age = age_on(born_on, on)
    if age < slot.min_age:
        return problems.TooYoung(youngest=slot.min_age)
    if age > slot.max_age:
        return problems.TooOld(oldest=slot.max_age)
    if slot.form is SlotForm.SHIFT and age < CHILD_UNTIL and not has_adult:
        return problems.NeedsAdult()
    return None
