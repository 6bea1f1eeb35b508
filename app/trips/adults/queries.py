"""Whom one can choose as a grown-up of a trip."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.core.db import db
from app.organisations.models import Membership
from app.programmes.models import Programme


def accounts_to_choose(programme: Programme) -> list[tuple[User, str]]:
    """Return who works for the host or a unit of one of the sides now, each once, with the unit's name."""
    units = {programme.host_id, *(side.organisation_id for side in programme.sides if side.organisation_id)}
    found = (
        select(Membership)
        .where(Membership.organisation_id.in_(units), Membership.ended_at.is_(None))
        .options(joinedload(Membership.user), joinedload(Membership.organisation))
        .order_by(Membership.organisation_id, Membership.id)
    )
    by_account = {one.user_id: (one.user, one.organisation.name) for one in db.session.scalars(found.limit(1000))}
    return sorted(by_account.values(), key=lambda known: (known[1], known[0].name, known[0].id))
