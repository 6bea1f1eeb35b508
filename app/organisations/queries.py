"""Units, and in which capacity an account acts."""

from flask_login import current_user
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.core.access import Principal, Role
from app.core.db import db
from app.organisations.models import Membership, MembershipRole, Organisation, OrganisationKind

_AT_A_HOST = {
    MembershipRole.STAFF: (Role.STAFF,),
    MembershipRole.MANAGER: (Role.STAFF, Role.MANAGER),
}
_ANYWHERE = {
    MembershipRole.AUDITOR: (Role.AUDITOR,),
    MembershipRole.ADMINISTRATOR: (Role.ADMINISTRATOR,),
}


def principal_of_session() -> Principal | None:
    """Return who is signed in, with the roles of this very moment: who leaves a unit loses access at once."""
    if not current_user.is_authenticated:
        return None
    units: dict[Role, set[int]] = {}
    for membership in current_memberships(current_user.id):
        for role in _roles(membership):
            units.setdefault(role, set()).add(membership.organisation_id)
    return Principal(
        roles=frozenset({Role.SIGNED_IN, *units}),
        user_id=current_user.id,
        organisations={role: frozenset(ids) for role, ids in units.items()},
    )


def current_memberships(user_id: int) -> list[Membership]:
    """Return for which units an account works now."""
    return list(
        db.session.scalars(
            select(Membership)
            .where(Membership.user_id == user_id, Membership.ended_at.is_(None))
            .options(joinedload(Membership.organisation))
        )
    )


def schools() -> list[Organisation]:
    """Return all schools by name."""
    statement = select(Organisation).where(Organisation.kind == OrganisationKind.SCHOOL)
    return list(db.session.scalars(statement.order_by(Organisation.name)))


def units(ids: frozenset[int]) -> list[Organisation]:
    """Return some units by name."""
    return list(db.session.scalars(select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.name)))


def members_of(organisation_id: int) -> Select[tuple[Membership]]:
    """Return who works for a unit now."""
    return (
        select(Membership)
        .where(Membership.organisation_id == organisation_id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.user))
        .order_by(Membership.id)
    )


def _roles(membership: Membership) -> tuple[Role, ...]:
    if membership.role in _ANYWHERE:
        return _ANYWHERE[membership.role]
    if membership.organisation.kind is OrganisationKind.SCHOOL:
        return (Role.SCHOOL,)
    if membership.organisation.kind is OrganisationKind.HOST:
        return _AT_A_HOST[membership.role]
    return ()


def by_kind() -> dict[OrganisationKind, list[Organisation]]:
    """Return all units by kind and name; a kind without any is left out."""
    found = db.session.scalars(select(Organisation).order_by(Organisation.kind, Organisation.name)).all()
    grouped = {kind: [one for one in found if one.kind is kind] for kind in OrganisationKind}
    return {kind: ones for kind, ones in grouped.items() if ones}
