"""How a guardian is asked: by a link, by a code to the school's number, on paper."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base
from app.events.models import Registration
from app.people.consents.models import Guardian
from app.people.models import Person

PHOTO_SEALED_FOR = "paper photo"
_DROPPED = text("dropped_at IS NOT NULL")
_WAITS = text("confirmed_at IS NULL AND dropped_at IS NULL")


class GuardianLink(Base):
    """A link that opens one page about one family's children; whoever has it may answer, unproven.

    The link of a page (``is_page``) is made when somebody has answered: it shows what was said, and takes it back. The
    other ends with what is held. Its code is derived, see `app.core.crypto.derived_code`.
    """

    __tablename__ = "guardian_links"
    __table_args__ = (
        CheckConstraint("is_page OR expires_at IS NOT NULL", name="ends"),
        Index("ix_guardian_links_made_by_id", "made_by_id", "id"),
    )

    nonce: Mapped[str]
    code_hash: Mapped[str] = mapped_column(unique=True)
    is_page: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    browser_hash: Mapped[str] = mapped_column(default="")  # of whoever had it made: an answer from there is noted
    expires_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    asks: Mapped[list["GuardianAsk"]] = relationship(back_populates="link", order_by="GuardianAsk.id")

    def is_open(self, at: datetime) -> bool:
        """Return whether it still opens anything."""
        return self.closed_at is None and (self.expires_at is None or at < self.expires_at)


class GuardianAsk(Base):
    """What a link asks, or a page shows: whether one child takes part in something."""

    __tablename__ = "guardian_asks"
    __table_args__ = (UniqueConstraint("link_id", "person_id", "scope", name="uq_guardian_asks_link_id"),)

    link_id: Mapped[int] = mapped_column(ForeignKey("guardian_links.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    scope: Mapped[str]
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardians.id"))  # of a page: whose it is
    asked_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]  # of a page: since when it is proven that this guardian has it

    link: Mapped[GuardianLink] = relationship(back_populates="asks")
    person: Mapped[Person] = relationship()
    guardian: Mapped[Guardian | None] = relationship()


class GuardianCode(Base):
    """Six digits sent to the number of a school's roster, good once and for some minutes."""

    __tablename__ = "guardian_codes"

    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardians.id"), index=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("guardian_links.id"))
    nonce: Mapped[str]
    code_hash: Mapped[str]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    guardian: Mapped[Guardian] = relationship()


class PaperAnswer(Base):
    """A signed form on paper that somebody typed in, until a second person has compared it."""

    __tablename__ = "paper_answers"
    __table_args__ = (
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> entered_by_id", name="second_person"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="confirmed_by_somebody"),
        CheckConstraint("(dropped_at IS NULL) = (dropped_by_id IS NULL)", name="dropped_by_somebody"),
        Index("ix_paper_answers_dropped", "entered_by_id", "id", postgresql_where=_DROPPED, sqlite_where=_DROPPED),
        Index("ix_paper_answers_waiting", "registration_id", "id", postgresql_where=_WAITS, sqlite_where=_WAITS),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"))  # whose form it is
    scope: Mapped[str]
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardians.id"))
    answers: Mapped[dict[str, str]] = mapped_column(JSON)
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, info={"sealed_for": PHOTO_SEALED_FOR})
    photo_type: Mapped[str] = mapped_column(default="")
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    dropped_at: Mapped[datetime | None]  # it was not what the paper says
    dropped_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    dropped_why: Mapped[str] = mapped_column(default="")

    guardian: Mapped[Guardian] = relationship()
    person: Mapped[Person] = relationship()
    registration: Mapped[Registration | None] = relationship()
