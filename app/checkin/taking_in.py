"""How scans become attendance, inside one transaction: lock the people meant, judge, write down, settle."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.checkin.attendance import arrival
from app.checkin.models import Attendance, Correction, Scan, Source, Verdict
from app.checkin.verdicts import judge
from app.core.db import db
from app.events.models import Registration, Slot

Row = TypeVar("Row", Scan, Correction)
People = dict[str | int, Registration]


@dataclass(frozen=True)
class Seen:
    """One scan as it was reported: its own key, and a code or a person picked from the list."""

    key: UUID
    code: str | None
    registration_id: int | None
    happened_at: datetime
    source: Source

    def among(self, people: People) -> Registration | None:
        """Return the registration meant."""
        return people.get(self.code or self.registration_id or 0)


@dataclass(frozen=True)
class Reporter:
    """Who reports from the door of which event: a device, or somebody of the staff."""

    event_id: int
    device_id: int | None = None
    user_id: int | None = None


def lock_people(event_id: int, batch: Sequence[Seen]) -> People:
    """Return the registrations meant, by code and by id, locked in one order before anything is written.

    Writing first and locking after deadlocks on PostgreSQL; not locking at all lost the earlier of two arrivals.
    """
    codes = [seen.code for seen in batch if seen.code]
    ids = [seen.registration_id for seen in batch if seen.registration_id]
    meant = or_(Registration.code.in_(codes), Registration.id.in_(ids) & (Slot.event_id == event_id))
    found = db.session.scalars(
        with_event(select(Registration))
        .where(meant)
        .order_by(Registration.id)
        .with_for_update(key_share=True, of=Registration)
        .execution_options(populate_existing=True)
    )
    people: People = {}
    for one in found:
        people[one.code] = one
        if one.slot.event_id == event_id:
            people[one.id] = one
    return people


def with_event(statement: Select[Registration]) -> Select[Registration]:
    """Return the statement, bringing slot, event and person along."""
    return (
        statement.join(Registration.slot)
        .join(Slot.event)
        .options(
            contains_eager(Registration.slot).contains_eager(Slot.event),
            joinedload(Registration.person, innerjoin=True),
        )
    )


def attendances(people: Iterable[Registration]) -> dict[int, Attendance]:
    """Return the attendance of those who are known to have arrived, by registration."""
    ids = {one.id for one in people}
    found = db.session.scalars(select(Attendance).where(Attendance.registration_id.in_(ids)))
    return {one.registration_id: one for one in found}


def write_down(
    reporter: Reporter, batch: Iterable[Seen], people: People, arrived: Iterable[int], *, at: datetime
) -> list[Scan]:
    """Judge the scans in the order they happened and write them all down, the refused ones too.

    ``arrived`` are the ids of those who had arrived before.
    """
    here = set(arrived)
    scans = []
    for seen in sorted(batch, key=lambda one: one.happened_at):
        meant = seen.among(people)
        has_arrived = meant is not None and meant.id in here
        verdict = judge(meant, reporter.event_id, has_arrived=has_arrived, happened_at=seen.happened_at)
        if meant and verdict is Verdict.ARRIVED:
            here.add(meant.id)
        scans.append(
            Scan(
                key=seen.key,
                event_id=reporter.event_id,
                device_id=reporter.device_id,
                user_id=reporter.user_id,
                registration_id=meant.id if meant else None,
                source=seen.source,
                happened_at=seen.happened_at,
                received_at=at,
                verdict=verdict,
            )
        )
    db.session.add_all(scans)
    db.session.flush()
    return scans


def settle(people: Iterable[Registration], known: dict[int, Attendance]) -> dict[int, datetime]:
    """Make the attendance of these people what their scans and corrections say; return the arrivals by id.

    ``known`` is what `attendances` returned before.
    """
    by_id = {one.id: one for one in people}
    scans = _grouped(db.session.scalars(select(Scan).where(Scan.registration_id.in_(by_id))))
    corrections = _grouped(db.session.scalars(select(Correction).where(Correction.registration_id.in_(by_id))))
    arrivals: dict[int, datetime] = {}
    for one in by_id.values():
        moment = arrival(scans.get(one.id, ()), corrections.get(one.id, ()))
        _keep(one, known.get(one.id), moment)
        if moment:
            arrivals[one.id] = moment
    db.session.flush()
    return arrivals


def _keep(registration: Registration, attendance: Attendance | None, moment: datetime | None) -> None:
    if attendance is None and moment:
        event_id = registration.slot.event_id
        db.session.add(Attendance(registration_id=registration.id, event_id=event_id, arrived_at=moment))
    elif attendance and moment:
        attendance.arrived_at = moment
    elif attendance:
        db.session.delete(attendance)


def _grouped(rows: Iterable[Row]) -> dict[int, list[Row]]:
    groups: dict[int, list[Row]] = {}
    for row in rows:
        if row.registration_id:
            groups.setdefault(row.registration_id, []).append(row)
    return groups
