"""Switching readers on for a programme, and what a reader gives an application."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from app.core.changes import note_change
from app.core.db import db
from app.organisations.models import Membership, MembershipRole
from app.programmes.models import Application, ApplicationState, Criterion, ReaderScore, Reading
from app.programmes.planning import RECORD, locked
from app.programmes.reading.problems import (
    MarksMissing,
    NoCriteria,
    NotOfTheHost,
    NotYourTurn,
    ReadingBegun,
    SameReader,
    ScoreFixed,
)
from app.programmes.reading.scoring import HIGHEST, Stage, result_of, total_of

TO_READ = (ApplicationState.APPLIED, ApplicationState.RESERVE)
STAFF = (MembershipRole.STAFF, MembershipRole.MANAGER)


@dataclass(frozen=True)
class ReadingWords:
    """Who reads, by what (words and weights), and how many points two may differ before a third is asked."""

    first_id: int
    second_id: int
    third_id: int | None
    tolerance: int
    shows_school: bool
    criteria: Sequence[tuple[str, int]]


def set_up(programme_id: int, words: ReadingWords, *, by: int, at: datetime) -> Reading:
    """Switch readers on for a programme, or change what they score by; once somebody has scored only the tolerance and
    a third reader who was missing. Raises `SameReader`, `NotOfTheHost`, `NoCriteria`, `ReadingBegun`."""
    programme = locked(programme_id)
    readers = [one for one in (words.first_id, words.second_id, words.third_id) if one]
    if len(set(readers)) < len(readers):
        raise SameReader
    if not set(readers) <= set(db.session.scalars(staff_of(programme.host_id))):
        raise NotOfTheHost
    if not words.criteria:
        raise NoCriteria
    known = db.session.scalar(select(Reading).where(Reading.programme_id == programme_id))
    if known and has_begun(known):
        _refuse_changes(known, words)
    one = known or Reading(programme_id=programme_id, made_at=at, made_by_id=by)
    one.first_id, one.second_id, one.third_id = words.first_id, words.second_id, words.third_id
    one.tolerance, one.shows_school = words.tolerance, words.shows_school
    if _criteria_of(one) != list(words.criteria):
        one.criteria.clear()
        db.session.flush()
        one.criteria = [
            Criterion(position=place, words=said, weight=weight) for place, (said, weight) in enumerate(words.criteria)
        ]
    db.session.add(one)
    note_change(RECORD, programme_id, "reading_set", by=by, at=at, count=len(words.criteria))
    db.session.flush()
    return one


def switch_off(programme_id: int, *, by: int, at: datetime) -> None:
    """Decide without readers; a second time changes nothing. Raises `ReadingBegun` once somebody has scored."""
    locked(programme_id)
    known = db.session.scalar(select(Reading).where(Reading.programme_id == programme_id))
    if known is None:
        return
    if has_begun(known):
        raise ReadingBegun
    db.session.delete(known)
    note_change(RECORD, programme_id, "reading_off", by=by, at=at)


def give(application_id: int, marks: Mapping[int, int], *, by: int, at: datetime) -> ReaderScore:
    """Score an application as a reader: ``marks`` from 0 to 10 by the criterion's id. The own score can be mended until
    the other one is there.

    Raises `NotYourTurn`, `MarksMissing`, `ScoreFixed`.
    """
    one = db.session.get_one(Application, application_id, with_for_update={"of": Application}, populate_existing=True)
    reading = db.session.scalar(select(Reading).where(Reading.programme_id == one.programme_id))
    if reading is None or by not in reading.readers or one.state not in TO_READ:
        raise NotYourTurn
    weights = {criterion.id: criterion.weight for criterion in reading.criteria}
    if set(marks) != set(weights) or not all(0 <= mark <= HIGHEST for mark in marks.values()):
        raise MarksMissing
    given = {score.reader_id: score for score in db.session.scalars(scores_of(application_id))}
    _refuse_turn(reading, given, by)
    score = given.get(by) or ReaderScore(reading_id=reading.id, application_id=application_id, reader_id=by)
    score.marks, score.total, score.at = {str(key): mark for key, mark in marks.items()}, total_of(marks, weights), at
    db.session.add(score)
    db.session.flush()
    return score


def has_begun(reading: Reading) -> bool:
    """Return whether anybody has scored."""
    scored = select(ReaderScore.id).where(ReaderScore.reading_id == reading.id).limit(1)
    return db.session.scalar(scored) is not None


def staff_of(host_id: int) -> Select[int]:
    """Return the accounts of a host's staff."""
    working = (Membership.organisation_id == host_id, Membership.role.in_(STAFF), Membership.ended_at.is_(None))
    return select(Membership.user_id).where(*working)


def scores_of(application_id: int) -> Select[ReaderScore]:
    """Return what readers gave an application."""
    return select(ReaderScore).where(ReaderScore.application_id == application_id)


def _refuse_turn(reading: Reading, given: Mapping[int, ReaderScore], by: int) -> None:
    first, second = (given[one].total if one in given else None for one in (reading.first_id, reading.second_id))
    if by == reading.third_id:
        if by in given:
            raise ScoreFixed
        if result_of(first, second, None, reading.tolerance).stage is not Stage.THIRD:
            raise NotYourTurn
    elif by in given and first is not None and second is not None:
        raise ScoreFixed


def _refuse_changes(known: Reading, words: ReadingWords) -> None:
    same_readers = (known.first_id, known.second_id) == (words.first_id, words.second_id)
    same_third = known.third_id is None or known.third_id == words.third_id
    if not (same_readers and same_third and _criteria_of(known) == list(words.criteria)):
        raise ReadingBegun
    if known.shows_school != words.shows_school:
        raise ReadingBegun


def _criteria_of(one: Reading) -> list[tuple[str, int]]:
    return [(criterion.words, criterion.weight) for criterion in one.criteria]
