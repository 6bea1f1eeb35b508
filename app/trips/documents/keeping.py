"""How long a travel document stays: as long as the place, and thirty days after the end of the programme at most."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from app.core.clock import local_day
from app.core.db import db
from app.programmes.hooks import when_leaving
from app.programmes.models import Application, Programme
from app.trips.documents.models import TravelDocument

KEPT_FOR = timedelta(days=30)  # after the end: an insurance pays later, too (DOMAIN rule 3)
_AT_ONCE = 500  # rows; those who wait for a page want to write in between


@when_leaving
def let_go(one: Application, _at: datetime) -> None:
    """Delete the document of whoever does not take part any more."""
    theirs = (TravelDocument.programme_id == one.programme_id, TravelDocument.person_id == one.person_id)
    db.session.execute(delete(TravelDocument).where(*theirs))


def drop_old_documents(*, at: datetime) -> int:
    """Delete some of the documents whose time is over: thirty days after the end, or after the programme was called
    off, and where none is needed any more. Returns how many."""
    is_over = or_(
        Programme.ends_on < local_day(at - KEPT_FOR),
        Programme.cancelled_at < at - KEPT_FOR,
        ~(Programme.needs_insurance | Programme.needs_tickets | Programme.needs_rooms),
    )
    old = select(TravelDocument.id).join(Programme, Programme.id == TravelDocument.programme_id).where(is_over)
    some = list(db.session.scalars(old.order_by(TravelDocument.id).limit(_AT_ONCE)))
    if some:
        db.session.execute(delete(TravelDocument).where(TravelDocument.id.in_(some)))
    return len(some)
