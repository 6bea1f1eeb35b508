"""Units, and who works for them."""

from collections.abc import Sequence

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import joinedload

from app.core.access import Principal, Role
from app.core.db import db
from app.core.search_keys import begins_with, written
from app.organisations.models import Membership, Organisation, OrganisationKind, SchoolLevel

PAGE = 50
_SEARCHED = (
    Organisation.name_key,
    Organisation.name_pinyin,
    Organisation.name_initials,
    Organisation.short_key,
    Organisation.short_pinyin,
    Organisation.short_initials,
)


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


def page_of_units(
    kind: OrganisationKind | None, level: SchoolLevel | None, typed: str, after_id: int | None
) -> tuple[Sequence[Organisation], int | None]:
    """Return a page of units by name and, if there is more, the id of the one the next page starts after.

    ``typed`` is the beginning of a name or a short name, as written, by pinyin or by initials.
    """
    statement = select(Organisation).order_by(Organisation.name_pinyin, Organisation.id)
    if kind:
        statement = statement.where(Organisation.kind == kind)
    if level:
        statement = statement.where(Organisation.levels.contains(f" {level} "))
    if key := written(typed):
        statement = statement.where(begins_with(key, *_SEARCHED))
    if last := db.session.get(Organisation, after_id) if after_id else None:
        where = tuple_(Organisation.name_pinyin, Organisation.id) > tuple_(last.name_pinyin, last.id)
        statement = statement.where(where)
    found = db.session.scalars(statement.limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def managed_by(principal: Principal, role: Role) -> Select[Organisation]:
    """Return the units whose profile somebody looks after, of those where a role (staff of a host, school) is held."""
    ids = principal.units(Role.MANAGER) & principal.units(role)
    return select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.id)
