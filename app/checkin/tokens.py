"""Which device asks: read from the token that comes with a request."""

from flask import request
from sqlalchemy import Select, exists, select

from app.checkin.models import Device
from app.core.access import Principal, Role
from app.core.clock import now
from app.core.codes import fingerprint
from app.core.db import db
from app.events.models import Event
from app.organisations.models import Membership


def principal_of_device() -> Principal | None:
    """Return the device whose token came with the request.

    None once it was closed or has expired, and once whoever opened it no longer works for the event's host.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    device = db.session.scalar(_open_devices().where(Device.token_hash == fingerprint(token)))
    if device is None or device.expires_at <= now():
        return None
    return Principal(roles=frozenset({Role.GATE}), device_id=device.id, event_id=device.event_id)


def _open_devices() -> Select[Device]:
    opener_works_there = exists().where(
        Membership.user_id == Device.opened_by_id,
        Membership.organisation_id == Event.host_id,
        Membership.ended_at.is_(None),
    )
    return select(Device).join(Device.event).where(Device.revoked_at.is_(None), opener_works_there)
