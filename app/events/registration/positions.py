"""Where people stand in line, as their pages say it."""

from collections.abc import Collection

from sqlalchemy import select

from app.core.db import db
from app.events.models import Registration, RegistrationState


def position(registration: Registration) -> int:
    """Return how many parties stand in line up to this one, itself among them; 0 for whoever does not wait."""
    if registration.line is None:
        return 0
    return positions([registration]).get(registration.id, 0)  # whose turn may have come since it was read


def positions(waiting: Collection[Registration]) -> dict[int, int]:
    """Return the same for many, by the ids of those who wait, in one statement a slot."""
    found: dict[int, int] = {}
    for slot_id in {one.slot_id for one in waiting}:
        ahead = select(Registration.line).where(
            Registration.slot_id == slot_id, Registration.state == RegistrationState.WAITING
        )
        in_order = sorted({line for line in db.session.scalars(ahead) if line})
        lines = {line: number for number, line in enumerate(in_order, 1)}
        found |= {one.id: lines[one.line] for one in waiting if one.slot_id == slot_id and one.line in lines}
    return found
