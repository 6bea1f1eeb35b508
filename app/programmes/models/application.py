"""Who asked to take part in a programme, or was recommended, and what became of it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, unique_where
from app.organisations.models import Organisation
from app.people.consents.models import ConsentInForce
from app.people.models import Person
from app.programmes.models.side import Side


class ApplicationState(StrEnum):
    """Applied ones wait for a decision, those in reserve for a place, accepted ones for an answer of the family, held
    ones for a guardian."""

    APPLIED = "applied"
    RESERVE = "reserve"
    ACCEPTED = "accepted"
    HELD = "held"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    DECLINED = "declined"  # by the family, also after they had said yes
    LAPSED = "lapsed"  # nobody answered in time
    CANCELLED = "cancelled"  # by the host, or because the programme was called off


TAKING = (ApplicationState.ACCEPTED, ApplicationState.HELD, ApplicationState.CONFIRMED)  # count in ``Side.accepted``
OPEN = (ApplicationState.APPLIED, ApplicationState.RESERVE, *TAKING)  # at most one a person and programme
UNANSWERED = (ApplicationState.ACCEPTED, ApplicationState.HELD)  # lapse at ``confirm_by``
IS_OPEN = "state IN ('applied', 'reserve', 'accepted', 'held', 'confirmed')"
IS_UNANSWERED = "state IN ('accepted', 'held')"


class ApplicationSource(StrEnum):
    """Where it comes from: the school, the family itself, or a partner's list, which the partner hands in by its link
    or the host enters."""

    SCHOOL = "school"
    FAMILY = "family"
    HOST = "host"


class Reason(StrEnum):
    """Why somebody was not taken, from a list, so that years can be compared; words may be added."""

    PLACES = "places"  # more applied than there are places
    AGE = "age"
    RULES = "rules"  # does not fit what the programme asks for
    INCOMPLETE = "incomplete"
    TURN = "turn"  # took part lately: others come first
    OTHER = "other"


class Application(Base):
    """A person asks for a place on a side of a programme, or the school recommends it.

    ``fourteen_on`` and the consent travel along as in `app.events.models.Registration`, so the database itself refuses
    a confirmed child under 14 without a proven consent. ``rank`` is the place in the side's reserve list.
    """

    __tablename__ = "applications"
    __table_args__ = (
        ForeignKeyConstraint(
            ["person_id", "fourteen_on"],
            ["people.id", "people.fourteen_on"],
            onupdate="CASCADE",
            name="fk_applications_person",
        ),
        ForeignKeyConstraint(
            ["consent_id", "person_id", "consent_scope", "consent_proven"],
            [ConsentInForce.id, ConsentInForce.person_id, ConsentInForce.scope, ConsentInForce.is_proven],
            onupdate="CASCADE",
            name="fk_applications_consent",
        ),
        ForeignKeyConstraint(
            ["side_id", "programme_id"], ["sides.id", "sides.programme_id"], name="fk_applications_side"
        ),
        CheckConstraint(
            "state IN ('applied', 'reserve', 'accepted', 'held', 'confirmed', 'refused', 'declined', 'lapsed',"
            " 'cancelled')",
            name="state",
        ),
        CheckConstraint("source IN ('school', 'family', 'host')", name="source"),
        CheckConstraint("reason IN ('places', 'age', 'rules', 'incomplete', 'turn', 'other')", name="reason"),
        CheckConstraint("state <> 'refused' OR reason IS NOT NULL", name="refused_with_a_reason"),
        CheckConstraint(
            "state <> 'confirmed' OR fourteen_on <= applied_on OR (consent_id IS NOT NULL AND consent_proven)",
            name="no_child_without_consent",
        ),
        CheckConstraint(
            "(consent_id IS NULL) = (consent_scope IS NULL) AND (consent_id IS NULL) = (consent_proven IS NULL)",
            name="whole_consent",
        ),
        CheckConstraint("(state = 'reserve') = (rank IS NOT NULL)", name="reserve_has_a_rank"),
        CheckConstraint("(state IN ('accepted', 'held')) = (confirm_by IS NOT NULL)", name="answer_by_a_moment"),
        CheckConstraint(
            "(state IN ('refused', 'declined', 'lapsed', 'cancelled')) = (ended_at IS NOT NULL)", name="ended_at"
        ),
        CheckConstraint("(endorsed_at IS NULL) = (endorsed_by_id IS NULL)", name="endorsed_by_somebody"),
        unique_where("uq_applications_open", "programme_id", "person_id", where=IS_OPEN),
        unique_where("uq_applications_rank", "side_id", "rank", where="rank IS NOT NULL"),
        Index("ix_applications_side_id", "side_id", "state", "id"),
        Index("ix_applications_programme_id", "programme_id", "id"),
        Index("ix_applications_person_id", "person_id", "id"),
        Index("ix_applications_school_id", "school_id", "programme_id", "id"),
        Index(
            "ix_applications_confirm_by",
            "confirm_by",
            postgresql_where=text(IS_UNANSWERED),
            sqlite_where=text(IS_UNANSWERED),
        ),
        Index(
            "ix_applications_consent_id",
            "consent_id",
            postgresql_where=text("consent_id IS NOT NULL"),
            sqlite_where=text("consent_id IS NOT NULL"),
        ),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    side_id: Mapped[int]
    person_id: Mapped[int]
    fourteen_on: Mapped[date]
    applied_on: Mapped[date]  # the day in Asia/Shanghai: that of the age
    applied_at: Mapped[datetime]
    applied_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    source: Mapped[ApplicationSource]
    state: Mapped[ApplicationState]
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    class_name: Mapped[str] = mapped_column(default="")
    statement: Mapped[str] = mapped_column(default="")  # why: of the family, or of the school that recommends
    endorsed_at: Mapped[datetime | None]  # the school stands behind it
    endorsed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    rank: Mapped[int | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[Reason | None]
    reason_words: Mapped[str] = mapped_column(default="")
    confirm_by: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]  # when the family said yes or no to a place
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    consent_id: Mapped[int | None]
    consent_scope: Mapped[str | None]
    consent_proven: Mapped[bool | None]
    ended_at: Mapped[datetime | None]

    side: Mapped[Side] = relationship(
        primaryjoin="Application.side_id == Side.id", foreign_keys="Application.side_id", lazy="joined", innerjoin=True
    )
    person: Mapped[Person] = relationship(
        primaryjoin="Application.person_id == Person.id", foreign_keys="Application.person_id"
    )
    school: Mapped[Organisation | None] = relationship()

    @property
    def is_agreed(self) -> bool:
        """Whether a guardian has agreed to a place that is still held: it has yet to be proven who that was."""
        return self.state is ApplicationState.HELD and self.consent_id is not None

    @property
    def is_open(self) -> bool:
        """Whether it has a place or may still get one."""
        return self.state in OPEN
