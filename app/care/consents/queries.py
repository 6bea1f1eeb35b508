"""What a guardian's page shows, and whom staff has to call."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import joinedload

from app.care.consents.models import GuardianAsk, GuardianLink
from app.care.consents.of_programmes import application_within
from app.care.consents.purposes import extras_of
from app.certificates.models import Certificate
from app.core.access import Principal, Role
from app.core.db import db
from app.events.models import Event, Registration, RegistrationState, Slot
from app.events.queries import registrations_run_by
from app.events.registration.consenting import covering
from app.events.registration.leaning import covered, within
from app.events.registration.scopes import is_overnight, scope_of
from app.people.consents.guardians import guardians_of
from app.people.consents.models import Consent, ConsentInForce, Guardian, Purpose
from app.people.consents.scopes import pairing_round_of, programme_of
from app.people.models import Enrolment
from app.people.queries import records_of
from app.programmes.applications.consenting import holds
from app.programmes.models import UNANSWERED, Application


@dataclass(frozen=True)
class Asked:
    """One child and what it is about: the places, which purposes apply, and what holds of the answers."""

    ask: GuardianAsk
    places: Sequence[Registration]
    consent: ConsentInForce | None
    has_answered: bool
    certificates: Sequence[Certificate] = field(default_factory=tuple)
    application: Application | None = None  # of a programme's scope

    @property
    def events(self) -> list[Event]:
        """The events of its places, each once."""
        return list(dict.fromkeys(one.slot.event for one in self.places))

    @property
    def is_held(self) -> bool:
        """Whether a place still waits for somebody."""
        waits = self.application is not None and self.application.state in UNANSWERED
        if self.application and self.application.side.programme.is_cancelled:
            waits = False
        return waits or any(not one.slot.event.is_cancelled for one in self._held)

    @property
    def is_covered(self) -> bool:
        """Whether what was agreed to for a programme confirms all places."""
        return bool(self.places) and all(one.consent_id and not one.is_agreed for one in self.places)

    @property
    def is_outgrown(self) -> bool:
        """Whether a place waits that the answer to the programme does not cover any more, for that goes further now."""
        if self.application is None or self.consent is None:
            return False
        return self.is_held and not holds(self.consent, self.application.side.programme)

    @property
    def called_off(self) -> list[Event]:
        """The events of held places that do not take place: there is nothing to answer, while it stays so."""
        return [one for one in dict.fromkeys(place.slot.event for place in self._held) if one.is_cancelled]

    @property
    def _held(self) -> list[Registration]:
        return [one for one in self.places if one.state is RegistrationState.HELD]

    @property
    def is_overnight(self) -> bool:
        """Whether the child is away for a night."""
        if self.application:
            return self.application.side.programme.nights_away
        return any(is_overnight(one.slot) for one in self.places)

    @property
    def extras(self) -> list[Purpose]:
        """What is asked besides taking part: only what applies."""
        if self.application:
            return [one for one in self.application.side.programme.purposes if one is not Purpose.TAKING_PART]
        return extras_of(one.slot for one in self.places)


@dataclass(frozen=True)
class ToCall:
    """A place that waits for a guardian: who there is to call, and what was answered so far."""

    registration: Registration
    guardians: Sequence[Guardian]
    consent: ConsentInForce | None
    has_objection: bool


def asked_by(link: GuardianLink) -> list[Asked]:
    """Return what a link asks about, child by child."""
    return [_asked(one) for one in link.asks if pairing_round_of(one.scope) is None]


def calls_of(event_id: int) -> list[ToCall]:
    """Return the places of an event that wait for a guardian, by class and name."""
    held = _held().where(Slot.event_id == event_id)
    return _to_call(held)


def calls_of_school(school_id: int) -> list[ToCall]:
    """Return the places of a school's own pupils that wait for a guardian."""
    return _to_call(_held().where(_is_pupil_of([school_id])))


def registrations_to_call(principal: Principal) -> Select[Registration]:
    """Return the places whose guardians somebody may call: of the host's events, and of a school's own pupils."""
    run = registrations_run_by(principal).with_only_columns(Registration.id)
    own = _is_pupil_of(principal.units(Role.SCHOOL))
    return select(Registration).where(Registration.id.in_(run) | own)


def _held() -> Select[Registration]:
    return (
        select(Registration)
        .join(Registration.person)
        .join(Registration.slot)
        .join(Slot.event)
        .where(Registration.state == RegistrationState.HELD, Registration.series_of_id.is_(None))
        .where(Event.cancelled_at.is_(None))
        .options(joinedload(Registration.slot).joinedload(Slot.event), joinedload(Registration.person))
        .order_by(Registration.class_name, Registration.id)
        .limit(500)
    )


def _is_pupil_of(school_ids: Collection[int]) -> ColumnElement[bool]:
    confirmed = exists().where(
        Enrolment.person_id == Registration.person_id,
        Enrolment.school_id == Registration.school_id,
        Enrolment.confirmed_at.is_not(None),
    )
    return Registration.school_id.in_(school_ids) & confirmed


def _to_call(held: Select[Registration]) -> list[ToCall]:
    found = db.session.scalars(held).all()
    by_slot: dict[Slot, list[int]] = {}
    for one in found:
        by_slot.setdefault(one.slot, []).append(one.person_id)
    in_force = {slot: covering(slot, person_ids) for slot, person_ids in by_slot.items()}
    return [_call_about(one, in_force[one.slot].get(one.person_id)) for one in found]


def _call_about(one: Registration, consent: ConsentInForce | None) -> ToCall:
    theirs = (Consent.person_id.in_(records_of(one.person_id)), Consent.scope == scope_of(one.slot))
    has_objection = consent is None and db.session.scalar(select(Consent.id).where(*theirs).limit(1)) is not None
    return ToCall(one, guardians_of(one.person_id), consent, has_objection)


def _asked(ask: GuardianAsk) -> Asked:
    application = application_within(ask.person_id, ask.scope)
    found = db.session.scalars(within(ask.person_id, ask.scope).order_by(Slot.starts_at, Slot.id)).unique()
    places = covered(found, ask.scope)
    if programme_of(ask.scope) and application is None:  # an answer confirms nothing new any more
        places = [one for one in places if one.consent_scope == ask.scope]
    said = (
        select(Consent.id).where(Consent.person_id.in_(records_of(ask.person_id)), Consent.scope == ask.scope).limit(1)
    )
    papers = select(Certificate).join(Registration, Registration.id == Certificate.registration_id)
    own = papers.where(Registration.person_id == ask.person_id, Certificate.revoked_at.is_(None))
    return Asked(
        ask,
        places,
        _in_force(ask.person_id, ask.scope),
        db.session.scalar(said) is not None,
        db.session.scalars(own.order_by(Certificate.id)).all() if ask.link.is_page else (),
        application,
    )


def _in_force(person_id: int, scope: str) -> ConsentInForce | None:
    theirs = (ConsentInForce.person_id == person_id, ConsentInForce.scope == scope)
    return db.session.scalar(select(ConsentInForce).where(*theirs))
