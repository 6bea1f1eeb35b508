"""The program with its guard taken out: places are counted first and added after. Only `test_places` serves it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from app.core.db import db
from app.events.models import Registration, Slot
from app.events.problems import SlotFull
from app.events.registration import settling
from app.events.registration.wishes import Wish
from wsgi import app

__all__ = ["app"]

_BETWEEN = 0.3  # seconds between counting and adding: a busy disk, so that the control does not hang on luck


def _count_then_add(
    slot_id: int, made: Sequence[Registration], wishes: dict[int, Wish], *, at: datetime, is_last: bool
) -> None:
    del wishes, at, is_last
    if db.session.scalars(select(Slot.capacity - Slot.taken).where(Slot.id == slot_id)).one() < len(made):
        raise SlotFull
    db.session.execute(select(func.pg_sleep(_BETWEEN)))
    db.session.execute(update(Slot).where(Slot.id == slot_id).values(taken=Slot.taken + len(made)))


assert settling.settle  # what is replaced is there: this once replaced a function that had gone
settling.settle = _count_then_add
