"""Events, their slots, and people's places in them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.core import search_keys
from app.core.codes import new_code
from app.core.db import Base, unique_where
from app.core.pictures import Picture
from app.core.search_keys import Key
from app.organisations.models import Organisation
from app.people.models import Person
from app.programmes.kinds import ProgrammeKind

DRAFT = "published_at IS NULL"
ACTIVE = "state IN ('confirmed', 'held')"


class Event(Base):
    """Something at a time and place. A draft until published; a cancelled one stays visible and says why."""

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("(cancelled_at IS NULL) = (cancel_reason IS NULL)", name="cancelled_with_a_reason"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("(noticed_at IS NULL) = (notice = '')", name="notice_with_its_moment"),
        CheckConstraint("rain_since IS NULL OR rain_plan <> ''", name="rain_plan_before_rain"),
        CheckConstraint("(postponed_at IS NULL) = (postpone_reason = '')", name="postponed_with_a_reason"),
        Index("ix_events_ends_at", "ends_at", "id"),
        Index("ix_events_kind", "kind", "ends_at"),
        Index(
            "ix_events_drafts",
            "host_id",
            "starts_at",
            "id",
            postgresql_where=text(DRAFT),
            sqlite_where=text(DRAFT),
        ),
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
    notice: Mapped[str] = mapped_column(default="")  # what everybody should know just now, "" for nothing
    noticed_at: Mapped[datetime | None]
    rain_plan: Mapped[str] = mapped_column(default="")
    rain_since: Mapped[datetime | None]  # from when on the rain plan holds
    postponed_at: Mapped[datetime | None]
    postpone_reason: Mapped[str] = mapped_column(default="")
    picture: Mapped[str | None] = mapped_column(ForeignKey(Picture.digest), index=True)
    title_key: Mapped[str] = mapped_column(Key, default="", index=True)
    title_pinyin: Mapped[str] = mapped_column(Key, default="", index=True)
    title_initials: Mapped[str] = mapped_column(Key, default="", index=True)
    place_key: Mapped[str] = mapped_column(Key, default="", index=True)

    host: Mapped[Organisation] = relationship()
    slots: Mapped[list["Slot"]] = relationship(
        back_populates="event", order_by="Slot.starts_at, Slot.id", cascade="all, delete-orphan"
    )

    @validates("title")
    def _keep_title_keys(self, _key: str, title: str) -> str:
        self.title_key = search_keys.written(title)
        self.title_pinyin = search_keys.pinyin(title)
        self.title_initials = search_keys.initials(title)
        return title

    @validates("place")
    def _keep_place_key(self, _key: str, place: str) -> str:
        self.place_key = search_keys.written(place)
        return place

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
    planned_at: Mapped[datetime | None]  # when it was to begin before it was postponed

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
        Index(
            "ix_registrations_cancelled",
            "slot_id",
            postgresql_where=text("state = 'cancelled'"),
            sqlite_where=text("state = 'cancelled'"),
        ),
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
