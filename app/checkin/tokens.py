"""Which device asks: read from the token that comes with a request."""

from flask import request
from sqlalchemy import select

from app.checkin.models import Device
from app.core.access import Principal, Role
from app.core.clock import now
from app.core.codes import fingerprint
from app.core.db import db


def principal_of_device() -> Principal | None:
    """Return the device whose token came with the request, unless it was revoked or has expired."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    device = db.session.scalar(select(Device).where(Device.token_hash == fingerprint(token)))
    if device is None or device.revoked_at or device.expires_at <= now():
        return None
    return Principal(roles=frozenset({Role.GATE}), device_id=device.id, event_id=device.event_id)
