"""Events, their slots, and people's places in them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.codes import new_code
from app.core.db import Base, unique_where
from app.organisations.models import Organisation
from app.people.models import Person
from app.programmes.kinds import ProgrammeKind

ACTIVE = "state IN ('confirmed', 'held')"


class Event(Base):
    """Something at a time and place. A draft until published; a cancelled one stays visible and says why."""

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("(cancelled_at IS NULL) = (cancel_reason IS NULL)", name="cancelled_with_a_reason"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_events_ends_at", "ends_at", "id"),
        Index("ix_events_host_id", "host_id", "starts_at", "id"),
    )

    host_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    title: Mapped[str]
    summary: Mapped[str]
    kind: Mapped[ProgrammeKind]
    place: Mapped[str]
    contact: Mapped[str]
    starts_at: Mapped[datetime]  # of its first slot, kept by events.operations, so that lists need no join
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]

    host: Mapped[Organisation] = relationship()
    slots: Mapped[list["Slot"]] = relationship(
        back_populates="event", order_by="Slot.starts_at, Slot.id", cascade="all, delete-orphan"
    )

    @property
    def is_published(self) -> bool:
        """Whether anyone can see it."""
        return self.published_at is not None

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.cancelled_at is not None


class SlotForm(StrEnum):
    """What one does in a slot: take part in a session, or serve a shift."""

    SESSION = "session"
    SHIFT = "shift"


class Slot(Base):
    """The thing with places that one signs up for. ``taken`` counts the people of all active registrations."""

    __tablename__ = "slots"
    __table_args__ = (
        CheckConstraint("taken BETWEEN 0 AND capacity", name="never_oversold"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("min_age <= max_age", name="ages"),
        CheckConstraint("form IN ('session', 'shift')", name="form"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    form: Mapped[SlotForm]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    min_age: Mapped[int]
    max_age: Mapped[int]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]

    event: Mapped[Event] = relationship(back_populates="slots")

    @property
    def free(self) -> int:
        """How many places are left."""
        return self.capacity - self.taken


class RegistrationState(StrEnum):
    """Held places count as taken; they wait for a guardian."""

    CONFIRMED = "confirmed"
    HELD = "held"
    CANCELLED = "cancelled"


class Registration(Base):
    """A person's place in a slot, with the code shown at the door.

    ``fourteen_on`` follows the person's birth date by the composite key, so the database itself refuses a confirmed
    place of a child under 14 (个人信息保护法 31), whoever writes it.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        ForeignKeyConstraint(
            ["person_id", "fourteen_on"],
            ["people.id", "people.fourteen_on"],
            onupdate="CASCADE",
            name="fk_registrations_person",
        ),
        CheckConstraint("state IN ('confirmed', 'held', 'cancelled')", name="state"),
        CheckConstraint("state <> 'confirmed' OR fourteen_on <= registered_on", name="no_child_without_consent"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_at"),
        unique_where("uq_registrations_active", "slot_id", "person_id", where=ACTIVE),
        Index("ix_registrations_slot_id", "slot_id", "id"),
        Index("ix_registrations_person_id", "person_id"),
        Index("ix_registrations_school_id", "school_id", "id"),
    )

    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"))
    person_id: Mapped[int]
    fourteen_on: Mapped[date]
    registered_on: Mapped[date]  # the day in Asia/Shanghai: that of the age
    registered_at: Mapped[datetime]
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    state: Mapped[RegistrationState]
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    class_name: Mapped[str] = mapped_column(default="")
    cancelled_at: Mapped[datetime | None]
    cancelled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    slot: Mapped[Slot] = relationship()
    person: Mapped[Person] = relationship(
        primaryjoin="Registration.person_id == Person.id", foreign_keys="Registration.person_id"
    )
    school: Mapped[Organisation | None] = relationship()

    @property
    def is_active(self) -> bool:
        """Whether it takes a place."""
        return self.state is not RegistrationState.CANCELLED
