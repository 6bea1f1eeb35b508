"""Which device asks: read from the token that comes with a request."""

from flask import request
from sqlalchemy import bindparam, exists, select

from app.checkin.models import Device
from app.core.access import Principal, Role
from app.core.clock import now
from app.core.codes import fingerprint
from app.core.db import db, table_of
from app.events.models import Event
from app.organisations.models import Membership

_GATE = frozenset({Role.GATE})
_opener_works_there = exists().where(
    Membership.user_id == Device.opened_by_id,
    Membership.organisation_id == Event.host_id,
    Membership.ended_at.is_(None),
)
_DEVICE = table_of(Device)
_OPEN_DEVICE = (  # built once, for every scan begins with it
    select(_DEVICE.c.id, _DEVICE.c.event_id, _DEVICE.c.opened_at)
    .join_from(_DEVICE, table_of(Event), Event.id == Device.event_id)
    .where(
        _DEVICE.c.token_hash == bindparam("token_hash"),
        _DEVICE.c.expires_at > bindparam("at"),
        _DEVICE.c.revoked_at.is_(None),
        _opener_works_there,
    )
)


def principal_of_device() -> Principal | None:
    """Return the device whose token came with the request.

    None once it was closed or has expired, and once whoever opened it no longer works for the event's host.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    asked = {"token_hash": fingerprint(token), "at": now()}
    with db.engine.connect() as connection:  # not the session's: a scan writes, and begins there by itself
        device = connection.execute(_OPEN_DEVICE, asked).one_or_none()
    if device is None:
        return None
    return Principal(roles=_GATE, device_id=device.id, event_id=device.event_id, opened_at=device.opened_at)
