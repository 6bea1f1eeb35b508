"""What happens at the door: devices, scans, corrections."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select

from app.checkin import taking_in
from app.checkin.models import Correction, CorrectionKind, Device, Scan, Source, Verdict
from app.checkin.problems import EventOver, NotTakingPlace, NotThisDay
from app.checkin.taking_in import Reporter, Seen
from app.core.clock import local_day
from app.core.codes import fingerprint
from app.core.db import db
from app.core.filters import day
from app.events.models import Event, Registration

_DAY = timedelta(days=1)
_NAMELESS = frozenset({Verdict.UNKNOWN, Verdict.OTHER_EVENT})


@dataclass(frozen=True)
class Judged:
    """The answer to one scan; without a person where the person is none of the door's business."""

    scan: Scan
    registration: Registration | None
    arrived_at: datetime | None


def open_device(event_id: int, *, by: int, at: datetime) -> tuple[Device, str]:
    """Open a phone as a device at the door of one event; returns it and its token, which is shown only now."""
    event = db.session.get_one(Event, event_id)
    if not event.starts_at - _DAY <= at <= event.ends_at + _DAY:
        raise EventOver
    token = secrets.token_urlsafe(32)
    device = Device(
        event_id=event_id,
        token_hash=fingerprint(token),
        opened_by_id=by,
        opened_at=at,
        expires_at=event.ends_at + _DAY,
    )
    db.session.add(device)
    db.session.flush()
    return device, token


def close_device(device_id: int, *, at: datetime) -> Device:
    """Close a phone that was lost or given away; its token is worth nothing from now on."""
    device = db.session.get_one(Device, device_id)
    device.revoked_at = device.revoked_at or at
    return device


def report_scans(device_id: int, batch: Sequence[Seen], *, at: datetime) -> list[Judged]:
    """Take a batch of scans in from a device and return the answers, in the same order.

    A key that the device reported before gets its first answer again. Times before the device was opened or in the
    future are moved to the nearest possible one: the clock of a phone may say anything.
    """
    device = db.session.get_one(Device, device_id)
    known = {scan.key: scan for scan in _scans_of(device_id, batch)}
    meant = {seen.key: _as_first_reported(seen, known.get(seen.key)) for seen in reversed(batch)}
    people = taking_in.lock_people(device.event_id, list(meant.values()))
    new = [_possible(seen, device.opened_at, at) for seen in meant.values() if seen.key not in known]
    arrived = taking_in.attendances(people.values())
    written = taking_in.write_down(Reporter(device.event_id, device_id), new, people, arrived, at=at)
    known |= {scan.key: scan for scan in written}
    arrivals = taking_in.settle(people.values(), arrived)
    return [_answer(known[seen.key], meant[seen.key].among(people), arrivals) for seen in batch]


def check_in(registration_id: int, *, by: int, at: datetime) -> Judged:
    """Check a person in by hand, as staff; written down as a scan of theirs. Twice is as good as once."""
    registration = db.session.get_one(Registration, registration_id)
    event_id = registration.slot.event_id
    seen = Seen(uuid4(), None, registration_id, at, Source.STAFF)
    people = taking_in.lock_people(event_id, [seen])
    arrived = taking_in.attendances(people.values())
    (scan,) = taking_in.write_down(Reporter(event_id, user_id=by), [seen], people, arrived, at=at)
    return _answer(scan, registration, taking_in.settle(people.values(), arrived))


def correct(
    registration_id: int, arrived_at: datetime | None, reason: str, *, by: int, at: datetime
) -> datetime | None:
    """Put right since when somebody was there (None: was not); returns the arrival that follows from it.

    Raises `NotThisDay` for an arrival before the day of the slot and `NotTakingPlace` for one at what was cancelled.
    """
    registration = db.session.get_one(Registration, registration_id, with_for_update={"key_share": True})
    if arrived_at and local_day(arrived_at) < local_day(registration.slot.starts_at):
        raise NotThisDay(day=day(registration.slot.starts_at))
    if arrived_at and (registration.slot.event.is_cancelled or not registration.is_active):
        raise NotTakingPlace
    db.session.add(
        Correction(
            registration_id=registration_id,
            kind=CorrectionKind.PRESENT if arrived_at else CorrectionKind.ABSENT,
            arrived_at=arrived_at,
            reason=reason,
            made_at=at,
            made_by_id=by,
        )
    )
    db.session.flush()
    return taking_in.settle([registration], taking_in.attendances([registration])).get(registration_id)


def _scans_of(device_id: int, batch: Sequence[Seen]) -> Sequence[Scan]:
    keys = [seen.key for seen in batch]
    return db.session.scalars(select(Scan).where(Scan.device_id == device_id, Scan.key.in_(keys))).all()


def _as_first_reported(seen: Seen, known: Scan | None) -> Seen:
    return replace(seen, code=None, registration_id=known.registration_id) if known else seen


def _possible(seen: Seen, opened_at: datetime, at: datetime) -> Seen:
    return replace(seen, happened_at=min(max(seen.happened_at, opened_at), at))


def _answer(scan: Scan, registration: Registration | None, arrivals: dict[int, datetime]) -> Judged:
    if registration is None or scan.verdict in _NAMELESS:
        return Judged(scan, None, None)
    return Judged(scan, registration, arrivals.get(registration.id))
