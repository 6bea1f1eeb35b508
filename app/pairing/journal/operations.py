"""Noting what pairs did, and taking back what was noted wrong. Nothing is edited: what is right is noted anew."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from app.core.changes import note_change
from app.core.clock import local_day
from app.core.db import db
from app.pairing.journal.models import EntryKind, JournalEntry, Way
from app.pairing.journal.problems import AlreadyNoted, NotPublishedYet, NotToday, PairIsOver
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.rounds import RECORD


@dataclass(frozen=True)
class Group:
    """Whose entry it is: a side, or a school or a class of it ("" narrows nothing down)."""

    side: int
    school: str = ""
    class_name: str = ""


@dataclass(frozen=True)
class What:
    """What happened, how often or how many, and on which day."""

    kind: EntryKind
    way: Way | None
    count: int
    happened_on: date
    words: str = ""


def note_group(
    round_id: int, group: Group, what: What, *, is_another: bool = False, by: int, at: datetime
) -> JournalEntry:
    """Note for a class or a side in one go.

    Raises `NotPublishedYet`, `NotToday`, and `AlreadyNoted` for exactly the same unless it is another time.
    """
    one = _published(round_id)
    return _note(JournalEntry(round_id=one.id, **asdict(group), **asdict(what)), is_another, by=by, at=at)


def note_pair(pair_id: int, side: int, what: What, *, is_another: bool = False, by: int, at: datetime) -> JournalEntry:
    """Note for one pair, as its teachers or the organiser. Raises the same, and `PairIsOver`."""
    pair = _formed(pair_id)
    return _note(_of_pair(pair, side, what), is_another, by=by, at=at)


def note_own(member_id: int, what: What, *, by: int, at: datetime) -> JournalEntry:
    """Note a call or a meeting of the own pair, as a family: without words. Raises the same."""
    member = db.session.get_one(PairingMember, member_id)
    if member.pair_id is None or what.kind is EntryKind.LETTER:
        raise PairIsOver
    pair = _formed(member.pair_id)
    entry = _of_pair(pair, member.side, replace(what, words=""))
    entry.is_family = True
    return _note(entry, False, by=by, at=at)


def take_back(entry_id: int, *, by: int, at: datetime) -> JournalEntry:
    """Let an entry count no more; it stays, crossed out. A second time changes nothing."""
    entry = db.session.get_one(JournalEntry, entry_id, with_for_update=True, populate_existing=True)
    if entry.taken_back_at is None:
        entry.taken_back_at, entry.taken_back_by_id = at, by
        note_change(RECORD, entry.round_id, "entry_taken_back", by=by, at=at, count=entry.count)
    return entry


def _note(entry: JournalEntry, is_another: bool, *, by: int, at: datetime) -> JournalEntry:
    one = db.session.get_one(PairingRound, entry.round_id, with_for_update={"of": PairingRound})
    if one.published_at is None:
        raise NotPublishedYet
    if not local_day(one.published_at) <= entry.happened_on <= local_day(at):
        raise NotToday
    if not is_another and _is_there(entry):
        raise AlreadyNoted
    entry.noted_at, entry.noted_by_id = at, by
    db.session.add(entry)
    db.session.flush()
    return entry


def _is_there(entry: JournalEntry) -> bool:
    same = ("round_id", "pair_id", "side", "school", "class_name", "kind", "way", "count", "happened_on")
    alike = [getattr(JournalEntry, name) == getattr(entry, name) for name in same]
    there = select(JournalEntry.id).where(*alike, JournalEntry.taken_back_at.is_(None))
    return db.session.scalar(there.limit(1)) is not None


def _of_pair(pair: Pair, side: int, what: What) -> JournalEntry:
    return JournalEntry(round_id=pair.round_id, pair_id=pair.id, **asdict(Group(side)), **asdict(what))


def _published(round_id: int) -> PairingRound:
    one = db.session.get_one(PairingRound, round_id)
    if one.published_at is None:
        raise NotPublishedYet
    return one


def _formed(pair_id: int) -> Pair:
    pair = db.session.get_one(Pair, pair_id)
    if pair.formed_at is None:
        raise PairIsOver
    return pair
