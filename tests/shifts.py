"""Shifts at a time of day that rules look at, for tests."""

from datetime import datetime, timedelta
from typing import Any

from app.accounts.models import User
from app.core.clock import local_day, now, start_of_day
from app.events.models import Event, ShiftSwap, Skill, Slot, SlotForm
from app.events.shifts import insuring, skills, swaps
from app.organisations.models import Organisation
from tests.factories import Factory

HOUR = timedelta(hours=1)
_TODAY = local_day(now())  # once: what was made while the tests were read has to fit when they run past midnight


def clock(hour: float, days: int = 2) -> datetime:
    """Return the moment at which it is so late in Shanghai, some days from the one on which the tests began."""
    return start_of_day(_TODAY + timedelta(days=days)) + hour * HOUR


def shift_values(begins: float = 9, ends: float = 11, days: int = 2, **changes: Any) -> dict[str, Any]:
    """Return what makes a slot a shift from one hour to another, some days from now, open until it begins."""
    starts_at = clock(begins, days)
    times = {"starts_at": starts_at, "ends_at": clock(ends, days), "closes_at": starts_at}
    return {"form": SlotForm.SHIFT, "title": "引导岗", **times, **changes}


def shift_event(make: Factory, host: Organisation | None = None, **changes: Any) -> Event:
    """Make an event with a shift."""
    return make.event(host, **shift_values(**changes))


def shift(make: Factory, host: Organisation | None = None, **changes: Any) -> Slot:
    """Make a shift of an event of its own."""
    return shift_event(make, host, **changes).slots[0]


def skill(make: Factory, host: Organisation, name: str = "急救") -> Skill:
    """Put a skill on a host's list."""
    return make.do(skills.add_skill, host.id, name, "会包扎、会心肺复苏。", by=make.user().id, at=now())


def confirmed(make: Factory, skill_id: int, person_id: int) -> int:
    """Confirm a skill of somebody and return the id of that."""
    by = make.user().id
    make.do(skills.confirm_skill, skill_id, [person_id], None, by=by, at=now())
    return make.do(_held, skill_id)


def _held(skill_id: int) -> int:
    return skills.holders(skill_id, 0, 1)[0].id


def on_offer(make: Factory, slot: Slot, user: User) -> ShiftSwap:
    """Let somebody who has a shift offer it to all."""
    place = make.registration(slot, user=user, age=20, name="换班的人")
    return make.do(swaps.offer_shift, place.id, "那天要考试", True, by=user.id, at=now())


def shift_places(make: Factory, host: Organisation, young: User) -> dict[str, object]:
    """Make all that shifts have addresses for: a skill and who has it, a risky shift, a training, a swap."""
    first_aid = skill(make, host)
    training = make.going_on(host, title="急救培训", teaches_skill_id=first_aid.id)
    learner = make.registration(training.slots[0], name="学急救的人")
    make.arrival(learner)
    risky = shift_event(make, host, is_risky=True, skill_id=first_aid.id, is_published=False, title="搬舞台")
    make.do(insuring.mark_insured, risky.slots[0].id, "人保 2026-0117", by=make.user().id, at=now())
    swap = on_offer(make, shift(make, host), young)
    return {
        "skill": first_aid.id,
        "person_skill": confirmed(make, first_aid.id, learner.person_id),
        "taught": training.slots[0].id,
        "risky": risky.slots[0].id,
        "shift_place": swap.registration_id,
        "swap_code": swap.code,
    }
