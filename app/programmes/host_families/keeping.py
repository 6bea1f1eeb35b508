"""How long host families stay: until half a year after their programme."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from app.core.clock import local_day
from app.core.db import db
from app.programmes.host_families.models import HostAdult, HostFamily, Placement
from app.programmes.models import Programme

KEPT_FOR = timedelta(days=183)  # after the end: thanks, return visits and questions come in the months after
_AT_ONCE = 100  # families; those who wait for a page want to write in between


def drop_old_families(*, at: datetime) -> int:
    """Delete some of the families whose time is over, with their adults and who lived there: half a year after the
    programme ended, or was called off. Returns how many."""
    is_over = or_(Programme.ends_on < local_day(at - KEPT_FOR), Programme.cancelled_at < at - KEPT_FOR)
    old = select(HostFamily.id).join(Programme, Programme.id == HostFamily.programme_id).where(is_over)
    some = old.order_by(HostFamily.id).limit(_AT_ONCE).with_for_update(of=HostFamily)
    ids = list(db.session.scalars(some))
    if ids:
        db.session.execute(delete(Placement).where(Placement.family_id.in_(ids)))
        db.session.execute(delete(HostAdult).where(HostAdult.family_id.in_(ids)))
        db.session.execute(delete(HostFamily).where(HostFamily.id.in_(ids)))
    return len(ids)
