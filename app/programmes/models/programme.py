"""What two or more sides do together."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.core import search_keys
from app.core.db import Base
from app.core.pictures import Picture
from app.core.search_keys import Key
from app.organisations.models import Organisation, SchoolLevel
from app.people.consents.models import Purpose
from app.programmes.kinds import ProgrammeKind
from app.programmes.models.agreement import Agreement
from app.programmes.models.side import Side
from app.programmes.spans import Span
from app.questions.models import QuestionSet

DRAFT = "published_at IS NULL"


class Reach(StrEnum):
    """How far apart the sides are. An answer that nobody has proven is not enough once it leads out of the county."""

    PROVINCES = "provinces"
    CITIES = "cities"
    COUNTIES = "counties"
    LOCAL = "local"


class Direction(StrEnum):
    """Who travels: ours to them (走出去), or theirs to us (请进来)."""

    OUT = "out"
    IN = "in"


class Entry(StrEnum):
    """How one comes to a place: the school recommends, or anybody applies."""

    NOMINATION = "nomination"
    APPLICATION = "application"


class Programme(Base):
    """An exchange that is offered: its sides have the places, events and days happen inside it.

    A draft until published; a cancelled one stays visible and says why. ``campaigns`` are tags, one a line (归属专项).
    """

    __tablename__ = "programmes"
    __table_args__ = (
        CheckConstraint("(cancelled_at IS NULL) = (cancel_reason IS NULL)", name="cancelled_with_a_reason"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("max_age >= min_age", name="ages"),
        CheckConstraint("confirm_days BETWEEN 1 AND 30", name="confirm_days"),
        CheckConstraint("kind IN ('theme', 'practice', 'volunteering', 'pairing', 'series', 'visit')", name="kind"),
        CheckConstraint("reach IN ('provinces', 'cities', 'counties', 'local')", name="reach"),
        CheckConstraint("direction IN ('out', 'in')", name="direction"),
        CheckConstraint("entry IN ('nomination', 'application')", name="entry"),
        Index("ix_programmes_ends_on", "ends_on", "id"),
        Index("ix_programmes_starts_on", "starts_on", "id"),
        Index("ix_programmes_host_id", "host_id", "starts_on", "id"),
        Index(
            "ix_programmes_drafts",
            "host_id",
            "starts_on",
            "id",
            postgresql_where=text(DRAFT),
            sqlite_where=text(DRAFT),
        ),
    )

    host_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey(Agreement.id), index=True)
    title: Mapped[str]
    kind: Mapped[ProgrammeKind]
    campaigns: Mapped[str] = mapped_column(default="")
    reach: Mapped[Reach]
    direction: Mapped[Direction | None]
    introduction: Mapped[str]
    place: Mapped[str]
    contact: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    min_age: Mapped[int]
    max_age: Mapped[int]
    levels: Mapped[str] = mapped_column(default="")  # for which schools, each between spaces; "" for all
    entry: Mapped[Entry] = mapped_column(default=Entry.NOMINATION)
    confirm_days: Mapped[int] = mapped_column(default=3)  # to say yes or no to a place
    nights_away: Mapped[bool] = mapped_column(default=False)
    needs_insurance: Mapped[bool] = mapped_column(default=False)  # 需投保
    needs_tickets: Mapped[bool] = mapped_column(default=False)  # 需购票
    needs_rooms: Mapped[bool] = mapped_column(default=False)  # 需住宿
    picture: Mapped[str | None] = mapped_column(ForeignKey(Picture.digest), index=True)
    question_set_id: Mapped[int | None] = mapped_column(ForeignKey(QuestionSet.id), index=True)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]
    widened_at: Mapped[datetime | None]  # since when it goes further than those were told who had agreed before
    told: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # the span that all of those were told
    title_key: Mapped[str] = mapped_column(Key, default="", index=True)
    title_pinyin: Mapped[str] = mapped_column(Key, default="", index=True)
    title_initials: Mapped[str] = mapped_column(Key, default="", index=True)

    host: Mapped[Organisation] = relationship()
    agreement: Mapped[Agreement | None] = relationship(back_populates="programmes")
    question_set: Mapped[QuestionSet | None] = relationship()
    sides: Mapped[list[Side]] = relationship(back_populates="programme", order_by=Side.id, cascade="all, delete-orphan")
    items: Mapped[list["ItineraryItem"]] = relationship(
        order_by="ItineraryItem.on, ItineraryItem.from_time, ItineraryItem.id", cascade="all, delete-orphan"
    )

    @validates("title")
    def _keep_title_keys(self, _key: str, title: str) -> str:
        self.title_key = search_keys.written(title)
        self.title_pinyin = search_keys.pinyin(title)
        self.title_initials = search_keys.initials(title)
        return title

    @property
    def is_published(self) -> bool:
        """Whether anyone can see it."""
        return self.published_at is not None

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.cancelled_at is not None

    @property
    def leaves_county(self) -> bool:
        """Whether it leads out of the county."""
        return self.reach is not Reach.LOCAL

    @property
    def span(self) -> Span:
        """How far it goes."""
        return Span(self.starts_on, self.ends_on, self.nights_away, self.leaves_county)

    @property
    def needs_proof(self) -> bool:
        """Whether only a proven answer of a guardian counts: nights away, or out of the county."""
        return self.nights_away or self.leaves_county

    @property
    def needs_documents(self) -> bool:
        """Whether those who take part fill in a travel document (DOMAIN rule 3)."""
        return self.needs_insurance or self.needs_tickets or self.needs_rooms

    @property
    def school_levels(self) -> list[SchoolLevel]:
        """For which schools it is, from the youngest pupils on; none means all."""
        meant = self.levels.split()
        return [level for level in SchoolLevel if level in meant]

    @property
    def tags(self) -> list[str]:
        """The campaigns it belongs to."""
        return self.campaigns.split("\n") if self.campaigns else []

    @property
    def purposes(self) -> list[Purpose]:
        """What a guardian is asked about: of sharing only where there is another side, of pairing where it pairs."""
        asked = [Purpose.TAKING_PART, Purpose.HEALTH, Purpose.PHOTOS]
        if len(self.sides) > 1:
            asked.append(Purpose.SHARING)
        if self.kind is ProgrammeKind.PAIRING:
            asked.append(Purpose.PAIRING)
        return asked


class ItineraryItem(Base):
    """What is done on a day of a programme, and at which base; events of the programme stand beside these."""

    __tablename__ = "itinerary_items"
    __table_args__ = (Index("ix_itinerary_items_programme_id", "programme_id", "on", "id"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    on: Mapped[date]
    from_time: Mapped[str] = mapped_column(default="")  # "09:30", "" for the whole day
    words: Mapped[str]
    base_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))

    base: Mapped[Organisation | None] = relationship()
