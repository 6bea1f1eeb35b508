"""In which capacity the account that is signed in acts."""

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.access import Principal, Role
from app.core.db import db
from app.organisations.models import Membership, MembershipRole, OrganisationKind

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
    for membership in _current_memberships(current_user.id):
        for role in _roles(membership):
            units.setdefault(role, set()).add(membership.organisation_id)
    return Principal(
        roles=frozenset({Role.SIGNED_IN, *units}),
        user_id=current_user.id,
        organisations={role: frozenset(ids) for role, ids in units.items()},
    )


def _current_memberships(user_id: int) -> list[Membership]:
    return list(
        db.session.scalars(
            select(Membership)
            .where(Membership.user_id == user_id, Membership.ended_at.is_(None))
            .options(joinedload(Membership.organisation))
        )
    )


def _roles(membership: Membership) -> tuple[Role, ...]:
    if membership.role in _ANYWHERE:
        return _ANYWHERE[membership.role]
    if membership.organisation.kind is OrganisationKind.SCHOOL:
        return (Role.SCHOOL,)
    if membership.organisation.kind is OrganisationKind.HOST:
        return _AT_A_HOST[membership.role]
    return ()
