"""Accounts, where they are signed in, and what they prove themselves with."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.core.db import Base, unique_where
from app.core.search_keys import Key, written


class User(UserMixin, Base):  # type: ignore[misc]
    """A sign-in, by phone, e-mail or a chosen name. It acts for one or several persons; it is none of them."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(
            "phone IS NOT NULL OR email IS NOT NULL OR login_name IS NOT NULL", name="has_a_way_to_sign_in"
        ),
        Index("ix_users_name_key_id", "name_key", "id"),
    )

    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Key, default="")  # what it is searched by
    phone: Mapped[str | None] = mapped_column(unique=True)
    email: Mapped[str | None] = mapped_column(unique=True)
    login_name: Mapped[str | None] = mapped_column(unique=True)
    password_hash: Mapped[str]
    language: Mapped[str | None]
    second_factor_at: Mapped[datetime | None]  # since when a password alone does not let anybody in
    created_at: Mapped[datetime]

    session_token = ""  # what flask-login puts into the cookie of a sign-in; never stored

    @validates("name")
    def _keep_key(self, _key: str, name: str) -> str:
        self.name_key = written(name)
        return name

    def get_id(self) -> str:
        """Return what the session cookie carries."""
        return self.session_token

    @property
    def sign_in_name(self) -> str:
        """What the person types to sign in."""
        return self.phone or self.email or self.login_name or ""


class Browser(Base):
    """A browser in which an account was signed in before: it may try when others are locked out, and may be trusted."""

    __tablename__ = "browsers"
    __table_args__ = (UniqueConstraint("user_id", "token_hash", name="uq_browsers_user_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    token_hash: Mapped[str]
    since: Mapped[datetime]
    remembered_until: Mapped[datetime | None]  # 记住这台电脑: no second factor is asked for here until then


class Session(Base):
    """Somebody is signed in on a device. The row is the session: deleted, its cookie is worth nothing."""

    __tablename__ = "sessions"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    browser_id: Mapped[int | None] = mapped_column(ForeignKey("browsers.id"))
    token_hash: Mapped[str] = mapped_column(unique=True)  # of a random token that only the cookie has
    device: Mapped[str]
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]  # to the day: written once a day at most
    proven_at: Mapped[datetime | None]  # when the second factor was passed
    view: Mapped[str | None]  # in which capacity the account works here: see core.access.View

    user: Mapped[User] = relationship()
    browser: Mapped[Browser | None] = relationship()


class Tries(Base):
    """How often in a row something secret was wrong, and until when it is closed therefore; ``key`` says for whom."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(unique=True)
    wrong: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
    closed_until: Mapped[datetime | None]


class ResetSlip(Base):
    """A printed slip with which the owner of an account sets a new password; once, and the latest one only."""

    __tablename__ = "reset_slips"
    __table_args__ = (unique_where("uq_reset_slips_open", "user_id", where="used_at IS NULL AND voided_at IS NULL"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    nonce: Mapped[str]
    code_hash: Mapped[str] = mapped_column(unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])

    def is_open(self, at: datetime) -> bool:
        """Return whether a password can still be set with it."""
        return self.used_at is None and self.voided_at is None and at < self.ends_at


class Authenticator(Base):
    """An app that shows six digits anew every half minute (RFC 6238); it counts once one of them was typed."""

    __tablename__ = "authenticators"
    __table_args__ = (unique_where("uq_authenticators_confirmed", "user_id", where="confirmed_at IS NOT NULL"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    secret: Mapped[str] = mapped_column(info={"sealed_for": "authenticator"})  # see core.crypto
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)  # the half minute of the last code accepted: none counts twice


class OneTimeCode(Base):
    """One of ten printed codes, each good for one sign-in."""

    __tablename__ = "one_time_codes"
    __table_args__ = (UniqueConstraint("user_id", "number", name="uq_one_time_codes_user_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    number: Mapped[int]
    nonce: Mapped[str]
    code_hash: Mapped[str]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
