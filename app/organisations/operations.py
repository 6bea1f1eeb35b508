"""What can happen to units and to who works for them."""

from datetime import datetime

from sqlalchemy import func, select

from app.accounts.identifiers import Way
from app.accounts.models import User
from app.accounts.operations import open_account
from app.core.db import db
from app.organisations.models import Membership, MembershipRole, Organisation, OrganisationKind
from app.organisations.problems import LastAdministrator, NameTaken, NoSuchAccount


def create_organisation(
    name: str, kind: OrganisationKind, *, at: datetime, place: str = "", phone: str | None = None
) -> Organisation:
    """Enter a unit. Raises `NameTaken`."""
    _refuse_second(name)
    organisation = Organisation(name=name, kind=kind, place=place, phone=phone, created_at=at)
    db.session.add(organisation)
    db.session.flush()
    return organisation


def edit_organisation(organisation_id: int, name: str, place: str, phone: str | None) -> Organisation:
    """Change what a unit is called, where it is and its number; its kind stays, for much leans on it."""
    organisation = db.session.get_one(Organisation, organisation_id)
    if name != organisation.name:
        _refuse_second(name)
    organisation.name, organisation.place, organisation.phone = name, place, phone
    return organisation


def add_member(user_id: int, organisation_id: int, role: MembershipRole, *, at: datetime) -> Membership:
    """Let an account work for a unit; doing so twice returns the first."""
    existing = db.session.scalar(
        select(Membership).where(
            Membership.user_id == user_id,
            Membership.organisation_id == organisation_id,
            Membership.role == role,
            Membership.ended_at.is_(None),
        )
    )
    if existing:
        return existing
    membership = Membership(user_id=user_id, organisation_id=organisation_id, role=role, since=at)
    db.session.add(membership)
    db.session.flush()
    return membership


def open_staff_account(
    organisation_id: int,
    role: MembershipRole,
    *,
    name: str,
    way: Way,
    identifier: str,
    password_hash: str,
    at: datetime,
) -> Membership:
    """Open an account for somebody who works for a unit."""
    user = open_account(name, way, identifier, password_hash, at=at)
    return add_member(user.id, organisation_id, role, at=at)


def employ(organisation_id: int, role: MembershipRole, *, way: Way, identifier: str, at: datetime) -> Membership:
    """Let the account with this phone, e-mail or name work for a unit; its name and password stay its own.

    Raises `NoSuchAccount`.
    """
    user_id = db.session.scalar(select(User.id).where(getattr(User, way) == identifier))
    if user_id is None:
        raise NoSuchAccount
    return add_member(user_id, organisation_id, role, at=at)


def end_membership(membership_id: int, *, at: datetime) -> Membership:
    """End somebody's work for a unit; the next request of theirs is already a stranger's."""
    membership = db.session.get_one(Membership, membership_id, with_for_update={"key_share": True})
    if membership.ended_at is None and membership.role is MembershipRole.ADMINISTRATOR:
        _refuse_last_administrator()
    membership.ended_at = membership.ended_at or at
    return membership


def _refuse_second(name: str) -> None:
    if db.session.scalar(select(Organisation.id).where(Organisation.name == name)):
        raise NameTaken


def _refuse_last_administrator() -> None:
    administrators = select(Membership.id).where(
        Membership.role == MembershipRole.ADMINISTRATOR, Membership.ended_at.is_(None)
    )
    left = db.session.scalar(select(func.count()).select_from(administrators.with_for_update().subquery()))
    if left == 1:
        raise LastAdministrator
