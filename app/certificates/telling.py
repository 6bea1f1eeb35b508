"""Telling people that a certificate of theirs is there, or counts no longer."""

from collections.abc import Sequence
from datetime import datetime

from app.certificates.models import Certificate
from app.core.db import db
from app.events.models import Event
from app.messages.models import MessageKind
from app.messages.sending import News, Reader, tell, tell_all


def tell_issued(event: Event, certificates: Sequence[Certificate], *, at: datetime) -> None:
    """Tell everybody whose certificate was issued just now."""
    tell_all(_news(MessageKind.CERTIFICATE, event), [_reader(one) for one in certificates], at=at)


def tell_revoked(certificate: Certificate, reason: str, *, at: datetime) -> None:
    """Tell somebody that a certificate is void, and why."""
    event = db.session.get_one(Event, certificate.event_id)
    tell(_news(MessageKind.CERTIFICATE_VOID, event, reason=reason), _reader(certificate), at=at)


def _news(kind: MessageKind, event: Event, **facts: str) -> News:
    return News(kind, event.host_id, {"event": event.title, "contact": event.contact, **facts}, event.id)


def _reader(certificate: Certificate) -> Reader:
    registration = certificate.registration
    return Reader(registration.person_id, registration.id, {"number": certificate.number})
