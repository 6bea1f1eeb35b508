"""What a private page shows, child by child: the answers, and, where it is proven whose page it is, the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.care.auditing.queries import EntriesWanted, page_of_entries
from app.care.consents.models import GuardianAsk, GuardianLink
from app.care.consents.queries import Asked, asked_by
from app.care.correcting.models import DataCorrection
from app.care.correcting.operations import latest_correction
from app.care.erasing.requests import latest_request
from app.care.models import Erasure
from app.care.pairs.asked import AskedPair, pairs_asked
from app.certificates.models import Certificate
from app.checkin.collecting_models import Collection
from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, Slot
from app.organisations.models import Organisation
from app.people.consents.collectors import Collector, collectors_of
from app.people.consents.models import Purpose
from app.people.models import Person

_SHOWN = 30  # of what somebody took part in: years of it


@dataclass(frozen=True)
class Whole:
    """What is shown of a child only to the guardian: what it took part in, and who fetched it, by registration."""

    registrations: Sequence[Registration]
    certificates: Sequence[Certificate]
    collections: Mapping[int, Collection]
    collectors: Sequence[Collector]
    erasure: Erasure | None
    correction: DataCorrection | None


@dataclass(frozen=True)
class Child:
    """One child of a page: what was answered, and the whole of it where the page is the guardian's."""

    person: Person
    asked: list[Asked] = field(default_factory=list)
    whole: Whole | None = None
    pairs: list[AskedPair] = field(default_factory=list)

    @property
    def ask(self) -> GuardianAsk:
        """What stands for the child in forms."""
        return self.asked[0].ask if self.asked else self.pairs[0].ask


def children_on(link: GuardianLink) -> list[Child]:
    """Return what a private page shows, by child, in the order in which they were asked about."""
    found: dict[int, Child] = {}
    for one in asked_by(link):
        _child_of(one.ask, found).asked.append(one)
    for pair in pairs_asked(link, at=now()):
        _child_of(pair.ask, found).pairs.append(pair)
    return list(found.values())


def purposes_of(asked: Asked) -> list[Purpose]:
    """Return what can be changed one by one: what was asked besides taking part, or is agreed to."""
    agreed = [Purpose(name) for name in asked.consent.agreed] if asked.consent else []
    return [one for one in dict.fromkeys([*asked.extras, *agreed]) if one is not Purpose.TAKING_PART]


def whole_of(person_id: int) -> Whole:
    """Return everything a guardian sees about a child."""
    theirs = select(Registration).join(Registration.slot).where(Registration.person_id == person_id)
    latest = theirs.order_by(Slot.starts_at.desc(), Registration.id.desc()).limit(_SHOWN)
    registrations = db.session.scalars(latest.options(joinedload(Registration.slot).joinedload(Slot.event))).all()
    papers = select(Certificate).join(Certificate.registration).where(Registration.person_id == person_id)
    return Whole(
        registrations,
        db.session.scalars(papers.where(Certificate.revoked_at.is_(None)).order_by(Certificate.id.desc())).all(),
        _collections_of([one.id for one in registrations]),
        collectors_of([person_id]),
        latest_request(person_id),
        latest_correction(person_id),
    )


def page_of_reads(person_id: int, after: str | None) -> tuple[Sequence[AccessEntry], str | None]:
    """Return a page of who read a child's data, the latest first, and the key of the next one."""
    return page_of_entries(EntriesWanted(person_id), after)


def units_in(entries: Sequence[AccessEntry]) -> dict[int, str]:
    """Return what the units are called for which somebody read."""
    ids = {one.unit_id for one in entries if one.unit_id}
    found = db.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)))
    return {row.id: row.name for row in found}


def _child_of(ask: GuardianAsk, found: dict[int, Child]) -> Child:
    if ask.person_id not in found:
        whole = whole_of(ask.person_id) if ask.opened_at is not None else None
        found[ask.person_id] = Child(ask.person, [], whole)
    return found[ask.person_id]


def _collections_of(registration_ids: list[int]) -> dict[int, Collection]:
    theirs = (Collection.registration_id.in_(registration_ids), Collection.undone_at.is_(None))
    found = select(Collection).where(*theirs).options(joinedload(Collection.collector))
    return {one.registration_id: one for one in db.session.scalars(found)}
