"""Issuing and revoking certificates."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update

from app.certificates.models import Certificate, CertificateSeries
from app.certificates.queries import still_without
from app.certificates.telling import tell_issued, tell_revoked
from app.core.clock import local_day
from app.core.db import db
from app.events.models import Event, Registration
from app.people.ages import ADULT_FROM, age_on


def issue(event_id: int, unprintable: Collection[int] = (), *, by: int, at: datetime) -> list[Certificate]:
    """Issue a certificate to everyone who was there and has none yet; a second time there is nobody left.

    ``unprintable`` are the ids of people whose names no font here can write: a paper with holes is worse than none.
    """
    event = db.session.get_one(Event, event_id, with_for_update={"key_share": True})
    waiting = [one for one in db.session.scalars(still_without(event_id)) if one.person_id not in unprintable]
    if not waiting:
        return []
    year = local_day(at).year
    first = _numbers(event.host_id, year, len(waiting))
    certificates = [
        _frozen(one, event, f"TX{event.host_id:03d}-{year}-{first + place:05d}", by=by, at=at)
        for place, one in enumerate(waiting)
    ]
    db.session.add_all(certificates)
    db.session.flush()
    tell_issued(event, certificates, at=at)
    return certificates


def revoke(certificate_id: int, reason: str, *, by: int, at: datetime) -> Certificate:
    """Declare a certificate void, visibly to whoever verifies it; its number is never given out again."""
    certificate = db.session.get_one(Certificate, certificate_id, with_for_update=True)
    if certificate.is_valid:
        certificate.revoked_at, certificate.revoked_by_id, certificate.revoke_reason = at, by, reason
        tell_revoked(certificate, reason, at=at)
    return certificate


def _numbers(host_id: int, year: int, how_many: int) -> int:
    """Take that many numbers out of the host's series of the year and return the first."""
    taken: int | None = db.session.scalar(
        update(CertificateSeries)
        .where(CertificateSeries.host_id == host_id, CertificateSeries.year == year)
        .values(last=CertificateSeries.last + how_many)
        .returning(CertificateSeries.last)
    )
    if taken is not None:
        return taken - how_many + 1
    db.session.add(CertificateSeries(host_id=host_id, year=year, last=how_many))
    db.session.flush()  # two hosts' staff at once: the second meets the unique row and runs again
    return 1


def _frozen(registration: Registration, event: Event, number: str, *, by: int, at: datetime) -> Certificate:
    slot, person = registration.slot, registration.person
    return Certificate(
        registration_id=registration.id,
        event_id=event.id,
        number=number,
        person_name=person.name,
        event_title=event.title,
        host_name=event.host.issuer,
        from_on=local_day(slot.starts_at),
        until_on=local_day(slot.ends_at),
        with_school_notice=age_on(person.born_on, local_day(slot.starts_at)) < ADULT_FROM,
        issued_on=local_day(at),
        issued_at=at,
        issued_by_id=by,
    )
