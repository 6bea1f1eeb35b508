"""What everybody may read of a lottery: numbers, never names."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.core.db import db
from app.events.models import LotteryDraw, Registration, RegistrationState, Slot
from app.events.ways import lots
from app.events.ways.lottery import seed_of
from app.people.models import ActsFor

PAGE = 60


@dataclass(frozen=True)
class Ticket:
    """One application: its number, how many places it needs, its turn in the draw, and whether it got a place in it;
    None before the draw."""

    number: str
    places: int
    drawn: int | None = None
    won: bool | None = None


def applicants(slot: Slot) -> int:
    """Return how many tickets there are so far."""
    asked = select(func.count(Registration.application_no.distinct()))
    return db.session.scalar(asked.where(*_applied(slot))) or 0


def closing_list(slot: Slot) -> list[Ticket]:
    """Return who takes part: before the draw by number, after it in the order drawn."""
    record = db.session.scalar(select(LotteryDraw).where(LotteryDraw.slot_id == slot.id))
    if record is None:
        return [Ticket(number, needed) for number, needed in sorted(_sizes(slot).items())]
    order = lots.drawn_order(slot.draw_seed, record.tickets)
    won = set(lots.winners(order, record.tickets, record.places, smaller_may_pass=record.smaller_may_pass))
    return [Ticket(number, record.tickets[number], turn, number in won) for turn, number in enumerate(order, 1)]


def own_numbers(slot_id: int, user_id: int | None) -> list[str]:
    """Return the application numbers of those for whom an account acts."""
    theirs = select(Registration.application_no).join(ActsFor, ActsFor.person_id == Registration.person_id)
    known = (ActsFor.user_id == user_id, Registration.slot_id == slot_id, Registration.application_no.is_not(None))
    numbers = db.session.scalars(theirs.where(*known).distinct()) if user_id else ()
    return sorted(str(number) for number in numbers)


def published(slot: Slot) -> dict[str, Any]:
    """Return a lottery as its JSON file says it, which is what `docs/check_lottery.py` reads."""
    record = db.session.scalar(select(LotteryDraw).where(LotteryDraw.slot_id == slot.id))
    return {
        "promise": lots.promise(seed_of(slot)),
        "seed": slot.draw_seed or None,
        "closes_at": slot.closes_at.isoformat(),
        "draws_at": slot.draws_at.isoformat() if slot.draws_at else None,
        "drawn_at": slot.drawn_at.isoformat() if slot.drawn_at else None,
        "places": record.places if record else None,
        "smaller_may_pass": record.smaller_may_pass if record else slot.smaller_may_pass,
        "tickets": [
            {"number": one.number, "places": one.places, "drawn": one.drawn, "won": one.won}
            for one in closing_list(slot)
        ],
    }


def _sizes(slot: Slot) -> dict[str, int]:
    people = func.sum(1 + Registration.companions)
    asked = select(Registration.application_no, people).where(*_applied(slot)).group_by(Registration.application_no)
    return {str(number): 1 if slot.counts_groups else int(size) for number, size in db.session.execute(asked)}


def _applied(slot: Slot) -> tuple[Any, ...]:
    is_in = Registration.state == RegistrationState.APPLIED
    return Registration.slot_id == slot.id, is_in, Registration.application_no.is_not(None)
