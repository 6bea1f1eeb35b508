"""Who is at the door, who has come, and who is asked for by name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, func, literal_column, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.accounts.queries import names_of
from app.checkin.models import Attendance, Correction, Device, Scan
from app.checkin.verdicts import correction_name, verdict_name
from app.core.access import Principal, Role
from app.core.changes import changes_of, told
from app.core.codes import read_ending
from app.core.db import db
from app.events.models import PLACED, Event, Registration, Slot
from app.events.queries import with_event
from app.events.words import REGISTRATION
from app.people.models import Person
from app.people.queries import named_like

LOOK_UP_LIMIT = 20


def arrivals(registration_ids: list[int]) -> dict[int, datetime]:
    """Return when each of these people arrived; who did not come is not in it."""
    found = select(Attendance.registration_id, Attendance.arrived_at).where(
        Attendance.registration_id.in_(registration_ids)
    )
    return {row.registration_id: row.arrived_at for row in db.session.execute(found)}


def open_devices(event_id: int, at: datetime) -> list[Device]:
    """Return the phones that can check people in at an event, the latest first."""
    statement = select(Device).where(Device.event_id == event_id, Device.revoked_at.is_(None), Device.expires_at > at)
    return list(db.session.scalars(statement.options(joinedload(Device.opened_by)).order_by(Device.id.desc())))


def opener_of(device_id: int) -> int:
    """Return the account that made a phone a device of the door."""
    return db.session.scalars(select(Device.opened_by_id).where(Device.id == device_id)).one()


def devices_run_by(principal: Principal) -> Select[Device]:
    """Return the devices at the events of the hosts somebody works for."""
    own = select(Event.id).where(Event.host_id.in_(principal.units(Role.STAFF)))
    return select(Device).where(Device.event_id.in_(own))


def look_up(event_id: int, text: str) -> list[Registration]:
    """Return people with a place in an event whose name, pinyin or initials begin with a text.

    Four characters are also looked for at the end of the entry code, which the printed sheet shows.
    """
    ending = read_ending(text)
    is_theirs = or_(named_like(text), Registration.code.endswith(ending)) if ending else named_like(text)
    statement = active_in(event_id).where(is_theirs)
    return list(db.session.scalars(statement.order_by(Person.name_pinyin, Registration.id).limit(LOOK_UP_LIMIT)))


def active_in(event_id: int) -> Select[Registration]:
    """Return the registrations that hold a place in an event."""
    return (
        with_event(select(Registration))
        .join(Registration.person)
        .where(Slot.event_id == event_id, Registration.state.in_(PLACED))
    )


@dataclass(frozen=True)
class Counts:
    """People, not scans: how many have a place in an event, and how many of them have come."""

    registered: int
    arrived: int


def arrived_in(event_id: int | BindParameter[int]) -> ColumnElement[int]:
    """Return the expression that counts who has come; whoever cancelled and signed up anew is one person.

    All arrivals, from their index alone, less the few who gave their place back after they had come: looking at each
    one's registration instead costs ten times as much.
    """
    came = select(func.count()).select_from(Attendance).where(Attendance.event_id == event_id)
    gone = (
        select(func.count(Registration.id))
        .join(Registration.slot)
        .where(
            Slot.event_id == event_id,
            Registration.state == literal_column("'cancelled'"),  # in so many words, as its index has it
            exists().where(Attendance.registration_id == Registration.id),
        )
    )
    return came.scalar_subquery() - gone.scalar_subquery()


# Built once: the door asks often.
_REGISTERED = select(func.coalesce(func.sum(Slot.taken), 0)).where(Slot.event_id == bindparam("event_id"))
_HEAD_COUNTS = select(_REGISTERED.scalar_subquery(), arrived_in(bindparam("event_id")))


def head_counts(event_id: int) -> Counts:
    """Return how many people have a place in an event, and how many of them have come."""
    return Counts(*db.session.connection().execute(_HEAD_COUNTS, {"event_id": event_id}).one())


@dataclass(frozen=True)
class Moment:
    """One line of what the door and the staff recorded about a person."""

    at: datetime
    what: str
    who: str
    reason: str


def history(registration_id: int) -> list[Moment]:
    """Return what was recorded about a person's sign-up and attendance, the latest first, in words."""
    scans = db.session.execute(
        select(Scan, User.name)
        .outerjoin(Device, Device.id == Scan.device_id)
        .outerjoin(User, User.id == func.coalesce(Scan.user_id, Device.opened_by_id))
        .where(Scan.registration_id == registration_id)
    )
    corrections = db.session.execute(
        select(Correction, User.name)
        .join(User, User.id == Correction.made_by_id)
        .where(Correction.registration_id == registration_id)
    )
    changes = changes_of("registration", [registration_id])
    names = names_of(change.by_id for change in changes)
    lines = [
        Moment(change.at, " ".join(told(change, REGISTRATION)), names.get(change.by_id or 0, ""), "")
        for change in changes
    ]
    lines += [Moment(scan.happened_at, verdict_name(scan.verdict), who or "", "") for scan, who in scans]
    lines += [Moment(made.made_at, correction_name(made.kind), who, made.reason) for made, who in corrections]
    return sorted(lines, key=lambda line: line.at, reverse=True)
