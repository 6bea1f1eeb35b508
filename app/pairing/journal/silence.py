"""Pairs of which nothing was heard: no entry of theirs or of their class, no letter handed on. For teachers; children
are not reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.clock import local_day, start_of_day
from app.core.db import db
from app.messages.models import MessageKind
from app.messages.sending import News, Reader, tell_all
from app.organisations.models import Membership
from app.pairing.journal.models import JournalEntry
from app.pairing.letters.models import OpenLetter
from app.pairing.letters.readers import aftercare_of, covers, readers_of
from app.pairing.letters.telling import own_readers
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.states import PairState

PAGE = 50


@dataclass(frozen=True)
class Silent:
    """A silent pair, and when something was heard of it last."""

    pair: Pair
    last_on: date | None


@dataclass(frozen=True)
class SilentPupil:
    """One of a silent pair, and when something was heard of it last."""

    member: PairingMember
    last_on: date | None


def silent_pairs(one: PairingRound, at: datetime) -> Select[Pair]:
    """Return the formed pairs of a round of which nothing was heard for as long as the round says."""
    days = aftercare_of(one.id).silent_days
    limit = local_day(at) - timedelta(days=days)
    found = select(Pair).where(Pair.round_id == one.id, Pair.state == PairState.FORMED)
    heard = exists().where(_is_of_pair(), JournalEntry.happened_on > limit)
    wrote = exists().where(OpenLetter.pair_id == Pair.id, OpenLetter.handed_on > limit)
    is_old = Pair.formed_at < start_of_day(limit + timedelta(days=1))
    return found.where(is_old, ~heard, ~wrote) if days else found.where(Pair.id < 0)


def page_of_silent(one: PairingRound, at: datetime, after: int) -> tuple[list[Silent], int | None]:
    """Return a page of them by number, and after which number the next one starts."""
    wanted = silent_pairs(one, at).where(Pair.number > after).order_by(Pair.number).limit(PAGE + 1)
    whole = wanted.options(selectinload(Pair.members).joinedload(PairingMember.person))
    rows = db.session.execute(whole.add_columns(*_last_heard())).all()
    found = [Silent(pair, max(filter(None, days), default=None)) for pair, *days in rows]
    return found[:PAGE], found[PAGE - 1].pair.number if len(found) > PAGE else None


def page_of_silent_pupils(
    one: PairingRound, at: datetime, pupils: Select[PairingMember], after: int
) -> tuple[list[SilentPupil], int | None]:
    """Return a page of those of these who are of a silent pair, and after whom the next one starts."""
    ids = silent_pairs(one, at).with_only_columns(Pair.id)
    theirs = pupils.where(PairingMember.round_id == one.id, PairingMember.pair_id.in_(ids), PairingMember.id > after)
    named = theirs.options(joinedload(PairingMember.person), joinedload(PairingMember.pair)).order_by(PairingMember.id)
    members = db.session.scalars(named.limit(PAGE + 1)).all()
    heard = select(Pair.id, *_last_heard()).where(Pair.id.in_([member.pair_id for member in members]))
    last_on = {number: max(filter(None, days), default=None) for number, *days in db.session.execute(heard)}
    found = [SilentPupil(member, last_on.get(member.pair_id or 0)) for member in members]
    return found[:PAGE], members[PAGE - 1].id if len(members) > PAGE else None


def rounds_to_remind() -> Sequence[int]:
    """Return the published rounds that may have silent pairs."""
    formed = exists().where(Pair.round_id == PairingRound.id, Pair.state == PairState.FORMED)
    published = select(PairingRound.id).where(PairingRound.published_at.is_not(None), formed)
    return db.session.scalars(published.order_by(PairingRound.id)).all()


def remind(round_id: int, *, at: datetime) -> int:
    """Tell teachers and whoever published the round how many of their pairs are silent: one message each, once in each
    stretch of as many days as a pair may be silent. Returns how many were told."""
    one = db.session.get_one(PairingRound, round_id)
    days = aftercare_of(round_id).silent_days
    if not days or one.published_at is None:
        return 0
    stretch = (local_day(at) - local_day(one.published_at)).days // days
    counts, told = _counts(one, at), 0
    for user_id, count in sorted(counts.items()):
        readers = own_readers([user_id], f"silent-{round_id}-{stretch}")
        told += _tell(one, days, count, readers, is_ours=_works_for(user_id, one.host_id), at=at)
    return told


def _tell(one: PairingRound, days: int, count: int, readers: list[Reader], *, is_ours: bool, at: datetime) -> int:
    facts = {"event": one.title, "count": count, "silent_days": days, "round" if is_ours else "shared_round": one.id}
    return tell_all(News(MessageKind.PAIRS_SILENT, one.host_id, facts), readers, at=at)


def _counts(one: PairingRound, at: datetime) -> dict[int, int]:
    """Return how many silent pairs each teacher has; whoever published the round has all of them."""
    ids = silent_pairs(one, at).with_only_columns(Pair.id)
    members = db.session.scalars(select(PairingMember).where(PairingMember.pair_id.in_(ids))).all()
    pairs: dict[int, set[int | None]] = {}
    for reader in readers_of(one.id):
        pairs.setdefault(reader.user_id, set()).update(member.pair_id for member in members if covers(reader, member))
    if one.published_by_id is not None:
        pairs[one.published_by_id] = {member.pair_id for member in members}
    return {user_id: len(theirs) for user_id, theirs in pairs.items() if theirs}


def _last_heard() -> tuple[ScalarSelect[Any], ScalarSelect[Any]]:
    """Return when something was noted of a pair last, and a letter handed on; for statements over pairs."""
    noted = select(func.max(JournalEntry.happened_on)).where(_is_of_pair()).correlate(Pair)
    wrote = select(func.max(OpenLetter.handed_on)).where(OpenLetter.pair_id == Pair.id).correlate(Pair)
    return noted.scalar_subquery(), wrote.scalar_subquery()


def _is_of_pair() -> ColumnElement[bool]:
    """Return the condition that an entry counts for a pair: its own, or one of a class that one of it is of."""
    theirs = exists().where(
        PairingMember.pair_id == Pair.id,
        PairingMember.side == JournalEntry.side,
        or_(JournalEntry.school == "", JournalEntry.school == PairingMember.school),
        or_(JournalEntry.class_name == "", JournalEntry.class_name == PairingMember.class_name),
    )
    of_class = theirs.correlate(Pair, JournalEntry)  # by itself it finds only the entry around it, not the pair
    its_own = or_(JournalEntry.pair_id == Pair.id, JournalEntry.pair_id.is_(None) & of_class)
    return (JournalEntry.round_id == Pair.round_id) & JournalEntry.taken_back_at.is_(None) & its_own


def _works_for(user_id: int, host_id: int) -> bool:
    works = (Membership.user_id == user_id, Membership.organisation_id == host_id, Membership.ended_at.is_(None))
    return db.session.scalar(select(Membership.id).where(*works).limit(1)) is not None
