"""Invitations: a link by which somebody takes a role in a unit."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.accounts.identifiers import Way
from app.accounts.operations import open_account
from app.core.changes import note_change
from app.core.codes import fingerprint
from app.core.crypto import derived_code, new_nonce
from app.core.db import db
from app.organisations.models import Invitation, Membership, MembershipRole
from app.organisations.operations import STAFF, add_member
from app.organisations.problems import InvitationOver

LASTS = timedelta(days=7)
_PURPOSE = "invitation"


def invite(organisation_id: int, role: MembershipRole, name: str, *, by: int, at: datetime) -> Invitation:
    """Make a link for somebody; ``name`` is for the list of open ones, the person's own may differ."""
    nonce = new_nonce()
    invitation = Invitation(
        organisation_id=organisation_id,
        role=role,
        name=name,
        nonce=nonce,
        code_hash=fingerprint(derived_code(_PURPOSE, nonce)),
        made_by_id=by,
        made_at=at,
        ends_at=at + LASTS,
    )
    db.session.add(invitation)
    note_change(STAFF, organisation_id, "invited", by=by, at=at, role=role)
    db.session.flush()
    return invitation


def revoke(invitation_id: int, *, by: int, at: datetime) -> None:
    """Take a link back; one that was accepted or taken back already stays as it is."""
    invitation = db.session.get_one(Invitation, invitation_id, with_for_update=True)
    if invitation.accepted_at is None and invitation.revoked_at is None:
        invitation.revoked_at = at
        note_change(STAFF, invitation.organisation_id, "invitation_revoked", by=by, at=at, role=invitation.role)


def accept(code: str, user_id: int, *, at: datetime) -> Membership:
    """Take the role with an account; once. Raises `InvitationOver`."""
    asked = select(Invitation).where(Invitation.code_hash == fingerprint(code))
    invitation = db.session.scalar(asked.with_for_update())
    if invitation is None or not invitation.is_open(at):
        raise InvitationOver
    invitation.accepted_at, invitation.accepted_by_id = at, user_id
    return add_member(user_id, invitation.organisation_id, invitation.role, by=user_id, at=at)


def accept_with_account(
    code: str, name: str, way: Way, identifier: str, password_hash: str, *, at: datetime
) -> Membership:
    """Open an account and take the role with it, or do neither. Raises `IdentifierTaken` and `InvitationOver`."""
    user = open_account(name, way, identifier, password_hash, at=at)
    return accept(code, user.id, at=at)


def code_of(invitation: Invitation) -> str:
    """Return the code in an invitation's link; the database has only its hash."""
    return derived_code(_PURPOSE, invitation.nonce)


def open_invitation(code: str | None, *, at: datetime) -> Invitation | None:
    """Return the invitation with this code if it can still be accepted."""
    if code is None:
        return None
    asked = select(Invitation).where(Invitation.code_hash == fingerprint(code))
    invitation = db.session.scalar(asked.options(joinedload(Invitation.organisation), joinedload(Invitation.made_by)))
    return invitation if invitation and invitation.is_open(at) else None


def still_open(visible: Select[Invitation], organisation_id: int, at: datetime) -> Select[Invitation]:
    """Return those of a unit that nobody has accepted yet, the latest first."""
    is_open = Invitation.accepted_at.is_(None) & Invitation.revoked_at.is_(None) & (Invitation.ends_at > at)
    return visible.where(Invitation.organisation_id == organisation_id, is_open).order_by(Invitation.id.desc())
