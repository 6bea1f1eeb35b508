"""How scans become attendance, inside one transaction: lock the people meant, judge, write down, settle."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Insert, bindparam, delete, insert, update

from app.checkin.attendance import arrival
from app.checkin.guests import Guest, KnownScan, Records, lock_guests, on_record
from app.checkin.models import Attendance, Scan, Source, Verdict
from app.checkin.verdicts import judge
from app.core.db import db, table_of
from app.core.last_writes import write_last
from app.events.former_codes import where_former_codes_lead

_ATTENDANCE = table_of(Attendance)
_THEIRS = _ATTENDANCE.c.registration_id == bindparam("of")
_WRITTEN = tuple(name for name in table_of(Scan).c.keys() if name != "id")  # noqa: SIM118 - a column collection
_WRITE_SCAN = insert(table_of(Scan)).inline()  # nobody asks for its number
_WRITE_ARRIVAL = (
    insert(_ATTENDANCE)
    .values(registration_id=bindparam("of"), event_id=bindparam("at_event"), arrived_at=bindparam("to"))
    .inline()
)
# One person who arrives is nearly every scan there is: on PostgreSQL that is one statement instead of two.
_WRITE_BOTH = _WRITE_ARRIVAL.add_cte(_WRITE_SCAN.values({name: bindparam(name) for name in _WRITTEN}).cte("scanned"))
_CHANGE_ARRIVAL = update(_ATTENDANCE).where(_THEIRS).values(arrived_at=bindparam("to"))
_DELETE_ARRIVAL = delete(_ATTENDANCE).where(_THEIRS)
Rows = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Seen:
    """One scan as it was reported: its own key, and a code or a person picked from the list."""

    key: UUID
    code: str | None
    registration_id: int | None
    happened_at: datetime
    source: Source


@dataclass(frozen=True)
class Reporter:
    """Who reports from the door of which event: a device that was opened at a moment, or somebody of the staff."""

    event_id: int
    device_id: int | None = None
    user_id: int | None = None


class Door:
    """The people that a batch of scans is about, locked, with all that is on record about them."""

    def __init__(self, reporter: Reporter, batch: Sequence[Seen]) -> None:
        self.reporter = reporter
        keys = [seen.key for seen in batch]
        codes = [seen.code for seen in batch if seen.code]
        ids = [seen.registration_id for seen in batch if seen.registration_id]
        self.guests = lock_guests(codes, ids)
        self.records = on_record(self.guests, reporter.device_id, keys)
        self.reported = self.records.reported_by(reporter.device_id, keys)
        strays = {scan.registration_id for scan in self.reported.values() if scan.registration_id} - set(self.guests)
        if strays:  # a key sent again with another code: it still means whom it meant first
            self.guests |= lock_guests([], sorted(strays))
            self.records = on_record(self.guests, reporter.device_id, keys)
        self._by_code = {guest.code: guest for guest in self.guests.values()}
        self._take_in_former(set(codes) - set(self._by_code), keys)

    def _take_in_former(self, codes: set[str], keys: Sequence[UUID]) -> None:
        """Let codes that people still carry mean those whose codes they were, before two records became one."""
        leads_to = where_former_codes_lead(codes) if codes else {}
        if leads_to:
            self.guests |= lock_guests([], sorted(leads_to.values()))
            self.records = on_record(self.guests, self.reporter.device_id, keys)
            self._by_code |= {code: self.guests[number] for code, number in leads_to.items()}

    def meant(self, seen: Seen) -> Guest | None:
        """Return whom a scan means: for a key reported before, whom it meant then; by id, only people of the event."""
        if known := self.reported.get(seen.key):
            return self.guests.get(known.registration_id or 0)
        if seen.code:
            return self._by_code.get(seen.code)
        picked = self.guests.get(seen.registration_id or 0)
        return picked if picked and picked.event_id == self.reporter.event_id else None

    def judge(self, batch: Iterable[Seen], *, at: datetime) -> Rows:
        """Judge scans in the order they happened; return the rows to write, those of the refused ones too."""
        here = set(self.records.arrivals)
        rows = []
        for seen in sorted(batch, key=lambda one: one.happened_at):
            guest = self.meant(seen)
            has_arrived = guest is not None and guest.id in here
            verdict = judge(guest, self.reporter.event_id, has_arrived=has_arrived, happened_at=seen.happened_at)
            if guest and verdict is Verdict.ARRIVED:
                here.add(guest.id)
            guest_id = guest.id if guest else None
            scan = KnownScan(guest_id, seen.key, self.reporter.device_id, verdict, seen.happened_at, at)
            self.reported[seen.key] = scan
            self.records.scans[guest_id].append(scan)
            rows.append(self._row(scan, seen.source))
        return rows

    def _row(self, scan: KnownScan, source: Source) -> dict[str, Any]:
        return {
            "key": scan.key,
            "event_id": self.reporter.event_id,
            "device_id": self.reporter.device_id,
            "user_id": self.reporter.user_id,
            "registration_id": scan.registration_id,
            "source": source,
            "happened_at": scan.happened_at,
            "received_at": scan.received_at,
            "verdict": scan.verdict,
        }


def settle(
    guests: Iterable[Guest], records: Records, new_scans: Rows = (), *, is_last: bool = False
) -> dict[int, datetime]:
    """Write scans down and make the attendance of guests what scans and corrections say; return the arrivals by id.
    With ``is_last`` nothing that follows in the transaction asks for new rows, and they travel with the commit."""
    arrivals: dict[int, datetime] = {}
    arrived: list[dict[str, Any]] = []
    for guest in guests:
        moment = arrival(records.scans.get(guest.id, ()), records.corrections.get(guest.id, ()))
        known = records.arrivals.get(guest.id)
        if moment:
            arrivals[guest.id] = moment
        if moment and known is None:
            arrived.append({"of": guest.id, "at_event": guest.event_id, "to": moment})
        elif moment and moment != known:
            db.session.connection().execute(_CHANGE_ARRIVAL, {"of": guest.id, "to": moment})
        elif known and moment is None:
            db.session.connection().execute(_DELETE_ARRIVAL, {"of": guest.id})
    for statement, rows in _writes(new_scans, arrived):
        if is_last:
            write_last(db.session(), statement, rows)
        else:
            db.session.connection().execute(statement, rows)
    return arrivals


def _writes(scans: Rows, arrived: Rows) -> list[tuple[Insert, Rows]]:
    if len(scans) == len(arrived) == 1 and db.engine.dialect.name == "postgresql":
        return [(_WRITE_BOTH, [{**scans[0], **arrived[0]}])]
    return [(statement, rows) for statement, rows in ((_WRITE_SCAN, scans), (_WRITE_ARRIVAL, arrived)) if rows]
