"""Who may agree for a minor, the text they were shown, what they answered, and what holds of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, unique_where
from app.organisations.models import Organisation
from app.people.models import Person

DRAWN_SEALED_FOR = "drawn signature"


class GuardianRelation(StrEnum):
    """What somebody is to a minor."""

    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"  # another legal guardian
    CARER = "carer"  # 受委托照护人: may be contacted and collect the child, and not consent (未成年人保护法 22)


class GuardianSource(StrEnum):
    """Who says so: only a school's roster is a ground to prove a phone number by."""

    TYPED = "typed"  # on the page that a link opens, by whoever held it
    ROSTER = "roster"
    ACCOUNT = "account"  # a parent's own


class Guardian(Base):
    """Somebody who stands beside a minor. Name and phone are in `GuardianContact`, which can be erased."""

    __tablename__ = "guardians"
    __table_args__ = (
        CheckConstraint("relation IN ('mother', 'father', 'guardian', 'carer')", name="relation"),
        CheckConstraint("(source = 'roster') = (school_id IS NOT NULL)", name="roster_of_a_school"),
        CheckConstraint("(source = 'account') = (user_id IS NOT NULL)", name="account_of_somebody"),
        unique_where(
            "uq_guardians_account", "person_id", "user_id", where="user_id IS NOT NULL AND removed_at IS NULL"
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    relation: Mapped[GuardianRelation]
    source: Mapped[GuardianSource]
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    contact: Mapped["GuardianContact | None"] = relationship(
        back_populates="guardian", cascade="all, delete-orphan", lazy="joined"
    )

    @property
    def may_consent(self) -> bool:
        """Whether the law lets them agree."""
        return self.relation is not GuardianRelation.CARER


class GuardianContact(Base):
    """A guardian's name and phone: what is erased when it has to be."""

    __tablename__ = "guardian_contacts"

    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardians.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str]
    phone: Mapped[str | None] = mapped_column(index=True)

    guardian: Mapped[Guardian] = relationship(back_populates="contact")


class Notice(Base):
    """《致家长的一封信》 of a unit: replaced by a later version, never changed. ``reviewed_at`` is when somebody of the
    unit said that these are its words; until then it is the text that comes with the program."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("organisation_id", "version", name="uq_notices_organisation_id"),
        CheckConstraint("(reviewed_at IS NULL) = (reviewed_by_id IS NULL)", name="reviewed_by_somebody"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    version: Mapped[int]
    text_zh: Mapped[str]
    text_en: Mapped[str]
    text_hash: Mapped[str]  # SHA-256 of both texts: what was agreed to
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    organisation: Mapped[Organisation] = relationship()


class Purpose(StrEnum):
    """What a guardian is asked about, each on its own."""

    TAKING_PART = "taking_part"
    HEALTH = "health"  # notes on diet, health, mobility
    PHOTOS = "photos"
    SHARING = "sharing"  # with the other side of an exchange
    PAIRING = "pairing"


class Answer(StrEnum):
    """What was said about a purpose."""

    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


class Strength(StrEnum):
    """What an answer is proven by. A birth date proves nothing: the child knows it, too."""

    ROSTER_PHONE = "roster_phone"  # the phone of the school's roster, and a one-time code sent there
    CALLED = "called"  # by the form teacher, who says when
    PAPER = "paper"  # on paper, confirmed by a second person
    UNVERIFIED = "unverified"


class Consent(Base):
    """Evidence: one answer about one purpose; written once. Ids and hashes only, names stand in `ConsentSigner`.

    Those of one form share a ``sheet``. ``scope`` says what it covers, see `app.people.consents.scopes`.
    """

    __tablename__ = "consents"
    __table_args__ = (
        Index("ix_consents_person_id_scope", "person_id", "scope", "id"),
        CheckConstraint("purpose IN ('taking_part', 'health', 'photos', 'sharing', 'pairing')", name="purpose"),
        CheckConstraint("answer IN ('yes', 'no', 'withdrawn')", name="answer"),
        CheckConstraint("strength IN ('roster_phone', 'called', 'paper', 'unverified')", name="strength"),
        CheckConstraint(
            "strength NOT IN ('called', 'paper') OR (by_id IS NOT NULL AND proven_at IS NOT NULL)",
            name="proven_by_somebody",
        ),
        CheckConstraint(
            "strength <> 'paper' OR (entered_by_id IS NOT NULL AND entered_by_id <> by_id)", name="paper_second_person"
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    scope: Mapped[str]
    purpose: Mapped[Purpose]
    answer: Mapped[Answer]
    strength: Mapped[Strength]
    sheet: Mapped[str] = mapped_column(index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardians.id"))
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"))
    notice_hash: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # whose account; None: by link
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who typed the paper in
    proven_at: Mapped[datetime | None]  # when the call was, or the paper was confirmed


class ConsentSigner(Base):
    """Who typed a name under a sheet, in which browser, and for nights away the signature drawn with a finger (see
    `app.people.consents.drawn`): what is erased when it has to be."""

    __tablename__ = "consent_signers"

    sheet: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    browser_hash: Mapped[str] = mapped_column(default="")
    drawn: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, info={"sealed_for": DRAWN_SEALED_FOR})


class ConsentInForce(Base):
    """What holds for a person within a scope. Confirmed places lean on it by a foreign key, so that it cannot be taken
    away while somebody has one.

    ``agreed`` has the purposes agreed to, and whether each is proven. Withdrawn, what is over leans on a row of its
    own, whose scope begins with ``past:``.
    """

    __tablename__ = "consents_in_force"
    __table_args__ = (
        UniqueConstraint("id", "person_id", "scope", "is_proven", name="uq_consents_in_force_id"),
        UniqueConstraint("person_id", "scope", name="uq_consents_in_force_person_id"),
        CheckConstraint("strength IN ('roster_phone', 'called', 'paper', 'unverified')", name="strength"),
        CheckConstraint("is_proven = (strength <> 'unverified')", name="proven_by_its_strength"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    scope: Mapped[str]
    strength: Mapped[Strength]
    is_proven: Mapped[bool]
    agreed: Mapped[dict[str, bool]] = mapped_column(JSON)
    sheet: Mapped[str]
    since: Mapped[datetime]
