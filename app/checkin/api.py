"""The scanner's JSON: tokens only, never cookies; any number of scans at a time, each with its own key."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Flask, abort, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from app.checkin import queries
from app.checkin.models import Source
from app.checkin.operations import Gate, Judged, report_scans
from app.checkin.taking_in import Seen
from app.checkin.verdicts import words
from app.core.access import Role, allow, principal
from app.core.audit import note_search
from app.core.clock import now
from app.core.codes import read_code
from app.core.csrf import csrf
from app.core.db import LARGEST_ID, transact
from app.events.models import Registration
from app.people.whose import whose_of

bp = Blueprint("api", __name__, url_prefix="/api/v1")
_GATE_SOURCES = [source.value for source in Source if source is not Source.STAFF]


class ScanIn(Schema):
    """One scan: its key, and either the code as it was read or the person picked from the list."""

    id = fields.UUID(required=True)
    code = fields.String(validate=validate.Length(max=300), allow_none=True)
    registration_id = fields.Integer(allow_none=True, validate=validate.Range(1, LARGEST_ID))
    scanned_at = fields.AwareDateTime(required=True, default_timezone=UTC)
    source = fields.String(required=True, validate=validate.OneOf(_GATE_SOURCES))

    @validates_schema
    def _names_somebody(self, scan: dict[str, Any], **_: Any) -> None:
        if bool(scan.get("code")) == bool(scan.get("registration_id")):
            raise ValidationError("either code or registration_id")


class BatchIn(Schema):
    """What a device sends: its clock, so that ours can put the times right, and one to fifty scans.

    ``counts`` asks for the head counts too; to count a full hall costs as much as a third of a scan, so a device that
    scans one person after the other asks every few seconds only.
    """

    device_time = fields.AwareDateTime(required=True, default_timezone=UTC)
    counts = fields.Boolean(load_default=False)
    scans = fields.List(fields.Nested(ScanIn), required=True, validate=validate.Length(min=1, max=50))


class LookUpIn(Schema):
    """The beginning of a name, its pinyin or its initials."""

    q = fields.String(required=True, validate=[validate.Length(max=60), validate.Regexp(r".*\S")])


_BATCH, _LOOK_UP = BatchIn(), LookUpIn()


@bp.post("/events/<int:event_id>/scans")
@allow(Role.GATE)
def report(event_id: int) -> ResponseReturnValue:
    """Take scans in; sending the same ones again gives the same answers.

    Answers in the order of the scans, and the head counts after them if they were asked for, else null; name and
    slot only for people of this event.
    """
    gate = _gate_at(event_id)
    batch = _read(_BATCH, request.get_json())
    scans = [_seen(scan, batch["device_time"]) for scan in batch["scans"]]
    judged = transact(report_scans, gate, scans, at=now(), is_last=True)
    counts = vars(queries.head_counts(event_id)) if batch["counts"] else None
    return {"results": [_result(one) for one in judged], "counts": counts}


@bp.post("/events/<int:event_id>/registrations/search")
@allow(Role.GATE)
def look_up(event_id: int) -> ResponseReturnValue:
    """Find people of the event by name, for those whose phone is flat or forgotten: at most twenty.

    It is asked by POST because addresses are kept on the way, and names are not to be.
    """
    gate = _gate_at(event_id)
    found = queries.look_up(event_id, _read(_LOOK_UP, request.get_json())["q"])
    whose = whose_of((one.person for one in found), "name")
    note_search("door", event_id, whose, by=queries.opener_of(gate.device_id))
    arrivals = queries.arrivals([one.id for one in found])
    return {"registrations": [_found(one, arrivals.get(one.id)) for one in found]}


def _read(schema: Schema, sent: Any) -> dict[str, Any]:
    try:
        read: dict[str, Any] = schema.load(sent)
    except ValidationError:
        abort(422)
    return read


def _gate_at(event_id: int) -> Gate:
    device = principal()
    if device.device_id is None or device.opened_at is None or device.event_id != event_id:
        abort(404)
    return Gate(device.device_id, event_id, device.opened_at)


def _seen(scan: Mapping[str, Any], device_time: datetime) -> Seen:
    typed = scan.get("code")
    return Seen(
        key=scan["id"],
        code=(read_code(typed) or "") if typed else None,
        registration_id=scan.get("registration_id"),
        happened_at=_put_right(scan["scanned_at"], device_time),
        source=Source(scan["source"]),
    )


def _put_right(scanned_at: datetime, device_time: datetime) -> datetime:
    """Return when it was by our clock; a scan from beyond the calendar still happened, so it happened now."""
    try:
        return now() + (scanned_at - device_time)
    except OverflowError:
        return now()


def _result(judged: Judged) -> dict[str, Any]:
    guest = judged.guest
    return {
        "id": str(judged.key),
        "verdict": judged.verdict.value,
        "message": words(judged.verdict, guest, judged.arrived_at),
        "name": guest.name if guest else None,
        "slot": guest.slot if guest else None,
        "arrived_at": _written(judged.arrived_at),
    }


def _found(registration: Registration, arrived_at: datetime | None) -> dict[str, Any]:
    return {
        "id": registration.id,
        "name": registration.person.name,
        "school": registration.school.name if registration.school else None,
        "class_name": registration.class_name or None,
        "slot": registration.slot.title,
        "arrived_at": _written(arrived_at),
    }


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def init_api(app: Flask) -> None:
    """Attach the API; it has no cookies, so it needs no CSRF token."""
    app.register_blueprint(bp)
    csrf.exempt(bp)
