"""Which programmes, sides and papers somebody may see."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload, selectinload, undefer

from app.core.access import Principal, Role
from app.core.clock import local_day
from app.core.db import db
from app.core.paging import Key
from app.organisations.models import Organisation, OrganisationKind
from app.programmes.models import Agreement, Document, ItineraryItem, Programme, Quota, Side
from app.programmes.search import ProgrammesWanted, ProgrammeView

PAGE = 20


def programmes_visible_to(principal: Principal) -> Select[Programme]:
    """Return published programmes for everyone, and a host's own drafts for its staff."""
    return _whole(select(Programme).where(_is_visible_to(principal)))


def programmes_run_by(principal: Principal) -> Select[Programme]:
    """Return the programmes of the hosts somebody works for."""
    return _whole(select(Programme).where(Programme.host_id.in_(principal.units(Role.STAFF))))


def sides_run_by(principal: Principal) -> Select[Side]:
    """Return the sides of the programmes of the hosts somebody works for."""
    own = Programme.host_id.in_(principal.units(Role.STAFF))
    return select(Side).join(Side.programme).where(own).options(contains_eager(Side.programme))


def items_run_by(principal: Principal) -> Select[ItineraryItem]:
    """Return what stands in the itineraries of the programmes of the hosts somebody works for."""
    own = Programme.host_id.in_(principal.units(Role.STAFF))
    return select(ItineraryItem).join(Programme, Programme.id == ItineraryItem.programme_id).where(own)


def documents_run_by(principal: Principal) -> Select[Document]:
    """Return the papers of the programmes and agreements of the hosts somebody works for."""
    hosts = principal.units(Role.STAFF)
    programmes = select(Programme.id).where(Programme.host_id.in_(hosts))
    agreements = select(Agreement.id).where(Agreement.host_id.in_(hosts))
    own = or_(Document.programme_id.in_(programmes), Document.agreement_id.in_(agreements))
    return select(Document).where(own).options(undefer(Document.content))


def public_documents() -> Select[Document]:
    """Return the papers that anybody may read: those marked so, of programmes that are published."""
    published = select(Programme.id).where(Programme.published_at.is_not(None))
    open_ones = select(Document).where(Document.is_public, Document.programme_id.in_(published))
    return open_ones.options(undefer(Document.content))


def documents_of(*, programme_id: int | None = None, agreement_id: int | None = None) -> Sequence[Document]:
    """Return the papers of a programme or an agreement, without what they say."""
    own = Document.programme_id == programme_id if programme_id else Document.agreement_id == agreement_id
    return db.session.scalars(select(Document).where(own).order_by(Document.id)).all()


def published_programmes(wanted: ProgrammesWanted, at: datetime, after: Key | None) -> list[Programme]:
    """Return a page of what everybody can see; one more than `PAGE` if there is more."""
    return _page(select(Programme).where(Programme.published_at.is_not(None)), wanted, at, after)


def desk_programmes(principal: Principal, wanted: ProgrammesWanted, at: datetime, after: Key | None) -> list[Programme]:
    """Return a page of a part of the programmes of the host in view; one more than `PAGE` if there is more."""
    return _page(select(Programme).where(Programme.host_id.in_(principal.units_in_view(Role.STAFF))), wanted, at, after)


def units_to_choose(*kinds: OrganisationKind) -> Sequence[Organisation]:
    """Return the units of some kinds by name, to be chosen as a side, a partner or a base."""
    found = select(Organisation).where(Organisation.kind.in_(kinds)).order_by(Organisation.name_pinyin, Organisation.id)
    return db.session.scalars(found.limit(500)).all()


def quotas_of_school(principal: Principal) -> Select[Quota]:
    """Return what the schools somebody works for may recommend, in programmes that are published."""
    own = Quota.school_id.in_(principal.units(Role.SCHOOL))
    return (
        select(Quota)
        .join(Quota.side)
        .join(Side.programme)
        .where(own, Programme.published_at.is_not(None))
        .options(contains_eager(Quota.side).contains_eager(Side.programme), joinedload(Quota.school))
    )


def _is_visible_to(principal: Principal) -> ColumnElement[bool]:
    published, own = Programme.published_at.is_not(None), principal.units(Role.STAFF)
    return or_(published, Programme.host_id.in_(own)) if own else published


def _whole(statement: Select[Programme]) -> Select[Programme]:
    return statement.options(
        joinedload(Programme.host),
        selectinload(Programme.sides).joinedload(Side.organisation),
        selectinload(Programme.items).joinedload(ItineraryItem.base),
    )


def _page(statement: Select[Programme], wanted: ProgrammesWanted, at: datetime, after: Key | None) -> list[Programme]:
    """Return what is over latest first, the rest earliest first."""
    today, key = local_day(at), (local_day(after[0]), after[1]) if after else None
    order, place = tuple_(Programme.starts_on, Programme.id), (Programme.starts_on, Programme.id)
    statement = statement.where(*wanted.conditions)
    if wanted.view is ProgrammeView.OVER:
        statement = statement.where(Programme.ends_on < today, Programme.published_at.is_not(None))
        statement = (statement.where(order < key) if key else statement).order_by(*(one.desc() for one in place))
    else:
        is_draft = wanted.view is ProgrammeView.DRAFTS
        part = Programme.published_at.is_(None) if is_draft else Programme.ends_on >= today
        statement = (statement.where(order > key) if key else statement).where(part).order_by(*place)
    brought = statement.options(joinedload(Programme.host), selectinload(Programme.sides))
    return list(db.session.scalars(brought.limit(PAGE + 1)))
