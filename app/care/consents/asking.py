"""Asking guardians: one link for a family, which ends with what is held."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from app.care.consents.models import GuardianAsk, GuardianLink
from app.care.consents.problems import LinkOver, NobodyToAsk
from app.core.codes import fingerprint
from app.core.crypto import derived_code, new_nonce
from app.core.db import db
from app.events.models import Registration, RegistrationState
from app.events.registration.scopes import programme_scope_of, scope_of
from app.people.consents.models import Guardian
from app.people.consents.recording import objected_to
from app.people.consents.scopes import pairing_scope, programme_scope
from app.people.models import ActsFor
from app.programmes.applications.queries import awaits_family
from app.programmes.models import Application

_PURPOSE = "guardian link"
LEAST = timedelta(days=3)  # that a link about a pair is good for


def ask_family(user_id: int, *, browser_hash: str = "", at: datetime) -> GuardianLink:
    """Make the link with which an account asks a guardian about all places that wait for one: siblings are on one page.

    While one is open it is the same again, with what has come since. Raises `NobodyToAsk`.
    """
    theirs = select(ActsFor.person_id).where(ActsFor.user_id == user_id)
    return _ask(_waiting(Registration.person_id.in_(theirs)), user_id, browser_hash, at)


def ask_about(registration_id: int, *, by: int, at: datetime) -> GuardianLink:
    """Make the link with which a school or a host asks about one minor's places. Raises `NobodyToAsk`."""
    person_id = db.session.get_one(Registration, registration_id).person_id
    return _ask(_waiting(Registration.person_id == person_id), by, "", at)


def ask_by_text(registration_id: int, guardian: Guardian, *, at: datetime) -> GuardianLink:
    """Make the link that goes to a guardian's phone about all of a minor's places that wait; it is no account's. Raises
    `NobodyToAsk`."""
    person_id = db.session.get_one(Registration, registration_id).person_id
    link = _ask(_waiting(Registration.person_id == person_id), None, "", at)
    for one in link.asks:
        one.guardian_id, one.asked_at = guardian.id, at
    return link


def ask_about_programme(application_id: int, *, by: int, browser_hash: str = "", at: datetime) -> GuardianLink:
    """Make the link with which an account asks a guardian whether somebody takes part in a programme; while one is open
    it is the same again. Raises `NobodyToAsk` once there is nothing to answer."""
    application = db.session.get_one(Application, application_id)
    if application.confirm_by is None:
        raise NobodyToAsk
    person_id, scope = application.person_id, programme_scope(application.programme_id)
    until = application.confirm_by
    link = _open_link(by, {person_id}, at) or _new_link(by, browser_hash, until, at=at)
    link.expires_at = max(link.expires_at or until, until)
    if (person_id, scope) not in {(one.person_id, one.scope) for one in link.asks}:
        link.asks.append(_ask_of(person_id, scope, at))
    db.session.flush()
    return link


def ask_about_pair(
    person_id: int, round_id: int, until: datetime, *, by: int, browser_hash: str = "", at: datetime
) -> GuardianLink:
    """Make the link with which an account asks a guardian about a pair; while one is open it is the same again."""
    link = _open_link(by, {person_id}, at) or _new_link(by, browser_hash, until, at=at)
    link.expires_at, scope = max(link.expires_at or until, until), pairing_scope(round_id)
    if (person_id, scope) not in {(one.person_id, one.scope) for one in link.asks}:
        link.asks.append(_ask_of(person_id, scope, at))
    db.session.flush()
    return link


def code_of(link: GuardianLink) -> str:
    """Return what the link's address ends in; the database does not have it."""
    return derived_code(_PURPOSE, link.nonce)


def link_called(code: str, *, at: datetime) -> GuardianLink:
    """Return the open link of a code. Raises `LinkOver`."""
    link = known_link(code)
    if link is None or not link.is_open(at):
        raise LinkOver
    return link


def known_link(code: str) -> GuardianLink | None:
    """Return the link of a code, open or not."""
    return db.session.scalar(select(GuardianLink).where(GuardianLink.code_hash == fingerprint(code)))


def open_link_of(user_id: int, person_id: int, *, at: datetime) -> GuardianLink | None:
    """Return the link an account has made about somebody, while it is open."""
    return _open_link(user_id, {person_id}, at)


def make_page(asks: Iterable[GuardianAsk], guardian_of: dict[int, int], *, at: datetime) -> GuardianLink:
    """Make the private page of a guardian who has answered: it lasts, and whoever only has the first link does not get
    to it."""
    page = _new_link(None, "", None, is_page=True, at=at)
    for one in asks:
        if one.person_id in guardian_of:
            guardian_id = guardian_of[one.person_id]
            page.asks.append(_ask_of(one.person_id, one.scope, at, guardian_id))
    db.session.flush()
    return page


def keep_page(user_id: int, scope: str, guardian_of: Mapping[int, int], *, at: datetime) -> GuardianLink:
    """Put what a parent answered in the own account on the family's private page: one for all children, and again for
    whoever signs another one up. ``guardian_of`` has the guardians by child."""
    page = _page_of(user_id) or _new_link(user_id, "", None, is_page=True, at=at)
    known = {(one.person_id, one.scope): one for one in page.asks}
    for person_id, guardian_id in guardian_of.items():
        one = known.get((person_id, scope))
        if one is None:
            page.asks.append(_ask_of(person_id, scope, at, guardian_id))
        elif one.guardian_id != guardian_id:  # somebody else's answer: it has yet to be proven who reads it
            one.guardian_id, one.opened_at = guardian_id, None
    db.session.flush()
    return page


def page_about(user_id: int, person_id: int) -> GuardianLink | None:
    """Return the private page of an account that shows what was answered about a child."""
    page = _page_of(user_id)
    return page if page and person_id in {one.person_id for one in page.asks} else None


def _page_of(user_id: int) -> GuardianLink | None:
    own = (GuardianLink.made_by_id == user_id, GuardianLink.is_page, GuardianLink.closed_at.is_(None))
    return db.session.scalar(select(GuardianLink).where(*own).order_by(GuardianLink.id.desc()).limit(1))


def _ask(waiting: Sequence[Registration], by: int | None, browser_hash: str, at: datetime) -> GuardianLink:
    if not waiting:
        raise NobodyToAsk
    until = max(one.held_until or one.slot.ends_at for one in waiting)
    link = _open_link(by, {one.person_id for one in waiting}, at) or _new_link(by, browser_hash, until, at=at)
    link.expires_at = max(link.expires_at or until, until)
    known = {(one.person_id, one.scope) for one in link.asks}
    for person_id, scope in dict.fromkeys((one.person_id, _scope_to_ask(one)) for one in waiting):
        if (person_id, scope) not in known:
            link.asks.append(_ask_of(person_id, scope, at))
    db.session.flush()
    return link


def _waiting(whose: ColumnElement[bool]) -> Sequence[Registration]:
    held = select(Registration).where(whose, Registration.state == RegistrationState.HELD)
    return db.session.scalars(held.order_by(Registration.id)).all()


def _scope_to_ask(one: Registration) -> str:
    """Return what to ask about a place: whoever is asked about the programme in which it happens is not asked twice."""
    scope = programme_scope_of(one.slot)
    own = scope_of(one.slot)
    if scope is None or objected_to(own, [one.person_id]):  # what was said no to by itself is asked about by itself
        return own
    return scope if awaits_family(one.person_id, one.slot.event.programme_id) else own


def _open_link(by: int | None, person_ids: set[int], at: datetime) -> GuardianLink | None:
    """Return the link that is still open and about these; an account's, or None: that of a text message."""
    own = (GuardianLink.made_by_id == by, GuardianLink.closed_at.is_(None), GuardianLink.expires_at > at)
    found = db.session.scalars(select(GuardianLink).where(*own).order_by(GuardianLink.id.desc()).limit(10))
    return next((one for one in found if person_ids & {ask.person_id for ask in one.asks}), None)


def _new_link(
    by: int | None, browser_hash: str, until: datetime | None, *, is_page: bool = False, at: datetime
) -> GuardianLink:
    link = GuardianLink(
        nonce=new_nonce(), is_page=is_page, made_at=at, made_by_id=by, browser_hash=browser_hash, expires_at=until
    )
    link.code_hash = fingerprint(code_of(link))
    db.session.add(link)
    return link


def _ask_of(person_id: int, scope: str, at: datetime, guardian_id: int | None = None) -> GuardianAsk:
    return GuardianAsk(person_id=person_id, scope=scope, guardian_id=guardian_id, asked_at=at)
