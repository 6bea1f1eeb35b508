"""What has to be seen to before a trip, and what is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.core.db import db
from app.organisations.queries import members_of
from app.programmes.models import Programme
from app.trips.models import TripTask


@dataclass(frozen=True)
class Standing:
    """How far a trip's list is: all things, those done, those overdue."""

    tasks: int
    done: int
    overdue: Sequence[TripTask]


def tasks_of(programme_id: int) -> list[TripTask]:
    """Return what has to be seen to before a trip, in the order in which it is due."""
    own = select(TripTask).where(TripTask.programme_id == programme_id)
    brought = joinedload(TripTask.responsible), joinedload(TripTask.done_by), joinedload(TripTask.document)
    found = db.session.scalars(own.options(joinedload(TripTask.programme), *brought)).all()
    return sorted(found, key=lambda task: (task.due_on, task.id))


def standing_of(tasks: Sequence[TripTask], today: date) -> Standing:
    """Return how far a list is."""
    return Standing(len(tasks), sum(one.is_done for one in tasks), [one for one in tasks if one.is_overdue(today)])


def staff_to_choose(programme: Programme) -> list[User]:
    """Return who works for the host now, each once, as who may be responsible."""
    found = {one.user_id: one.user for one in db.session.scalars(members_of(programme.host_id))}
    return sorted(found.values(), key=lambda user: (user.name, user.id))
