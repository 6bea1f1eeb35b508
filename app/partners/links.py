"""Making a partner's link, closing it, and finding what it opens."""

from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core.access import Principal, Role
from app.core.changes import note_change
from app.core.clock import end_of_day
from app.core.codes import fingerprint
from app.core.crypto import derived_code, new_nonce
from app.core.db import db
from app.core.filters import full_day
from app.partners.models import PartnerLink
from app.partners.problems import LinkEndsTooLate, LinkEndsTooSoon, OwnSide, PartnerLinkOver
from app.programmes.models import Programme, Side
from app.programmes.planning import RECORD

_PURPOSE = "partner link"
_NEEDED_FOR = timedelta(days=90)  # after the programme: letters go on for some time


def make_link(side_id: int, label: str, ends_on: date, *, by: int, at: datetime) -> PartnerLink:
    """Make a link for a partner's side; a second call makes a second one.

    Raises `OwnSide`, `LinkEndsTooSoon`, `LinkEndsTooLate`.
    """
    side = db.session.get_one(Side, side_id)
    if side.organisation_id == side.programme.host_id:
        raise OwnSide
    ends_at, latest = end_of_day(ends_on), side.programme.ends_on + _NEEDED_FOR
    if ends_at <= at:
        raise LinkEndsTooSoon
    if ends_on > latest:
        raise LinkEndsTooLate(latest=full_day(latest))
    link = PartnerLink(side_id=side_id, label=label, nonce=new_nonce(), made_at=at, made_by_id=by, ends_at=ends_at)
    link.code_hash = fingerprint(code_of(link))
    db.session.add(link)
    note_change(RECORD, side.programme_id, "link_made", by=by, at=at, title=side.title, label=label)
    db.session.flush()
    return link


def close_link(link_id: int, *, by: int, at: datetime) -> PartnerLink:
    """Let a link open nothing any more; what was entered by it stays. A second time changes nothing."""
    link = db.session.get_one(PartnerLink, link_id, with_for_update={"of": PartnerLink})
    if link.closed_at is None:
        link.closed_at, link.closed_by_id = at, by
        facts = {"title": link.side.title, "label": link.label}
        note_change(RECORD, link.side.programme_id, "link_closed", by=by, at=at, **facts)
    return link


def code_of(link: PartnerLink) -> str:
    """Return what the link's address ends in; the database does not have it."""
    return derived_code(_PURPOSE, link.nonce)


def link_called(code: str, *, at: datetime) -> PartnerLink:
    """Return the open link of a code, with its side and programme. Raises `PartnerLinkOver`."""
    whole = joinedload(PartnerLink.side).joinedload(Side.programme).joinedload(Programme.host)
    link = db.session.scalar(select(PartnerLink).where(PartnerLink.code_hash == fingerprint(code)).options(whole))
    if link is None or not _works(link, at):
        raise PartnerLinkOver
    return link


def still_open(link_id: int, *, at: datetime) -> PartnerLink:
    """Return a link inside an operation; it may have been closed since its page was opened. Raises
    `PartnerLinkOver`."""
    link = db.session.get_one(PartnerLink, link_id, populate_existing=True)
    if not _works(link, at):
        raise PartnerLinkOver
    return link


def links_run_by(principal: Principal) -> Select[PartnerLink]:
    """Return the links of the sides of the programmes of the hosts somebody works for."""
    own = Programme.host_id.in_(principal.units(Role.STAFF))
    found = select(PartnerLink).join(PartnerLink.side).join(Side.programme).where(own)
    return found.options(contains_eager(PartnerLink.side).contains_eager(Side.programme))


def links_of(side_id: int) -> Select[PartnerLink]:
    """Return the links of a side, the latest first."""
    theirs = select(PartnerLink).where(PartnerLink.side_id == side_id).order_by(PartnerLink.id.desc())
    return theirs.options(joinedload(PartnerLink.sheet)).limit(50)


def _works(link: PartnerLink, at: datetime) -> bool:
    return link.is_open(at) and link.side.programme.is_published
