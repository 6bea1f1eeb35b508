"""Accounts."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class User(UserMixin, Base):  # type: ignore[misc]
    """A sign-in, by phone, e-mail or a chosen name. It acts for one or several persons; it is none of them."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(
            "phone IS NOT NULL OR email IS NOT NULL OR login_name IS NOT NULL", name="has_a_way_to_sign_in"
        ),
    )

    name: Mapped[str]
    phone: Mapped[str | None] = mapped_column(unique=True)
    email: Mapped[str | None] = mapped_column(unique=True)
    login_name: Mapped[str | None] = mapped_column(unique=True)
    password_hash: Mapped[str]
    session_key: Mapped[str]  # part of every session cookie: a new one ends them all
    created_at: Mapped[datetime]
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]

    def get_id(self) -> str:
        """Return what the session cookie carries."""
        return f"{self.id}:{self.session_key}"

    def is_locked(self, at: datetime) -> bool:
        """Return whether too many wrong passwords have closed the account for a while."""
        return self.locked_until is not None and at < self.locked_until

    @property
    def sign_in_name(self) -> str:
        """What the person types to sign in."""
        return self.phone or self.email or self.login_name or ""
