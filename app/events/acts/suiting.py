"""Whether a slot is for somebody whom staff or a school enters: by the same rules as in a sign-up of one alone."""

from datetime import datetime

from app.core.clock import local_day
from app.core.problems import Problem
from app.events.acts.whom import Party, Why
from app.events.models import Slot, SlotForm
from app.events.registration.reasons import why_not_this_person
from app.events.shifts.shift_rules import why_not_on_shift
from app.people.models import Person


def why_not_for(slot: Slot, person: Person, *, at: datetime) -> Problem | None:
    """Return why a slot is not for somebody: the age; of a shift also skill, hours, insurance and other places.

    Staff who may decide it otherwise change what stands in the way first: they confirm the skill, mark the shift as
    insured, cancel the other place. The law's rules for minors nobody can change.
    """
    refusal = why_not_this_person(slot, person.born_on, on=local_day(at))
    if refusal is None and slot.form is SlotForm.SHIFT:
        refusal = why_not_on_shift(slot.id, [person.id], at=at)
    return refusal


def why_not_on_shift_of(slot: Slot, party: Party, *, at: datetime) -> Why | None:
    """Return that the rules of a shift speak against people who get a place in it by staff's act; None otherwise."""
    if slot.form is not SlotForm.SHIFT:
        return None
    return Why.SHIFT if why_not_on_shift(slot.id, [one.person_id for one in party], at=at) else None
