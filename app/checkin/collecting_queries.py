"""Which children under 14 are still here, and who has gone with whom."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.checkin.collecting_models import Collection
from app.checkin.models import Attendance
from app.core.access import Principal, Role
from app.core.clock import local_day
from app.core.db import db
from app.events.models import PLACED, Event, Registration, Slot
from app.people.consents.collectors import Collector, collectors_of
from app.people.consents.models import Guardian
from app.people.models import Person

MOST = 500  # children on one page, as on the list of whom to call
_STILL = timedelta(hours=12)  # after the end: who is still here then is looked for otherwise


@dataclass(frozen=True)
class ToCollect:
    """A child who is here, or was: who may fetch it, and how it left."""

    registration: Registration
    arrived_at: datetime
    collectors: Sequence[Collector]
    guardians: Sequence[Guardian]
    collection: Collection | None


def to_collect(event_id: int, at: datetime) -> list[ToCollect]:
    """Return the children under 14 who arrived at what is on today, by class and name: those still here first."""
    found = db.session.execute(_arrived(event_id, at)).all()
    ids = [registration.id for registration, _arrived_at in found]
    gone = {one.registration_id: one for one in db.session.scalars(_open_ones(ids))}
    may_fetch, beside = _by_child(found)
    children = [
        ToCollect(one, arrived_at, may_fetch[one.person_id], beside[one.person_id], gone.get(one.id))
        for one, arrived_at in found
    ]
    return sorted(children, key=lambda child: child.collection is not None)


def collections_run_by(principal: Principal) -> Select[Collection]:
    """Return what was written down at the events of the hosts somebody works for."""
    own = select(Event.id).where(Event.host_id.in_(principal.units(Role.STAFF)))
    return select(Collection).join(Collection.registration).join(Registration.slot).where(Slot.event_id.in_(own))


def _arrived(event_id: int, at: datetime) -> Select[Registration, datetime]:
    return (
        select(Registration, Attendance.arrived_at)
        .join(Attendance, Attendance.registration_id == Registration.id)
        .join(Registration.person)
        .join(Registration.slot)
        .where(
            Attendance.event_id == event_id,
            Registration.state.in_(PLACED),
            Person.fourteen_on > local_day(at),
            Slot.ends_at >= at - _STILL,
        )
        .options(joinedload(Registration.person), joinedload(Registration.slot))
        .order_by(Registration.class_name, Person.name_pinyin, Registration.id)
        .limit(MOST)
    )


def _open_ones(registration_ids: list[int]) -> Select[Collection]:
    theirs = (Collection.registration_id.in_(registration_ids), Collection.undone_at.is_(None))
    return select(Collection).where(*theirs).options(joinedload(Collection.collector))


def _by_child(
    found: Sequence[tuple[Registration, datetime]],
) -> tuple[Mapping[int, list[Collector]], Mapping[int, list[Guardian]]]:
    people = [registration.person_id for registration, _arrived_at in found]
    may_fetch: dict[int, list[Collector]] = defaultdict(list)
    beside: dict[int, list[Guardian]] = defaultdict(list)
    for one in collectors_of(people):
        may_fetch[one.person_id].append(one)
    known = select(Guardian).where(Guardian.person_id.in_(people), Guardian.removed_at.is_(None))
    for guardian in db.session.scalars(known.order_by(Guardian.id)):
        beside[guardian.person_id].append(guardian)
    return may_fetch, beside
