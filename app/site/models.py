"""What is kept of what the operator says."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class TextKey(StrEnum):
    """Which text; also its address."""

    PRIVACY = "privacy"
    TERMS = "terms"
    NOTICE = "notice"
    ABOUT = "about"


class SiteText(Base):
    """A public text in one language. Without words of its own (``body`` is None) the one that comes with the program
    is shown; whoever reviews that one keeps its words here, so that what was reviewed is what is shown.
    """

    __tablename__ = "site_texts"
    __table_args__ = (
        UniqueConstraint("key", "language", name="uq_site_texts_key"),
        CheckConstraint("key IN ('privacy', 'terms', 'notice', 'about')", name="key"),
        CheckConstraint(
            "reviewed_at IS NULL OR (body IS NOT NULL AND reviewed_by_id IS NOT NULL)", name="reviewed_words"
        ),
    )

    key: Mapped[TextKey]
    language: Mapped[str]
    body: Mapped[str | None]
    updated_at: Mapped[datetime]
    updated_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class SiteOperator(Base):
    """Who runs this site: one row, or none before anything was entered."""

    __tablename__ = "site_operator"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    name: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    icp_number: Mapped[str] = mapped_column(default="")
    police_number: Mapped[str] = mapped_column(default="")


class VerificationFile(Base):
    """A small file that WeChat or a search engine asks for at the root, to see whose site this is."""

    __tablename__ = "verification_files"

    name: Mapped[str] = mapped_column(unique=True)
    content: Mapped[str]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
