"""Setting a round up, saying how it is paired, checking it, publishing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.changes import Vocabulary, note_change
from app.core.db import db
from app.pairing.models import Pair, PairingRound
from app.pairing.problems import NotChecked, NothingPaired, RoundPublished, SecondPerson
from app.pairing.settings import Settings
from app.pairing.youths import Shape

RECORD = "pairing_round"
VOCABULARY = Vocabulary(
    happened={
        "set_up": _l("Set up"),
        "people": _l("People put in: %(count)s"),
        "taken_out": _l("One person taken out"),
        "paired": _l("Paired: %(pairs)s pairs, %(left)s left"),
        "locked": _l("Pair %(number)s locked"),
        "unlocked": _l("Pair %(number)s unlocked"),
        "all_locked": _l("All pairs locked"),
        "all_unlocked": _l("All pairs unlocked"),
        "parted": _l("Pair %(number)s parted for good"),
        "bound_together": _l("Two people: always together"),
        "kept_apart": _l("Two people: never together"),
        "swapped": _l("Two people changed places"),
        "joined": _l("Two people paired by hand"),
        "allowed": _l("Two people may be paired again"),
        "checked": _l("Checked"),
        "published": _l("Published"),
    }
)


@dataclass(frozen=True)
class Words:
    """What a round is called, its shape, and its sides."""

    title: str
    shape: Shape
    sides: Sequence[str]
    programme_id: int | None = None


def set_up(host_id: int, words: Words, settings: Settings, *, by: int, at: datetime) -> PairingRound:
    """Set a round up, empty."""
    first, second = (*words.sides, "", "")[:2]
    made = PairingRound(
        host_id=host_id,
        programme_id=words.programme_id,
        title=words.title,
        shape=words.shape,
        first_side=first,
        second_side=second,
        settings=settings.written(),
        created_at=at,
        created_by_id=by,
        changed_at=at,
        changed_by_id=by,
    )
    db.session.add(made)
    db.session.flush()
    note_change(RECORD, made.id, "set_up", by=by, at=at)
    return made


def open_round(round_id: int, *, by: int, at: datetime) -> PairingRound:
    """Return a round that is about to be changed, locked; a check of before counts no more. Raises `RoundPublished`."""
    one = db.session.get_one(PairingRound, round_id, with_for_update=True, populate_existing=True)
    if one.published_at is not None:
        raise RoundPublished
    one.version += 1
    one.checked_at = one.checked_by_id = None
    one.changed_at, one.changed_by_id = at, by
    return one


def check(round_id: int, *, by: int, at: datetime) -> PairingRound:
    """A second person has looked at every pair; a second time changes nothing.

    Raises `RoundPublished`, `NothingPaired`, and `SecondPerson` for whoever changed the round last.
    """
    one = _unpublished(round_id)
    if one.checked_at is not None:
        return one
    if db.session.scalar(select(Pair.id).where(Pair.round_id == round_id).limit(1)) is None:
        raise NothingPaired
    if one.changed_by_id == by:
        raise SecondPerson
    one.checked_at, one.checked_by_id = at, by
    note_change(RECORD, round_id, "checked", by=by, at=at)
    return one


def publish(round_id: int, *, by: int, at: datetime) -> PairingRound:
    """Publish a round that was checked; a second time changes nothing. Raises `NotChecked`."""
    one = db.session.get_one(PairingRound, round_id, with_for_update=True, populate_existing=True)
    if one.published_at is not None:
        return one
    if one.checked_at is None:
        raise NotChecked
    one.published_at, one.published_by_id = at, by
    note_change(RECORD, round_id, "published", by=by, at=at)
    return one


def _unpublished(round_id: int) -> PairingRound:
    one = db.session.get_one(PairingRound, round_id, with_for_update=True, populate_existing=True)
    if one.published_at is not None:
        raise RoundPublished
    return one
