"""When a unit's messages go out by themselves."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.changes import note_edit
from app.core.db import db
from app.messages.models import MessagePlan

RECORD = "messages"  # of a unit, in the change log
MOST_DAYS, MOST_HOURS = 14, 48


@dataclass(frozen=True)
class Plan:
    """How many days and hours before, 0 for never; whether there is thanks, and a question to whoever did not come."""

    days_before: int = 3
    hours_before: int = 3
    sends_thanks: bool = True
    asks_after_no_shows: bool = False


def plan_of(organisation_id: int) -> Plan:
    """Return a unit's plan; one that never said anything has the plan that comes with the program."""
    return _of(_row(organisation_id))


def all_plans() -> dict[int, Plan]:
    """Return the plans of the units that have one of their own."""
    return {row.organisation_id: _of(row) for row in db.session.scalars(select(MessagePlan))}


def change_plan(organisation_id: int, plan: Plan, *, by: int, at: datetime) -> None:
    """Let a unit's messages go out at other times from now on."""
    row = _row(organisation_id) or MessagePlan(organisation_id=organisation_id)
    note_edit(RECORD, organisation_id, asdict(_of(row if row.id else None)), asdict(plan), by=by, at=at)
    for name, value in asdict(plan).items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()


def _row(organisation_id: int) -> MessagePlan | None:
    return db.session.scalar(select(MessagePlan).where(MessagePlan.organisation_id == organisation_id))


def _of(row: MessagePlan | None) -> Plan:
    if row is None:
        return Plan()
    return Plan(row.days_before, row.hours_before, row.sends_thanks, row.asks_after_no_shows)
