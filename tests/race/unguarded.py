"""The program with its guard taken out: places are counted first and added after. Only `test_places` serves it."""

from sqlalchemy import func, select

from app.core.db import db
from app.events import operations
from app.events.models import Slot
from app.events.problems import SlotFull
from wsgi import app

__all__ = ["app"]

_BETWEEN = 0.05  # seconds between counting and adding: a busy disk, so that the control does not hang on luck


def _count_then_add(slot_id: int) -> None:
    if db.session.scalars(select(Slot.capacity - Slot.taken).where(Slot.id == slot_id)).one() <= 0:
        raise SlotFull
    db.session.execute(select(func.pg_sleep(_BETWEEN)))
    db.session.execute(operations._counted(Slot.id == slot_id, by=1))


operations._take_place = _count_then_add
