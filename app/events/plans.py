"""What an event and its slots are, in their host's words."""

from dataclasses import dataclass
from datetime import datetime

from app.events.models import Event, Slot, SlotForm, WayIn
from app.programmes.kinds import ProgrammeKind


@dataclass(frozen=True)
class EventWords:
    """What an event is, in the host's words."""

    title: str
    kind: ProgrammeKind
    summary: str
    place: str
    contact: str
    rain_plan: str = ""
    leaves_county: bool = False


@dataclass(frozen=True)
class SlotPlan:
    """What a slot is: when, where, how many, for whom, and when one can sign up."""

    title: str
    form: SlotForm
    starts_at: datetime
    ends_at: datetime
    place: str
    capacity: int
    min_age: int
    max_age: int
    opens_at: datetime
    closes_at: datetime
    way_in: WayIn = WayIn.OPEN
    draws_at: datetime | None = None
    has_waiting_list: bool = True
    smaller_may_pass: bool = False
    counts_groups: bool = False
    largest_party: int = 6
    most_companions: int = 0
    offer_hours: int = 24
    leave_hours: int = 24
    skill_id: int | None = None
    teaches_skill_id: int | None = None
    is_risky: bool = False
    allows_swaps: bool = True


def words_of(event: Event) -> EventWords:
    """Return an event's words as they are."""
    return EventWords(**{name: getattr(event, name) for name in EventWords.__dataclass_fields__})


def plan_of(slot: Slot) -> SlotPlan:
    """Return a slot's plan as it is."""
    return SlotPlan(**{name: getattr(slot, name) for name in SlotPlan.__dataclass_fields__})
