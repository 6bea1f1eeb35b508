"""What happens at a time and place."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.core import search_keys
from app.core.db import Base
from app.core.pictures import Picture
from app.core.search_keys import Key
from app.organisations.models import Organisation
from app.programmes.kinds import ProgrammeKind
from app.programmes.models import Programme
from app.questions.models import QuestionSet

if TYPE_CHECKING:
    from app.events.models.slot import Slot

DRAFT = "published_at IS NULL"


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
    leaves_county: Mapped[bool] = mapped_column(default=False)  # an answer nobody has proven is not enough then
    picture: Mapped[str | None] = mapped_column(ForeignKey(Picture.digest), index=True)
    question_set_id: Mapped[int | None] = mapped_column(ForeignKey(QuestionSet.id), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey(Programme.id), index=True)  # inside of which it happens
    title_key: Mapped[str] = mapped_column(Key, default="", index=True)
    title_pinyin: Mapped[str] = mapped_column(Key, default="", index=True)
    title_initials: Mapped[str] = mapped_column(Key, default="", index=True)
    place_key: Mapped[str] = mapped_column(Key, default="", index=True)

    host: Mapped[Organisation] = relationship()
    programme: Mapped[Programme | None] = relationship()
    question_set: Mapped[QuestionSet | None] = relationship()
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
