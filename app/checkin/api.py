"""The scanner's JSON: tokens only, never cookies; any number of scans at a time, each with its own key."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Flask, abort
from flask_smorest import Api, Blueprint
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from app.checkin import queries
from app.checkin.models import Source
from app.checkin.operations import Judged, report_scans
from app.checkin.taking_in import Seen
from app.checkin.verdicts import words
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.codes import read_code
from app.core.csrf import csrf
from app.core.db import LARGEST_ID, transact

bp = Blueprint("api", __name__, url_prefix="/api/v1", description="What a device at the door needs")
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
    """What a device sends: its clock, so that ours can put the times right, and one to fifty scans."""

    device_time = fields.AwareDateTime(required=True, default_timezone=UTC)
    scans = fields.List(fields.Nested(ScanIn), required=True, validate=validate.Length(min=1, max=50))


class VerdictOut(Schema):
    """The answer to one scan; name and slot only for people of this event."""

    id = fields.UUID()
    verdict = fields.String()
    message = fields.String()
    name = fields.String(allow_none=True)
    slot = fields.String(allow_none=True)
    arrived_at = fields.AwareDateTime(allow_none=True)


class CountsOut(Schema):
    """Heads, not scans."""

    registered = fields.Integer()
    arrived = fields.Integer()


class BatchOut(Schema):
    """The answers in the order of the scans, and the counts after them."""

    results = fields.List(fields.Nested(VerdictOut))
    counts = fields.Nested(CountsOut)


class FoundOut(Schema):
    """Somebody found by name."""

    id = fields.Integer()
    name = fields.String()
    school = fields.String(allow_none=True)
    class_name = fields.String(allow_none=True)
    slot = fields.String()
    arrived_at = fields.AwareDateTime(allow_none=True)


class FoundListOut(Schema):
    """At most twenty of them."""

    registrations = fields.List(fields.Nested(FoundOut))


class LookUpIn(Schema):
    """The beginning of a name, its pinyin or its initials."""

    q = fields.String(required=True, validate=[validate.Length(max=60), validate.Regexp(r".*\S")])


@bp.post("/events/<int:event_id>/scans")
@allow(Role.GATE)
@bp.arguments(BatchIn)
@bp.response(200, BatchOut)
def report(batch: dict[str, Any], event_id: int) -> dict[str, Any]:
    """Take scans in; sending the same ones again gives the same answers."""
    device_id = _device_at(event_id)
    scans = [_seen(scan, batch["device_time"]) for scan in batch["scans"]]
    judged = transact(report_scans, device_id, scans, at=now())
    return {"results": [_result(one) for one in judged], "counts": queries.counts(event_id)}


@bp.get("/events/<int:event_id>/registrations")
@allow(Role.GATE)
@bp.arguments(LookUpIn, location="query")
@bp.response(200, FoundListOut)
def look_up(asked: dict[str, str], event_id: int) -> dict[str, Any]:
    """Find people of the event by name, for those whose phone is flat or forgotten."""
    _device_at(event_id)
    found = queries.look_up(event_id, asked["q"])
    arrivals = queries.arrivals([one.id for one in found])
    return {
        "registrations": [
            {
                "id": one.id,
                "name": one.person.name,
                "school": one.school.name if one.school else None,
                "class_name": one.class_name or None,
                "slot": one.slot.title,
                "arrived_at": arrivals.get(one.id),
            }
            for one in found
        ]
    }


def _device_at(event_id: int) -> int:
    device = principal()
    if device.device_id is None or device.event_id != event_id:
        abort(404)
    return device.device_id


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
    registration = judged.registration
    return {
        "id": judged.scan.key,
        "verdict": judged.scan.verdict.value,
        "message": words(judged.scan.verdict, registration, judged.arrived_at),
        "name": registration.person.name if registration else None,
        "slot": registration.slot.title if registration else None,
        "arrived_at": judged.arrived_at,
    }


class _JsonApi(Api):  # type: ignore[misc]
    """Answers in JSON for the API only; left alone it would turn the errors of every page into JSON."""

    def _register_error_handlers(self) -> None:
        pass


def init_api(app: Flask) -> None:
    """Attach the API; it has no cookies, so it needs no CSRF token."""
    _JsonApi(app).register_blueprint(bp)
    csrf.exempt(app.blueprints["api"])
