"""People's places in slots, or in line for them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.codes import new_code
from app.core.db import Base, unique_where
from app.events.models.slot import Slot
from app.organisations.models import Organisation
from app.people.consents.models import ConsentInForce
from app.people.models import Person


class RegistrationState(StrEnum):
    """Held places wait for a guardian, offered ones for an answer. Whoever waits is in line; whoever applied waits for
    a decision or the draw."""

    CONFIRMED = "confirmed"
    HELD = "held"
    OFFERED = "offered"
    WAITING = "waiting"
    APPLIED = "applied"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    LAPSED = "lapsed"  # nobody answered in time


PLACED = (RegistrationState.CONFIRMED, RegistrationState.HELD)  # has a place, comes, is told what changes
TAKING = (*PLACED, RegistrationState.OFFERED)  # counts in ``Slot.taken``
PENDING = (RegistrationState.OFFERED, RegistrationState.WAITING, RegistrationState.APPLIED)
OPEN = (*PLACED, *PENDING)  # at most one a person and slot
OVER = (RegistrationState.CANCELLED, RegistrationState.REFUSED, RegistrationState.LAPSED)
IS_OPEN = "state IN ('confirmed', 'held', 'offered', 'waiting', 'applied')"
IS_PENDING = "state IN ('offered', 'waiting', 'applied')"


class Source(StrEnum):
    """By which way somebody was entered."""

    FORM = "form"
    STAFF = "staff"
    WALK_IN = "walk_in"  # 现场补报
    SUBSTITUTE = "substitute"  # 同校替补
    SERIES = "series"
    SWAP = "swap"


class Party(Base):
    """People who come together or not at all (结伴报名)."""

    __tablename__ = "parties"

    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"), index=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class OfferAnswer(StrEnum):
    """What became of an offer."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"


class Offer(Base):
    """A place that became free, held for the head of the waiting list until a moment (递补通知)."""

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered_at"),
        Index(
            "ix_offers_open",
            "lapses_at",
            postgresql_where=text("answered_at IS NULL"),
            sqlite_where=text("answered_at IS NULL"),
        ),
    )

    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"), index=True)
    made_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[OfferAnswer | None]


class Registration(Base):
    """A person's place in a slot, or in line for one, with the code shown at the door.

    ``fourteen_on`` follows the person's birth date by one composite key, the consent in force by another, so the
    database itself refuses a confirmed place of a child under 14 without a proven one (个人信息保护法 31), whoever
    writes it; and the end of a consent while a place leans on it. A held place leans on an answer that has yet to be
    proven. Those of a party have ``party_id`` in common; in
    line, they have the same ``line``. ``companions`` stand with the first of a party.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        ForeignKeyConstraint(
            ["person_id", "fourteen_on"],
            ["people.id", "people.fourteen_on"],
            onupdate="CASCADE",
            name="fk_registrations_person",
        ),
        CheckConstraint(
            "state IN ('confirmed', 'held', 'offered', 'waiting', 'applied', 'cancelled', 'refused', 'lapsed')",
            name="state",
        ),
        ForeignKeyConstraint(
            ["consent_id", "person_id", "consent_scope", "consent_proven"],
            [ConsentInForce.id, ConsentInForce.person_id, ConsentInForce.scope, ConsentInForce.is_proven],
            onupdate="CASCADE",
            name="fk_registrations_consent",
        ),
        CheckConstraint(
            "state <> 'confirmed' OR fourteen_on <= registered_on OR (consent_id IS NOT NULL AND consent_proven)",
            name="no_child_without_consent",
        ),
        CheckConstraint(
            "(consent_id IS NULL) = (consent_scope IS NULL) AND (consent_id IS NULL) = (consent_proven IS NULL)",
            name="whole_consent",
        ),
        CheckConstraint(
            "(state IN ('cancelled', 'refused', 'lapsed')) = (cancelled_at IS NOT NULL)", name="cancelled_at"
        ),
        CheckConstraint("(state = 'waiting') = (line IS NOT NULL)", name="waits_in_line"),
        CheckConstraint("state <> 'offered' OR offer_id IS NOT NULL", name="offered_with_an_offer"),
        CheckConstraint("companions >= 0", name="companions"),
        unique_where("uq_registrations_active", "slot_id", "person_id", where=IS_OPEN),
        unique_where("uq_registrations_series_of_id", "series_of_id", "slot_id", where="series_of_id IS NOT NULL"),
        Index("ix_registrations_slot_id", "slot_id", "id"),
        Index(
            "ix_registrations_cancelled",
            "slot_id",
            postgresql_where=text("state = 'cancelled'"),
            sqlite_where=text("state = 'cancelled'"),
        ),
        Index(
            "ix_registrations_pending",
            "slot_id",
            "state",
            "line",
            postgresql_where=text(IS_PENDING),
            sqlite_where=text(IS_PENDING),
        ),
        Index(
            "ix_registrations_held_until",
            "held_until",
            postgresql_where=text("state = 'held'"),
            sqlite_where=text("state = 'held'"),
        ),
        Index(
            "ix_registrations_consent_id",
            "consent_id",
            postgresql_where=text("consent_id IS NOT NULL"),
            sqlite_where=text("consent_id IS NOT NULL"),
        ),
        Index("ix_registrations_person_id", "person_id"),
        Index("ix_registrations_school_id", "school_id", "id"),
        Index(
            "ix_registrations_party_id",
            "party_id",
            postgresql_where=text("party_id IS NOT NULL"),
            sqlite_where=text("party_id IS NOT NULL"),
        ),
        Index(
            "ix_registrations_offer_id",
            "offer_id",
            postgresql_where=text("offer_id IS NOT NULL"),
            sqlite_where=text("offer_id IS NOT NULL"),
        ),
        Index(
            "ix_registrations_substitute_for_id",
            "substitute_for_id",
            postgresql_where=text("substitute_for_id IS NOT NULL"),
            sqlite_where=text("substitute_for_id IS NOT NULL"),
        ),
    )

    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"))
    person_id: Mapped[int]
    fourteen_on: Mapped[date]
    registered_on: Mapped[date]  # the day in Asia/Shanghai: that of the age
    registered_at: Mapped[datetime]
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    state: Mapped[RegistrationState]
    source: Mapped[Source] = mapped_column(default=Source.FORM)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    class_name: Mapped[str] = mapped_column(default="")
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    companions: Mapped[int] = mapped_column(default=0)
    line: Mapped[int | None]
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offers.id"))
    allotment_id: Mapped[int | None] = mapped_column(ForeignKey("allotments.id"))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation_links.id"))
    application_no: Mapped[str | None]  # of a lottery: lists show it, never a name
    held_until: Mapped[datetime | None]
    consent_id: Mapped[int | None]  # the consent in force that it leans on, with its scope and whether it is proven
    consent_scope: Mapped[str | None]
    consent_proven: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"))
    series_of_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"))  # the first of a series
    reason: Mapped[str] = mapped_column(default="")  # of the host's decision, or of whoever left
    cancelled_at: Mapped[datetime | None]
    cancelled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    slot: Mapped[Slot] = relationship()
    person: Mapped[Person] = relationship(
        primaryjoin="Registration.person_id == Person.id", foreign_keys="Registration.person_id"
    )
    school: Mapped[Organisation | None] = relationship()
    offer: Mapped[Offer | None] = relationship()
    substitute_for: Mapped["Registration | None"] = relationship(
        remote_side="Registration.id", foreign_keys=substitute_for_id
    )

    @property
    def is_active(self) -> bool:
        """Whether its person comes."""
        return self.state in PLACED

    @property
    def is_agreed(self) -> bool:
        """Whether a guardian has agreed to a place that is still held: it has yet to be proven who that was."""
        return self.state is RegistrationState.HELD and self.consent_id is not None

    @property
    def is_open(self) -> bool:
        """Whether it has a place or may still get one."""
        return self.state in OPEN
