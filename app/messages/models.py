"""Messages, the words they are made of, and how they leave the house."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, unique_where
from app.organisations.models import Organisation
from app.people.models import Person


class MessageKind(StrEnum):
    """What a message is about; each kind has words of its own."""

    REGISTERED = "registered"
    APPLIED = "applied"  # waits for a decision or the draw
    WAITING = "waiting"
    OFFER = "offer"  # 轮到你了
    CONSENT_ASKED = "consent_asked"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    REFUSED = "refused"  # the host decided against it
    PLACE_CANCELLED = "place_cancelled"  # by the host, of one person
    PUT_RIGHT = "put_right"  # what was told before was a mistake
    CHANGED = "changed"  # another time or place
    RAIN_PLAN = "rain_plan"
    CANCELLED = "cancelled"
    RESUMED = "resumed"
    SHIFT_TAKEN = "shift_taken"  # somebody took over what one had offered
    REMINDER = "reminder"  # days before
    SOON = "soon"  # hours before
    CODE = "code"
    THANKS = "thanks"
    CERTIFICATE = "certificate"
    CERTIFICATE_VOID = "certificate_void"
    NO_SHOW = "no_show"
    DISPUTE_ANSWERED = "dispute_answered"
    APPLICATION_IN = "application_in"  # by the school, or oneself
    CHOSEN = "chosen"  # for a programme, to be answered
    CHOSEN_HELD = "chosen_held"  # a guardian has to agree
    RESERVED = "reserved"
    NOT_CHOSEN = "not_chosen"
    TAKES_PART = "takes_part"
    PLACE_GONE = "place_gone"  # not answered in time, or taken back
    PROGRAMME_OFF = "programme_off"
    DOCUMENT_ASKED = "document_asked"  # a travel document is missing
    AGREEMENT_ENDS = "agreement_ends"  # to those who look after it
    TRIP_TASK = "trip_task"  # to who sees to something before a trip
    PAIR_PROPOSED = "pair_proposed"  # to be answered
    PAIR_TOLD = "pair_told"  # by class: families may object
    PAIR_REMINDER = "pair_reminder"
    PAIR_FORMED = "pair_formed"
    PAIR_REARRANGED = "pair_rearranged"
    LETTER_WAITS = "letter_waits"  # to the teacher who hands it on
    LETTER_HERE = "letter_here"
    LETTER_BACK = "letter_back"  # given back with a kind word
    LETTER_WORRY = "letter_worry"  # to the protection contact
    LETTER_OPENED = "letter_opened"  # by staff, in an emergency
    PAIRS_SILENT = "pairs_silent"  # to teachers
    DATA_CORRECTED = "data_corrected"  # as a guardian asked
    DATA_KEPT = "data_kept"  # a guardian asked, and it was right
    ANNOUNCEMENT = "announcement"


class Channel(StrEnum):
    """How a message leaves the house."""

    EMAIL = "email"
    SMS = "sms"


class DeliveryState(StrEnum):
    """``sending`` is written down before the other side is spoken to; who finds it there cannot know what happened."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    PARKED = "parked"


class MessageTemplate(Base):
    """A unit's own words for one kind of message; replaced, never changed, so that old messages read as they did."""

    __tablename__ = "message_templates"
    __table_args__ = (
        unique_where("uq_message_templates_current", "organisation_id", "kind", where="replaced_at IS NULL"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[MessageKind]
    subject_zh: Mapped[str]
    body_zh: Mapped[str]
    subject_en: Mapped[str]
    body_en: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    replaced_at: Mapped[datetime | None]


class MessagePlan(Base):
    """When a unit's messages go out by themselves; a unit without one has these defaults. 0 is never."""

    __tablename__ = "message_plans"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), unique=True)
    days_before: Mapped[int] = mapped_column(default=3)
    hours_before: Mapped[int] = mapped_column(default=3)
    sends_thanks: Mapped[bool] = mapped_column(default=True)
    asks_after_no_shows: Mapped[bool] = mapped_column(default=False)


class Announcement(Base):
    """Something staff tells a chosen group: the words, whom, and until when it can be taken back."""

    __tablename__ = "announcements"
    __table_args__ = (
        Index("ix_announcements_event_id", "event_id", "id"),
        CheckConstraint("undone_at IS NULL OR left_at IS NULL", name="undone_or_left"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    subject: Mapped[str]
    body: Mapped[str]
    group: Mapped[dict[str, Any]] = mapped_column(JSON)  # whom: see the forms of announcements
    is_urgent: Mapped[bool]  # cancellation or safety: at any hour, and followed up until everybody knows
    people: Mapped[int]  # how many were counted when it was sent off
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    leaves_at: Mapped[datetime]  # not before
    left_at: Mapped[datetime | None]  # when it began to leave; until then it can be taken back
    undone_at: Mapped[datetime | None]

    made_by: Mapped[User] = relationship()


class Message(Base):
    """One thing told to one person, whatever the channel. ``facts`` are frozen; the words are those of ``template``, or
    the built-in ones of its kind, in the language of whoever reads."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_person_id", "person_id", "id"),
        Index(
            "ix_messages_unread",
            "person_id",
            postgresql_where=text("read_at IS NULL"),
            sqlite_where=text("read_at IS NULL"),
        ),
        Index("ix_messages_event_id", "event_id", "kind", "id"),
        Index("ix_messages_announcement_id", "announcement_id", "id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[MessageKind]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))  # who tells
    template_id: Mapped[int | None] = mapped_column(ForeignKey("message_templates.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"))
    announcement_id: Mapped[int | None] = mapped_column(ForeignKey("announcements.id"))
    is_urgent: Mapped[bool] = mapped_column(default=False)
    once: Mapped[str | None] = mapped_column(unique=True)  # a second one of the same name is not sent
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]  # by the first of those who act for the person, see `UnopenedMessage`
    told_at: Mapped[datetime | None]  # 已通知: staff reached the person in another way
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation] = relationship()
    template: Mapped[MessageTemplate | None] = relationship()
    announcement: Mapped[Announcement | None] = relationship()


class UnopenedMessage(Base):
    """A message that somebody else of the family has opened, and this account has not: it is new to each on its own."""

    __tablename__ = "unopened_messages"
    __table_args__ = (UniqueConstraint("user_id", "message_id", name="uq_unopened_messages_user_id"),)

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class Contact(Base):
    """Where an account wants its messages besides the inbox: an address it has proven to read, switched on or off."""

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("user_id", "channel", name="uq_contacts_user_id"),
        CheckConstraint("channel IN ('email', 'sms')", name="channel"),
        CheckConstraint("NOT is_on OR proven_at IS NOT NULL", name="proven"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    channel: Mapped[Channel]
    address: Mapped[str]
    is_on: Mapped[bool] = mapped_column(default=False)
    proven_at: Mapped[datetime | None]
    code_hash: Mapped[str] = mapped_column(default="")  # of the code that was sent there
    code_ends_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class Delivery(Base):
    """One message on its way to one address, or a code that proves the address (then without a message)."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("message_id", "channel", "address", name="uq_deliveries_message_id"),
        CheckConstraint("state IN ('waiting', 'sending', 'sent', 'failed', 'parked')", name="state"),
        CheckConstraint("channel IN ('email', 'sms')", name="channel"),
        Index("ix_deliveries_user_id", "user_id", "id"),
        Index(
            "ix_deliveries_troubled",
            "state",
            "id",
            postgresql_where=text("state IN ('failed', 'parked')"),
            sqlite_where=text("state IN ('failed', 'parked')"),
        ),
    )

    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    channel: Mapped[Channel]
    address: Mapped[str]
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    provider_id: Mapped[str] = mapped_column(default="")  # what the other side calls it
    # jobs go after thirty days, what was sent is remembered longer
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    message: Mapped[Message | None] = relationship()
    user: Mapped[User] = relationship()
