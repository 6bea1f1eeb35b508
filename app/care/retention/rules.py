"""For how long what is kept: what administrators have set, or what it is by itself; never less than the law says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import Delete, Select, delete, exists, or_, select

from app.accounts.models import Session
from app.care.erasing import requests
from app.care.models import Erasure, Keeping, RetentionRule
from app.core.audit import SHORTEST, AccessEntry
from app.core.changes import Change
from app.core.clock import local_day
from app.core.db import Base, db
from app.events.models import Registration, Slot
from app.messages.models import Delivery, Message
from app.organisations.models import Invitation
from app.pairing.models import PairingMember, PairingRound
from app.people.models import ActsFor, Person
from app.programmes.models import Application, Programme

AT_ONCE = 500  # rows; those who wait for a page want to write in between
MOST_DAYS = 3650


@dataclass(frozen=True)
class Kept:
    """One kind: what it is called, for how many days by itself, at least, and what lets some of it go: all from before
    a moment, which is passed with the present one."""

    words: LazyString
    days: int
    least: int
    drop: Callable[[datetime, datetime], int]


def days_of(kind: Keeping) -> int:
    """Return for how many days a kind is kept."""
    return db.session.scalar(select(RetentionRule.days).where(RetentionRule.kind == kind)) or KINDS[kind].days


def set_days(days: dict[Keeping, int]) -> None:
    """Settle for how long all kinds are kept; never less than is owed."""
    known = {one.kind: one for one in db.session.scalars(select(RetentionRule).with_for_update())}
    for kind, number in days.items():
        row = known.get(kind)
        if row is None:
            row = RetentionRule(kind=kind)
            db.session.add(row)
        row.days = min(max(number, KINDS[kind].least), MOST_DAYS)


def drop_some(kind: Keeping, *, at: datetime) -> int:
    """Let some of what is too old go; returns how much."""
    return KINDS[kind].drop(at - timedelta(days=days_of(kind)), at)


def _drop_messages(before: datetime, _at: datetime) -> int:
    ids = _some(select(Message.id).where(Message.sent_at < before))
    if ids:
        db.session.execute(delete(Delivery).where(Delivery.message_id.in_(ids)))
    return _gone(Message, ids)


def _drop_changes(before: datetime, _at: datetime) -> int:
    return _gone(Change, _some(select(Change.id).where(Change.at < before)))


def _drop_access(before: datetime, _at: datetime) -> int:
    return _gone(AccessEntry, _some(select(AccessEntry.id).where(AccessEntry.at < before)))


def _drop_sessions(before: datetime, _at: datetime) -> int:
    return _gone(Session, _some(select(Session.id).where(Session.last_seen_at < before)))


def _drop_invitations(before: datetime, _at: datetime) -> int:
    return _gone(Invitation, _some(select(Invitation.id).where(Invitation.ends_at < before)))


def _drop_people(before: datetime, at: datetime) -> int:
    """Have people erased of whom nothing was heard: no sign-up, no date, no programme, no round of pairs, nobody who
    acts for them looked in."""
    signed_up = exists().where(
        Registration.person_id == Person.id,
        Registration.slot_id == Slot.id,
        or_(Registration.registered_at >= before, Slot.ends_at >= before),
    )
    travelled = exists().where(
        Application.person_id == Person.id,
        Application.programme_id == Programme.id,
        Programme.ends_on >= local_day(before),
    )
    was_paired = exists().where(
        PairingMember.person_id == Person.id,
        PairingMember.round_id == PairingRound.id,
        PairingRound.created_at >= before,
    )
    looked_in = exists().where(
        ActsFor.person_id == Person.id, Session.user_id == ActsFor.user_id, Session.last_seen_at >= before
    )
    is_under_way = or_(Erasure.decided_at.is_(None), Erasure.is_granted.is_(True))
    asked = exists().where(Erasure.person_id == Person.id, is_under_way)
    silent = select(Person.id).where(Person.created_at < before, Person.merged_into_id.is_(None), Person.name != "")
    ids = _some(silent.where(~signed_up, ~travelled, ~was_paired, ~looked_in, ~asked))
    for person_id in ids:
        _have_erased(person_id, at)
    return len(ids)


def _have_erased(person_id: int, at: datetime) -> None:
    row = Erasure(person_id=person_id, asked_at=at, due_at=at)
    db.session.add(row)
    db.session.flush()
    requests.grant(row.id, by=None, at=at)


def _some(ids: Select[int]) -> list[int]:
    return list(db.session.scalars(ids.limit(AT_ONCE)))


def _gone(model: type[Base], ids: list[int]) -> int:
    if ids:
        statement: Delete = delete(model).where(model.id.in_(ids))
        db.session.execute(statement)
    return len(ids)


KINDS: dict[Keeping, Kept] = {
    Keeping.MESSAGES: Kept(_l("Messages"), 365, 30, _drop_messages),
    Keeping.CHANGES: Kept(_l("History of units, events and sign-ups"), 1095, 183, _drop_changes),
    Keeping.ACCESS: Kept(_l("Access log"), 730, SHORTEST.days, _drop_access),
    Keeping.SESSIONS: Kept(_l("Sign-ins on devices nobody uses"), 90, 1, _drop_sessions),
    Keeping.INVITATIONS: Kept(_l("Invitations to staff that are over"), 365, 7, _drop_invitations),
    Keeping.PEOPLE: Kept(_l("People nobody has heard of"), 1095, 365, _drop_people),
}
