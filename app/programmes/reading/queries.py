"""What a reader has to read, without who it is about; and the ranking that the host decides by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.core.access import Principal, Role
from app.core.db import db
from app.programmes.models import Application, Programme, ReaderScore, Reading
from app.programmes.reading.operations import TO_READ, staff_of
from app.programmes.reading.scoring import Result, Stage, result_of

MOST = 2000


@dataclass(frozen=True)
class ToRead:
    """An application for a reader: what it is called instead of a name, and what the reader gave it."""

    application: Application
    number: str
    own: ReaderScore | None
    is_wanted: bool  # whether the reader still has something to say


@dataclass(frozen=True)
class Ranked:
    """An application in the ranking: what the readers came to, and what each gave where that may be seen."""

    application: Application
    number: str
    result: Result
    totals: Sequence[int | None]
    is_hidden: bool  # whoever looks is a reader, and has yet to score it

    @property
    def points(self) -> str:
        """What the readers came to, of 100, with one decimal."""
        return "" if self.result.total is None else f"{self.result.total / 10:.1f}"


def readings_read_by(principal: Principal) -> Select[Reading]:
    """Return the readings in which somebody is a reader, of hosts they still work for."""
    found = select(Reading).join(Reading.programme).where(Programme.host_id.in_(principal.units(Role.STAFF)))
    return found.where(_is_one_of(principal.actor)).options(joinedload(Reading.programme))


def reading_of(programme_id: int) -> Reading | None:
    """Return how a programme's applications are read; None where it is decided without readers."""
    found = select(Reading).where(Reading.programme_id == programme_id)
    return db.session.scalar(found.options(joinedload(Reading.programme)))


def readers_to_choose(host_id: int) -> Sequence[User]:
    """Return the host's staff."""
    return db.session.scalars(select(User).where(User.id.in_(staff_of(host_id))).order_by(User.name, User.id)).all()


def to_read(reading: Reading, reader_id: int) -> list[ToRead]:
    """Return what a reader may see, in an order that says nothing of when or through whom somebody applied."""
    scores = _scores(reading)
    found = [_for_reader(reading, one, number, scores, reader_id) for number, one in _numbered(reading)]
    return [one for one in found if one.is_wanted or one.own]


def ranking(reading: Reading, viewer_id: int) -> list[Ranked]:
    """Return all applications that can be decided on, the best first; what stands equal by lot. A reader sees
    nothing of what has yet to be scored by them."""
    scores = _scores(reading)
    ranked = [_ranked(reading, one, number, scores, viewer_id) for number, one in _numbered(reading)]
    return sorted(ranked, key=lambda one: (one.result.total is None, -(one.result.total or 0), one.number))


def points_of(programme_id: int) -> dict[int, int]:
    """Return what readers came to, by application, where they have: tenths of 100 points."""
    reading = reading_of(programme_id)
    if reading is None:
        return {}
    given = {application_id: _result(reading, scores).total for application_id, scores in _scores(reading).items()}
    return {application_id: total for application_id, total in given.items() if total is not None}


def _is_one_of(user_id: int) -> ColumnElement[bool]:
    return (Reading.first_id == user_id) | (Reading.second_id == user_id) | (Reading.third_id == user_id)


def _numbered(reading: Reading) -> list[tuple[str, Application]]:
    """Return the applications, each called by the beginning of SHA-256(reading:application), in that order."""
    theirs = (Application.programme_id == reading.programme_id, Application.state.in_(TO_READ))
    found = db.session.scalars(select(Application).where(*theirs).options(joinedload(Application.person)).limit(MOST))
    return sorted(((_called(reading, one), one) for one in found), key=lambda both: (both[0], both[1].id))


def _called(reading: Reading, one: Application) -> str:
    return sha256(f"{reading.id}:{one.id}".encode()).hexdigest()[:6].upper()


def _scores(reading: Reading) -> Mapping[int, Mapping[int, ReaderScore]]:
    """Return the scores by application and reader."""
    found: dict[int, dict[int, ReaderScore]] = {}
    for score in db.session.scalars(select(ReaderScore).where(ReaderScore.reading_id == reading.id)):
        found.setdefault(score.application_id, {})[score.reader_id] = score
    return found


def _for_reader(
    reading: Reading, one: Application, number: str, scores: Mapping[int, Mapping[int, ReaderScore]], reader_id: int
) -> ToRead:
    given = scores.get(one.id, {})
    own = given.get(reader_id)
    is_wanted = own is None
    if reader_id == reading.third_id:
        is_wanted = own is None and _result(reading, given).stage is Stage.THIRD
    return ToRead(one, number, own, is_wanted)


def _ranked(
    reading: Reading, one: Application, number: str, scores: Mapping[int, Mapping[int, ReaderScore]], viewer_id: int
) -> Ranked:
    given = scores.get(one.id, {})
    is_hidden = viewer_id in (reading.first_id, reading.second_id) and viewer_id not in given
    totals = [given[reader].total if reader in given else None for reader in reading.readers]
    result = _result(reading, given)
    if is_hidden:
        return Ranked(one, number, Result(Stage.OPEN), [None] * len(totals), True)
    if result.stage is Stage.OPEN:
        totals = [None] * len(totals)
    return Ranked(one, number, result, totals, False)


def _result(reading: Reading, given: Mapping[int, ReaderScore]) -> Result:
    first, second = (given[one].total if one in given else None for one in (reading.first_id, reading.second_id))
    third = given[reading.third_id].total if reading.third_id and reading.third_id in given else None
    return result_of(first, second, third, reading.tolerance)
