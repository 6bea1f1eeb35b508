"""What can happen to units and to who works for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import func, select, update

from app.accounts import slips
from app.accounts.identifiers import Way
from app.accounts.models import User
from app.accounts.operations import open_account
from app.core import pictures
from app.core.changes import note_change, note_edit
from app.core.db import db
from app.core.pictures import UNCHANGED, PictureChange
from app.organisations.models import Invitation, Membership, MembershipRole, Organisation, OrganisationKind
from app.organisations.problems import LastAdministrator, NameTaken, NoSuchAccount

RECORD = "organisation"  # in the change log
STAFF = "staff"  # of an organisation; in the change log too


class Profile(TypedDict, total=False):
    """What a unit tells about itself; `app.organisations.models` says what each of them is."""

    place: str
    phone: str | None
    contact: str
    introduction: str
    seal_keeper: str
    seal_text: str
    capacity: int | None
    offers: str
    origin: str
    levels: str


def create_organisation(
    name: str,
    kind: OrganisationKind,
    *,
    short_name: str = "",
    by: int | None = None,
    at: datetime,
    **profile: Unpack[Profile],
) -> Organisation:
    """Enter a unit. Raises `NameTaken`."""
    _refuse_second(name)
    organisation = Organisation(name=name, kind=kind, short_name=short_name, created_at=at, **profile)
    db.session.add(organisation)
    db.session.flush()
    note_change(RECORD, organisation.id, "entered", by=by, at=at)
    return organisation


def edit_organisation(
    organisation_id: int,
    name: str,
    short_name: str,
    logo: PictureChange = UNCHANGED,
    *,
    by: int,
    at: datetime,
    **profile: Unpack[Profile],
) -> Organisation:
    """Change a unit; its kind stays, for much leans on it. Raises `NameTaken`."""
    organisation = db.session.get_one(Organisation, organisation_id)
    if name != organisation.name:
        _refuse_second(name)
    return _edit(organisation, {"name": name, "short_name": short_name, **profile}, logo, by=by, at=at)


def edit_profile(
    organisation_id: int, logo: PictureChange, *, by: int, at: datetime, **profile: Unpack[Profile]
) -> Organisation:
    """Change what a unit tells about itself; what it is called and what it is are for the administrator."""
    return _edit(db.session.get_one(Organisation, organisation_id), profile, logo, by=by, at=at)


def add_member(
    user_id: int, organisation_id: int, role: MembershipRole, *, by: int | None = None, at: datetime
) -> Membership:
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
    note_change(STAFF, organisation_id, "joined", by=by, at=at, user=user_id, role=role)
    slips.void(user_id, at=at)  # whoever printed one had no say in this unit
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


def employ(
    organisation_id: int, role: MembershipRole, *, way: Way, identifier: str, by: int, at: datetime
) -> Membership:
    """Let the account with this phone, e-mail or name work for a unit; its name and password stay its own.

    Raises `NoSuchAccount`.
    """
    user_id = db.session.scalar(select(User.id).where(getattr(User, way) == identifier))
    if user_id is None:
        raise NoSuchAccount
    return add_member(user_id, organisation_id, role, by=by, at=at)


def end_membership(membership_id: int, *, by: int | None = None, at: datetime) -> Membership:
    """End somebody's work for a unit; the next request of theirs is already a stranger's, and so are the links and
    slips they handed out."""
    membership = db.session.get_one(Membership, membership_id, with_for_update={"key_share": True})
    if membership.ended_at is None and membership.role is MembershipRole.ADMINISTRATOR:
        _refuse_last_administrator()
    if membership.ended_at is None:
        membership.ended_at = at
        _take_back(membership, at)
        note_change(
            STAFF, membership.organisation_id, "left", by=by, at=at, user=membership.user_id, role=membership.role
        )
    return membership


def require_second_factor(organisation_id: int, is_required: bool, *, by: int, at: datetime) -> None:
    """Let a unit's staff in only with a second factor, or with the password alone again."""
    organisation = db.session.get_one(Organisation, organisation_id, with_for_update=True)
    if organisation.requires_second_factor is not is_required:
        organisation.requires_second_factor = is_required
        what = "second_factor_required" if is_required else "second_factor_not_required"
        note_change(STAFF, organisation_id, what, by=by, at=at)


def _take_back(membership: Membership, at: datetime) -> None:
    """Let nothing count any more by which somebody who left could come back in."""
    slips.void_made_by(membership.user_id, at=at)
    made = update(Invitation).where(Invitation.made_by_id == membership.user_id)
    is_open = Invitation.accepted_at.is_(None) & Invitation.revoked_at.is_(None)
    here = Invitation.organisation_id == membership.organisation_id
    everywhere = membership.role is MembershipRole.ADMINISTRATOR
    db.session.execute(made.where(is_open if everywhere else is_open & here).values(revoked_at=at))


def _edit(
    organisation: Organisation, new: Mapping[str, object], logo: PictureChange, *, by: int, at: datetime
) -> Organisation:
    after = {**new, "logo_digest": pictures.changed(organisation.logo_digest, logo, at)}
    before = {field: getattr(organisation, field) for field in after}
    note_edit(RECORD, organisation.id, before, after, by=by, at=at)
    for field, value in after.items():
        setattr(organisation, field, value)
    db.session.flush()
    if before["logo_digest"] != after["logo_digest"]:
        pictures.let_go(before["logo_digest"])
    return organisation


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
