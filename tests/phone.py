"""A phone at the door, as its program speaks to ours."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.checkin.models import Device
from app.core.clock import now
from app.events.models import Event, Registration


@dataclass
class Phone:
    """A phone at the door, and somebody who has a place."""

    client: FlaskClient
    event: Event
    device: Device
    token: str
    registration: Registration

    def scan(self, **changes: Any) -> dict[str, Any]:
        """Return a scan of the person's code."""
        values = {"id": str(uuid4()), "code": self.registration.code, "scanned_at": now().isoformat()}
        return values | {"source": "camera"} | changes

    def send(self, *scans: dict[str, Any], event_id: int | None = None, **batch: Any) -> TestResponse:
        """Report scans."""
        body = {"device_time": now().isoformat(), "scans": list(scans)} | batch
        path = f"/api/v1/events/{event_id or self.event.id}/scans"
        return self.client.post(path, json=body, headers=self.headers)

    def look_up(self, text: str) -> TestResponse:
        """Look for a name."""
        path = f"/api/v1/events/{self.event.id}/registrations/search"
        return self.client.post(path, json={"q": text}, headers=self.headers)

    @property
    def headers(self) -> dict[str, str]:
        """What the phone signs its requests with."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}
