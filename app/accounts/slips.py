"""Reset slips: staff prints one, its owner sets a new password with it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import joinedload

from app.accounts.models import ResetSlip, User
from app.core.changes import note_change
from app.core.codes import fingerprint
from app.core.crypto import derived_code, new_nonce
from app.core.db import db

LASTS = timedelta(days=7)
_PURPOSE = "reset slip"


def make_slip(user_id: int, *, by: int, at: datetime) -> ResetSlip:
    """Make a slip for an account; the one before is void. The account's owner reads who made it."""
    db.session.get_one(User, user_id, with_for_update=True)
    void(user_id, at=at)
    nonce = new_nonce()
    slip = ResetSlip(
        user_id=user_id,
        nonce=nonce,
        code_hash=fingerprint(derived_code(_PURPOSE, nonce)),
        made_by_id=by,
        made_at=at,
        ends_at=at + LASTS,
    )
    db.session.add(slip)
    note_change("account", user_id, "slip_made", by=by, at=at)
    db.session.flush()
    return slip


def void(user_id: int, *, at: datetime) -> None:
    """Let no slip of an account count any more."""
    is_open = ResetSlip.used_at.is_(None) & ResetSlip.voided_at.is_(None)
    db.session.execute(update(ResetSlip).where(ResetSlip.user_id == user_id, is_open).values(voided_at=at))


def void_made_by(user_id: int, *, at: datetime) -> None:
    """Let no slip count any more that somebody made who has no say now."""
    is_open = ResetSlip.used_at.is_(None) & ResetSlip.voided_at.is_(None)
    db.session.execute(update(ResetSlip).where(ResetSlip.made_by_id == user_id, is_open).values(voided_at=at))


def code_of(slip: ResetSlip) -> str:
    """Return the code that is printed on a slip; the database has only its hash."""
    return derived_code(_PURPOSE, slip.nonce)


def open_slip(code: str | None, *, at: datetime) -> ResetSlip | None:
    """Return the slip with this code if it still counts."""
    slip = db.session.scalar(_with_owner(ResetSlip.code_hash == fingerprint(code))) if code else None
    return slip if slip and slip.is_open(at) else None


def slip_waiting_for(user_id: int, *, at: datetime) -> ResetSlip | None:
    """Return the slip that was made for an account and not used yet."""
    slip = db.session.scalar(
        _with_owner((ResetSlip.user_id == user_id) & ResetSlip.used_at.is_(None) & ResetSlip.voided_at.is_(None))
    )
    return slip if slip and slip.is_open(at) else None


def slips_made_by(user_id: int, at: datetime) -> Select[ResetSlip]:
    """Return the slips that somebody made and that still count."""
    is_open = ResetSlip.used_at.is_(None) & ResetSlip.voided_at.is_(None) & (ResetSlip.ends_at > at)
    return _with_owner(is_open & (ResetSlip.made_by_id == user_id))


def _with_owner(condition: ColumnElement[bool]) -> Select[ResetSlip]:
    return select(ResetSlip).where(condition).options(joinedload(ResetSlip.user), joinedload(ResetSlip.made_by))
