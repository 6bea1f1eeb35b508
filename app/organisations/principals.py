"""In which capacity the account that is signed in acts."""

from datetime import datetime, timedelta

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts import sessions
from app.accounts.presence import Presence
from app.core.access import MINE, Desk, Principal, Role
from app.core.db import db
from app.organisations.models import Membership, MembershipRole, Organisation, OrganisationKind

PROOF_LASTS = timedelta(hours=12)  # for taking a full list away
ADMINISTRATION = Desk("admin", Role.ADMINISTRATOR)
AUDIT = Desk("audit", Role.AUDITOR)
_NEEDED = (Organisation.name, Organisation.kind, Organisation.requires_second_factor)
_AT_A_HOST = {
    MembershipRole.STAFF: (Role.STAFF,),
    MembershipRole.MANAGER: (Role.STAFF, Role.MANAGER),
}
_AT_A_SCHOOL = {
    MembershipRole.STAFF: (Role.SCHOOL,),
    MembershipRole.MANAGER: (Role.SCHOOL, Role.MANAGER),
}
_ANYWHERE = {
    MembershipRole.AUDITOR: (Role.AUDITOR,),
    MembershipRole.ADMINISTRATOR: (Role.ADMINISTRATOR,),
}


def principal_of_session() -> Principal | None:
    """Return who is signed in, with the roles of this very moment: who leaves a unit loses access at once."""
    session = sessions.current() if current_user.is_authenticated else None
    if session is None:
        return None
    memberships = _current_memberships(session.user_id)
    withheld = frozenset() if session.proven_at else _asking_for_proof(memberships)
    units: dict[Role, set[int]] = {}
    for membership in memberships:
        for role in _roles(membership):
            units.setdefault(role, set()).add(membership.organisation_id)
    desks = _desks(memberships)
    return Principal(
        roles=frozenset({Role.SIGNED_IN, *units}) - withheld,
        user_id=session.user_id,
        organisations={role: frozenset(ids) for role, ids in units.items() if role not in withheld},
        withheld=withheld,
        proven_until=_proven_until(session),
        desks=desks,
        desk=next((desk for desk in desks if desk.key == session.view), (*desks[1:], MINE)[0]),
    )


def _asking_for_proof(memberships: list[Membership]) -> frozenset[Role]:
    """Return the roles that nobody has without a second factor."""
    asking = (one for one in memberships if one.organisation.requires_second_factor)
    return frozenset(role for one in asking for role in _roles(one)) | {Role.ADMINISTRATOR} & {
        role for one in memberships for role in _roles(one)
    }


def _proven_until(session: Presence) -> datetime | None:
    if session.proven_at is None:
        return None
    return max(filter(None, (session.proven_at + PROOF_LASTS, session.remembered_until)))


def _desks(memberships: list[Membership]) -> tuple[Desk, ...]:
    """Return where somebody may work: one's own pages first, administration and audit last."""
    held = [(one, role) for one in memberships for role in _roles(one)]
    units = {
        one.organisation_id: Desk(str(one.organisation_id), role, one.organisation.name, one.organisation_id)
        for one, role in held
        if role in {Role.STAFF, Role.SCHOOL}
    }
    hosts_first = sorted(units.values(), key=lambda desk: (desk.role is not Role.STAFF, desk.unit))
    roles = {role for _, role in held}
    over_all = (desk for desk in (ADMINISTRATION, AUDIT) if desk.role in roles)
    return (MINE, *hosts_first, *over_all)


def _current_memberships(user_id: int) -> list[Membership]:
    return list(
        db.session.scalars(
            select(Membership)
            .where(Membership.user_id == user_id, Membership.ended_at.is_(None))
            .options(joinedload(Membership.organisation).load_only(*_NEEDED))
        )
    )


def _roles(membership: Membership) -> tuple[Role, ...]:
    if membership.role in _ANYWHERE:
        return _ANYWHERE[membership.role]
    if membership.organisation.kind is OrganisationKind.SCHOOL:
        return _AT_A_SCHOOL[membership.role]
    if membership.organisation.kind is OrganisationKind.HOST:
        return _AT_A_HOST[membership.role]
    return ()
