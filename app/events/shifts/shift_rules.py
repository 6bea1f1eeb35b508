"""Whether people may take a shift: their age, hours, skills and other places. Two statements, and one for sessions."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from app.core.clock import end_of_day, local_day, start_of_day
from app.core.filters import day, moment, span
from app.core.problems import Problem
from app.events.models import SlotForm
from app.events.shifts import shift_problems as problems
from app.events.shifts.shift_facts import Shift, Stay, Volunteer, read_shift, read_volunteers
from app.events.shifts.skills import next_training
from app.people.ages import ADULT_FROM, age_on

_NIGHT_ENDS = timedelta(hours=6)  # a shift that begins earlier belongs to the evening before
_HOUR = timedelta(hours=1)


def why_not_on_shift(slot_id: int, person_ids: Sequence[int], *, at: datetime) -> Problem | None:
    """Return why some people cannot all take a shift at this moment, or None if they can; the reason's ``person_id``
    tells whom it is about.

    Whether a child under 14 has an adult beside it, and whether sign-up is open, is for others to say.
    """
    shift = read_shift(slot_id, person_ids)
    if shift is None:
        return None
    for one in read_volunteers(slot_id, shift, person_ids):
        refusal = why_not(shift, one, at=at)
        if refusal is None:
            continue
        refusal.facts["person_id"] = one.person_id
        if shift.skill_id and isinstance(refusal, problems.SkillMissing):
            refusal.facts |= {"skill_id": shift.skill_id, "where": _where_to_learn(shift.skill_id, at)}
        return refusal
    return None


def why_not(shift: Shift, volunteer: Volunteer, *, at: datetime) -> Problem | None:
    """Return why somebody cannot take a shift; the age is that of the day of sign-up."""
    if shift.lacks_insurance:
        return problems.NotInsured()
    age = age_on(volunteer.born_on, local_day(at))
    if age < shift.rules.youngest_volunteer:
        return problems.TooYoungToVolunteer(youngest=shift.rules.youngest_volunteer)
    if shift.skill and not volunteer.has_skill:
        return problems.SkillMissing(skill=shift.skill, where="")
    if age < ADULT_FROM and shift.ends_at > _latest_end(shift):
        return problems.TooLateForMinors(hour=shift.rules.latest_hour)
    clash = next(filter(None, (_clash(shift, stay) for stay in volunteer.stays)), None)
    if clash or age >= ADULT_FROM:
        return clash
    return _too_many_hours(shift, volunteer.stays)


def _latest_end(shift: Shift) -> datetime:
    return start_of_day(local_day(shift.starts_at - _NIGHT_ENDS)) + shift.rules.latest_hour * _HOUR


def _clash(shift: Shift, stay: Stay) -> Problem | None:
    gap = max(shift.starts_at - stay.ends_at, stay.starts_at - shift.ends_at)
    other = {"other": stay.title, "when": span(stay.starts_at, stay.ends_at)}
    if gap < timedelta():
        return problems.ShiftsOverlap(**other)
    if stay.place != shift.place and gap < timedelta(minutes=shift.rules.travel_minutes):
        minutes = int(gap.total_seconds() // 60)
        return problems.TooFarApart(**other, minutes=minutes, travel=shift.rules.travel_minutes)
    return None


def _too_many_hours(shift: Shift, stays: Iterable[Stay]) -> Problem | None:
    shifts = [(stay.starts_at, stay.ends_at) for stay in stays if stay.form is SlotForm.SHIFT]
    for on in _days(shift):
        served = sum((_within(on, *times) for times in [*shifts, (shift.starts_at, shift.ends_at)]), timedelta())
        if served > shift.rules.hours_a_day * _HOUR:
            return problems.TooManyHours(most=shift.rules.hours_a_day, hours=f"{served / _HOUR:.3g}", day=day(on))
    return None


def _days(shift: Shift) -> Iterator[date]:
    on = local_day(shift.starts_at)
    while start_of_day(on) < shift.ends_at:
        yield on
        on += timedelta(days=1)


def _within(on: date, starts_at: datetime, ends_at: datetime) -> timedelta:
    return max(min(ends_at, end_of_day(on)) - max(starts_at, start_of_day(on)), timedelta())


def _where_to_learn(skill_id: int, at: datetime) -> str:
    """Say which training is next; only whoever is refused needs to know, so it is asked then only."""
    training = next_training(skill_id, at)
    if training is None:
        return str(_("Please ask the host how to get it."))
    return str(_("The next training is “%(title)s”, %(when)s.", title=training.title, when=moment(training.starts_at)))
