"""Which host families somebody works with, and who lives where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.access import Principal, Role
from app.core.db import db
from app.people.models import Person
from app.programmes.host_families.models import HostFamily, Placement
from app.programmes.models import Application, ApplicationState, Programme

_MOST = 500
CHECK_HOLDS = timedelta(days=365)  # after a year records are looked up again


@dataclass(frozen=True)
class Room:
    """A family, and how many beds are left."""

    family: HostFamily
    taken: int

    @property
    def free(self) -> int:
        """How many more may come."""
        return max(self.family.capacity - self.taken, 0)


def families_run_by(principal: Principal) -> Select[HostFamily]:
    """Return the host families of the programmes of the hosts somebody works for."""
    return select(HostFamily).join(HostFamily.programme).where(Programme.host_id.in_(principal.units(Role.STAFF)))


def placements_run_by(principal: Principal) -> Select[Placement]:
    """Return who is placed with those."""
    own = families_run_by(principal).with_only_columns(HostFamily.id)
    return select(Placement).where(Placement.family_id.in_(own))


def rooms_of(programme_id: int) -> list[Room]:
    """Return the families of a programme, and how many beds each has left; two statements and the adults'."""
    families = select(HostFamily).where(HostFamily.programme_id == programme_id).order_by(HostFamily.id)
    found = db.session.scalars(families.options(selectinload(HostFamily.adults)).limit(_MOST)).all()
    current = (Placement.programme_id == programme_id, Placement.ended_at.is_(None))
    counted = select(Placement.family_id, func.count()).where(*current).group_by(Placement.family_id)
    taken = {row[0]: row[1] for row in db.session.execute(counted)}
    return [Room(family, taken.get(family.id, 0)) for family in found]


def placed_with(family_id: int) -> Sequence[Placement]:
    """Return who lives or lived with a family, whoever does on top."""
    there = select(Placement).where(Placement.family_id == family_id).options(joinedload(Placement.person))
    return db.session.scalars(there.order_by(Placement.ended_at.is_not(None), Placement.id)).all()


def guests_to_place(programme_id: int) -> Sequence[Person]:
    """Return who has a confirmed place in a programme and lives with no family yet, by name."""
    theirs = (Application.programme_id == programme_id, Application.state == ApplicationState.CONFIRMED)
    placed = (Placement.programme_id == programme_id, Placement.ended_at.is_(None))
    confirmed = select(Application.person_id).where(*theirs)
    living = select(Placement.person_id).where(*placed)
    guests = select(Person).where(Person.id.in_(confirmed), Person.id.not_in(living))
    return db.session.scalars(guests.order_by(Person.name_pinyin, Person.id).limit(_MOST)).all()


def warnings_of(family: HostFamily, today: date) -> list[str]:
    """Return the names of the adults whose records nobody has looked up within a year."""
    return [one.name for one in family.adults if one.checked_on is None or one.checked_on < today - CHECK_HOLDS]
