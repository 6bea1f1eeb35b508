"""Reminding whoever sees to something: three days before it is due, and once more when it is overdue."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.clock import local_day
from app.core.db import db
from app.messages.letters import only_while
from app.messages.models import Message, MessageKind
from app.messages.sending import News, Reader, tell_all
from app.people.models import ActsFor, Relation
from app.programmes.models import Programme
from app.trips.models import TripTask
from app.trips.tasks.operations import FARTHEST

REMINDED_BEFORE = timedelta(days=3)


def due_tasks(at: datetime) -> Sequence[int]:
    """Return what is open, has somebody who sees to it, and is due within three days or overdue, of programmes that are
    not over."""
    today = local_day(at)
    found = (
        select(TripTask)
        .join(TripTask.programme)
        .where(
            Programme.ends_on >= today,
            Programme.starts_on <= today + timedelta(days=FARTHEST) + REMINDED_BEFORE,
            Programme.cancelled_at.is_(None),
            TripTask.done_at.is_(None),
            TripTask.responsible_id.is_not(None),
        )
        .options(joinedload(TripTask.programme))
        .order_by(TripTask.id)
    )
    return [task.id for task in db.session.scalars(found) if task.due_on <= today + REMINDED_BEFORE]


def remind(task_id: int, *, at: datetime) -> int:
    """Remind whoever sees to something, once before and once after the day it is due; returns how many were told.

    Nobody without a person of the own has an inbox.
    """
    task = db.session.get(TripTask, task_id)
    if task is None or task.is_done or task.responsible_id is None:
        return 0
    programme, today = task.programme, local_day(at)
    facts = {
        "event": programme.title,
        "programme": programme.id,
        "task": task.id,
        "task_title": task.title,
        "task_kind": task.kind.value,
        "due_on": task.due_on.isoformat(),
        "first_day": programme.starts_on.isoformat(),
        "last_day": programme.ends_on.isoformat(),
    }
    readers = [Reader(one, once=_once(task, one, today)) for one in _persons(task.responsible_id)]
    return tell_all(News(MessageKind.TRIP_TASK, programme.host_id, facts), readers, at=at)


@only_while(MessageKind.TRIP_TASK)
def is_still_open(message: Message, _at: datetime) -> bool:
    """Return whether it is still to be seen to."""
    task = db.session.get(TripTask, message.facts["task"])
    return task is not None and not task.is_done


def _once(task: TripTask, person_id: int, today: date) -> str:
    when = "overdue" if task.is_overdue(today) else "soon"
    return f"trip-task-{task.id}-{task.due_on}-{when}-{person_id}"


def _persons(user_id: int) -> Sequence[int]:
    own = (ActsFor.user_id == user_id, ActsFor.relation == Relation.ONESELF)
    return db.session.scalars(select(ActsFor.person_id).where(*own)).all()
