"""Opening a round of choices, ranking, and deciding all its programmes at once."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy import delete, select

from app.core.changes import note_change
from app.core.crypto import new_nonce
from app.core.db import db
from app.core.filters import moment
from app.programmes.applications import places
from app.programmes.choices.assigning import Wish, assign, by_merit
from app.programmes.choices.problems import (
    AssignmentChanged,
    ChoicesClosed,
    InAnotherRound,
    SameChoiceTwice,
    StillOpen,
    TwoProgrammes,
)
from app.programmes.choices.queries import wishes_of
from app.programmes.models import (
    Application,
    ChoiceProgramme,
    ChoiceRound,
    Programme,
    RankedChoice,
    Reason,
    Side,
)
from app.programmes.planning import RECORD


def open_round(
    host_id: int, title: str, programme_ids: Sequence[int], closes_at: datetime, *, by: int, at: datetime
) -> ChoiceRound:
    """Let families rank what they applied for among some programmes of a host. Raises `TwoProgrammes`,
    `InAnotherRound`."""
    own = (Programme.id.in_(programme_ids), Programme.host_id == host_id)
    chosen = db.session.scalars(
        select(Programme).where(*own).order_by(Programme.id).with_for_update(of=Programme)
    ).all()
    if len(chosen) < 2:
        raise TwoProgrammes
    taken = select(ChoiceProgramme.programme_id).where(ChoiceProgramme.programme_id.in_([one.id for one in chosen]))
    for programme_id in db.session.scalars(taken):
        raise InAnotherRound(title=db.session.get_one(Programme, programme_id).title)
    made = ChoiceRound(
        host_id=host_id, title=title, closes_at=closes_at, seed=new_nonce()[:8], made_at=at, made_by_id=by
    )
    made.offered = [ChoiceProgramme(programme_id=one.id) for one in chosen]
    db.session.add(made)
    for one in chosen:
        note_change(RECORD, one.id, "choices_opened", by=by, at=at, title=title)
    db.session.flush()
    return made


def drop_round(round_id: int, *, by: int, at: datetime) -> None:
    """Decide each programme by itself after all; a second time changes nothing. Raises `ChoicesClosed` once decided."""
    one = db.session.get(ChoiceRound, round_id, with_for_update={"of": ChoiceRound})
    if one is None:
        return
    if one.decided_at is not None:
        raise ChoicesClosed
    for offered in one.offered:
        note_change(RECORD, offered.programme_id, "choices_dropped", by=by, at=at, title=one.title)
    db.session.execute(delete(RankedChoice).where(RankedChoice.round_id == round_id))
    db.session.delete(one)


def rank(round_id: int, person_id: int, application_ids: Sequence[int], *, at: datetime) -> None:
    """Say what comes first among somebody's applications in a round; what is left out counts after these. The latest
    word holds. Raises `ChoicesClosed`, `SameChoiceTwice`."""
    one = db.session.get_one(ChoiceRound, round_id, with_for_update={"of": ChoiceRound}, populate_existing=True)
    if not one.is_open(at):
        raise ChoicesClosed
    if len(set(application_ids)) < len(application_ids):
        raise SameChoiceTwice
    theirs = select(Application.id).where(
        Application.person_id == person_id,
        Application.programme_id.in_([offered.programme_id for offered in one.offered]),
    )
    own = set(db.session.scalars(theirs))
    db.session.execute(delete(RankedChoice).where(RankedChoice.application_id.in_(own)))
    for place, application_id in enumerate((each for each in application_ids if each in own), start=1):
        db.session.add(RankedChoice(round_id=round_id, application_id=application_id, rank=place, at=at))
    db.session.flush()


def decide(round_id: int, mark: str, *, by: int, at: datetime) -> dict[int, Wish]:
    """Do what the preview of a mark shows: whoever got a place is chosen there and leaves the other programmes of the
    round; whoever got none stands in reserve wherever they applied, the best first. A second time changes nothing.

    Raises `StillOpen`, `AssignmentChanged`.
    """
    one = db.session.get_one(ChoiceRound, round_id, with_for_update={"of": ChoiceRound}, populate_existing=True)
    if one.decided_at is not None:
        return {}
    if at < one.closes_at:
        raise StillOpen(until=moment(one.closes_at))
    side_ids = _lock_sides(one)
    wishes = wishes_of(one)
    placed = assign(wishes, _free(side_ids), one.seed)
    if mark_of(placed, wishes) != mark:
        raise AssignmentChanged
    _carry_out(one, wishes, placed, by=by, at=at)
    one.decided_at, one.decided_by_id = at, by
    for offered in one.offered:
        note_change(RECORD, offered.programme_id, "choices_decided", by=by, at=at, title=one.title)
    return placed


def mark_of(placed: dict[int, Wish], wishes: Sequence[Wish]) -> str:
    """Return by what an assignment is known again: whatever it is made of and comes to."""
    parts = sorted((one.person, one.application, one.rank, one.points) for one in wishes)
    parts += sorted((-person, one.application, 0, 0) for person, one in placed.items())
    return sha256(repr(parts).encode()).hexdigest()[:32]


def _lock_sides(one: ChoiceRound) -> list[int]:
    of_round = Side.programme_id.in_([offered.programme_id for offered in one.offered])
    ids = sorted(db.session.scalars(select(Side.id).where(of_round)))
    for side_id in ids:
        places.lock_side(side_id)
    return ids


def _free(side_ids: Sequence[int]) -> dict[int, int]:
    return {one.id: one.free for one in db.session.scalars(select(Side).where(Side.id.in_(side_ids)))}


def _carry_out(one: ChoiceRound, wishes: Sequence[Wish], placed: dict[int, Wish], *, by: int, at: datetime) -> None:
    rows = {row.id: row for row in places.all_locked(wish.application for wish in wishes)}
    for wish in by_merit(wishes, one.seed):
        got, row = placed.get(wish.person), rows[wish.application]
        if got is None:
            places.put_in_reserve(row, by=by, at=at)
        elif got.application == wish.application:
            places.accept(row, by=by, at=at)
        else:
            words = _("Chosen for “%(title)s” (choice %(rank)s)", title=_title(rows[got.application]), rank=got.rank)
            places.refuse(row, Reason.PLACES, words, by=by, at=at)


def _title(row: Application) -> str:
    return row.side.programme.title
