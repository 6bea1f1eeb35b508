"""What a message says of a class series besides its next date: all dates to come."""

from sqlalchemy import select

from app.core.db import db
from app.events.models import Slot


def series_facts(lead_id: int) -> dict[str, list[str]]:
    """Return when the dates of a series begin, from its lead on, as the facts of a message."""
    dates = select(Slot.starts_at).where(Slot.leads_id == lead_id).order_by(Slot.starts_at, Slot.id)
    return {"dates": [begins.isoformat() for begins in db.session.scalars(dates)]}
