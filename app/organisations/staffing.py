"""Who looks after whose staff: rows that a manager or an administrator may act on."""

from sqlalchemy import Select, or_, select

from app.accounts.models import User
from app.core.access import Principal, Role
from app.organisations.models import Invitation, Membership, MembershipRole, Organisation

MANAGED_ROLES = (MembershipRole.STAFF, MembershipRole.MANAGER)  # what a manager may give and take


def units_staffed_by(principal: Principal) -> Select[Organisation]:
    """Return the units whose staff somebody looks after: all for an administrator."""
    statement = select(Organisation)
    if principal.has(Role.ADMINISTRATOR):
        return statement
    return statement.where(Organisation.id.in_(principal.units(Role.MANAGER)))


def memberships_run_by(principal: Principal) -> Select[Membership]:
    """Return the memberships that somebody may end."""
    statement = select(Membership)
    if principal.has(Role.ADMINISTRATOR):
        return statement
    own = Membership.organisation_id.in_(principal.units(Role.MANAGER))
    return statement.where(own, Membership.role.in_(MANAGED_ROLES))


def invitations_run_by(principal: Principal) -> Select[Invitation]:
    """Return the invitations whose link somebody may read and take back: whoever reads a link can take its role."""
    statement = select(Invitation)
    if principal.has(Role.ADMINISTRATOR):
        return statement
    own = Invitation.organisation_id.in_(principal.units(Role.MANAGER))
    return statement.where(own, Invitation.role.in_(MANAGED_ROLES))


def accounts_reset_by(principal: Principal) -> Select[User]:
    """Return the accounts for which somebody may print a slip for a new password; never one's own.

    For an administrator that is everybody. A manager's are those who work in the manager's own units and nowhere else,
    as staff or managers: a slip must not open what the manager has no say in.
    """
    others = select(User).where(User.id != principal.actor)
    if principal.has(Role.ADMINISTRATOR):
        return others
    current = select(Membership.user_id).where(Membership.ended_at.is_(None))
    own = Membership.organisation_id.in_(principal.units(Role.MANAGER))
    is_managed = Membership.role.in_(MANAGED_ROLES)
    beyond = current.where(or_(~own, ~is_managed))
    return others.where(User.id.in_(current.where(own, is_managed)), User.id.not_in(beyond))
