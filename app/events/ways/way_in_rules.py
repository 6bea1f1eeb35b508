"""What may still be changed about the way into a slot once people have signed up."""

from sqlalchemy import func, select

from app.core.db import db
from app.events.models import PENDING, Registration, RegistrationState, Slot, WayIn
from app.events.plans import SlotPlan
from app.events.ways.way_in_problems import (
    AllottedPlacesLeft,
    CountedOtherwise,
    DrawnBeforeClosing,
    LotteryDrawn,
    WaitingListInUse,
    WayInUse,
)


def check_way_in(slot: Slot, plan: SlotPlan) -> None:
    """Raise the `Problem` that says why a slot, which is locked, cannot get the way in of a plan."""
    check_draw(plan)
    if slot.drawn_at and (plan.way_in is not WayIn.LOTTERY or plan.draws_at != slot.draws_at):
        raise LotteryDrawn
    if plan.way_in is not slot.way_in:
        _check_nobody_waits(slot, plan.way_in)
        if plan.way_in is WayIn.LOTTERY and slot.reserved:
            raise AllottedPlacesLeft
    if slot.waiting and not plan.has_waiting_list:
        raise WaitingListInUse(waiting=slot.waiting)
    if slot.taken and plan.counts_groups is not slot.counts_groups:
        raise CountedOtherwise


def check_draw(plan: SlotPlan) -> None:
    """Raise `DrawnBeforeClosing` for a draw while people can still apply, or when it has begun."""
    if plan.draws_at is not None and not plan.closes_at <= plan.draws_at <= plan.starts_at:
        raise DrawnBeforeClosing


def _check_nobody_waits(slot: Slot, way_in: WayIn) -> None:
    """Whoever has a place keeps it; whoever stands in line may go on doing so, but not into a lottery."""
    states = PENDING if way_in is WayIn.LOTTERY else (RegistrationState.APPLIED,)
    waiting = select(func.count()).where(Registration.slot_id == slot.id, Registration.state.in_(states))
    people = db.session.scalar(waiting) or 0
    if people:
        raise WayInUse(people=people)
