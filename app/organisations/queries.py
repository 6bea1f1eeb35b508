"""Units, and who works for them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.organisations.models import Membership, Organisation, OrganisationKind


def schools() -> list[Organisation]:
    """Return all schools by name."""
    statement = select(Organisation).where(Organisation.kind == OrganisationKind.SCHOOL)
    return list(db.session.scalars(statement.order_by(Organisation.name)))


def units(ids: frozenset[int]) -> list[Organisation]:
    """Return some units by name."""
    return list(db.session.scalars(select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.name)))


def members_of(organisation_id: int) -> Select[Membership]:
    """Return who works for a unit now."""
    return (
        select(Membership)
        .where(Membership.organisation_id == organisation_id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.user))
        .order_by(Membership.id)
    )


def by_kind() -> dict[OrganisationKind, list[Organisation]]:
    """Return all units by kind and name; a kind without any is left out."""
    found = db.session.scalars(select(Organisation).order_by(Organisation.kind, Organisation.name)).all()
    grouped = {kind: [one for one in found if one.kind is kind] for kind in OrganisationKind}
    return {kind: ones for kind, ones in grouped.items() if ones}
