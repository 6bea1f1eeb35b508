"""Setting a round up, saying how it is paired, checking it, publishing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.changes import Vocabulary, note_change
from app.core.db import db
from app.pairing.accepting.problems import NeedsProgramme
from app.pairing.accepting.publishing import show_waiting
from app.pairing.models import Pair, PairingRound
from app.pairing.problems import NotChecked, NothingPaired, RoundPublished, SecondPerson
from app.pairing.settings import Settings
from app.pairing.states import Way
from app.pairing.words import way_told
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
        "way_chosen": _l("Way chosen: %(way)s"),
        "asked_another": _l("Pair %(number)s: somebody asked for another partner"),
        "objected": _l("Pair %(number)s: a family objected"),
        "formed": _l("Pair %(number)s has come about"),
        "kept": _l("Pair %(number)s stays and is asked again"),
        "pair_ended": _l("Pair %(number)s ended"),
        "paired_again": _l("Pair %(number)s made anew"),
        "called": _l("Pair %(number)s: an answer by phone written down"),
        "entry_taken_back": _l("A line of the journal taken back: %(count)s"),
        "aftercare": _l("Protection contact and days of silence settled: %(days)s"),
        "letter_reader": _l("A teacher named who hands letters on"),
        "letter_reader_dropped": _l("A teacher hands letters on no more"),
        "ended_in_time": _l("Pair %(number)s ended in its time"),
        "all_ended": _l("Pairs ended in their time: %(count)s"),
        "goes_on": _l("Pair %(number)s goes on"),
        "substituted": _l("Pair %(number)s: somebody put in for somebody"),
        "left_pair": _l("Pair %(number)s: somebody left"),
    },
    values={"way": way_told},
)


@dataclass(frozen=True)
class Words:
    """What a round is called, its shape, and its sides; of a programme, which of its sides each of them is made of."""

    title: str
    shape: Shape
    sides: Sequence[str]
    programme_id: int | None = None
    side_ids: Sequence[Sequence[int]] = ()


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
        pool_sides="" if words.shape.has_sides or len(words.sides) < 2 else "\n".join(words.sides),
        side_ids=[list(ids) for ids in words.side_ids],
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
    """Publish a round that was checked, and let families see its pairs; a second time changes nothing. Raises
    `NotChecked`, `NeedsProgramme`."""
    one = db.session.get_one(PairingRound, round_id, with_for_update=True, populate_existing=True)
    if one.published_at is not None:
        return one
    if one.checked_at is None:
        raise NotChecked
    if one.way is Way.CLASS and one.programme_id is None:
        raise NeedsProgramme
    one.published_at, one.published_by_id = at, by
    note_change(RECORD, round_id, "published", by=by, at=at)
    db.session.flush()
    show_waiting(one, at=at)
    return one


def choose_way(round_id: int, way: Way, answer_on: date | None, *, by: int, at: datetime) -> PairingRound:
    """Say by which way pairs come about once they are published, and person to person until which day families answer.

    Raises `RoundPublished`, `NeedsProgramme`.
    """
    one = open_round(round_id, by=by, at=at)
    if way is Way.CLASS and one.programme_id is None:
        raise NeedsProgramme
    one.way, one.answer_on = way, answer_on if way is Way.PERSON else None
    note_change(RECORD, round_id, "way_chosen", by=by, at=at, way=way)
    return one


def _unpublished(round_id: int) -> PairingRound:
    one = db.session.get_one(PairingRound, round_id, with_for_update=True, populate_existing=True)
    if one.published_at is not None:
        raise RoundPublished
    return one
