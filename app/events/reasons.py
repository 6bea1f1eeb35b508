"""Whether a slot takes people, and if not, why not."""

from datetime import date, datetime

from app.core.filters import moment
from app.core.problems import Problem
from app.events import problems
from app.events.models import Event, Slot, SlotForm
from app.people.ages import CHILD_UNTIL, age_on


def why_closed(slot: Slot, event: Event, *, at: datetime) -> Problem | None:
    """Return why nobody can sign up at this moment, or None when people can."""
    if event.is_cancelled:
        return problems.EventCancelled()
    if not event.is_published:
        return problems.NotPublished()
    if at >= slot.ends_at:
        return problems.SlotOver()
    if at < slot.opens_at:
        return problems.NotOpenYet(opens=moment(slot.opens_at))
    if at >= slot.closes_at:
        return problems.SignUpClosed(closed=moment(slot.closes_at))
    if slot.free <= 0:
        return problems.SlotFull()
    return None


def why_not_this_person(slot: Slot, born_on: date, *, on: date) -> Problem | None:
    """Return why a slot is not for somebody born on a day; the age is that of the day of sign-up."""
    age = age_on(born_on, on)
    if age < slot.min_age:
        return problems.TooYoung(youngest=slot.min_age)
    if age > slot.max_age:
        return problems.TooOld(oldest=slot.max_age)
    if slot.form is SlotForm.SHIFT and age < CHILD_UNTIL:
        return problems.NeedsAdult()
    return None
