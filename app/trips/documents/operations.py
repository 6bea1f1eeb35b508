"""Filling a travel document in, replacing it, deleting it; naming who takes the numbers out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from app.core.changes import note_change
from app.core.clock import local_day
from app.core.db import db
from app.organisations.models import Membership
from app.people.models import Person
from app.programmes.models import Application, ApplicationState, Programme
from app.programmes.planning import RECORD, locked
from app.trips.documents.models import DocumentReader, TravelDocument
from app.trips.documents.numbers import read_number
from app.trips.documents.problems import NothingToFillIn, NotOfTheHost, OtherBirthday
from app.trips.documents.sealing import DocumentWords, sealed
from app.trips.models import TripAdult

MOST_READERS = 2


@dataclass(frozen=True)
class Holder:
    """Whose a document is: a person who takes part, or a grown-up of the trip."""

    programme_id: int
    person_id: int | None = None
    adult_id: int | None = None


def fill_in(
    whose: Holder, words: DocumentWords, *, is_sure: bool = False, by: int | None, at: datetime
) -> TravelDocument:
    """Keep the document of somebody who takes part, in place of what there was. ``is_sure``: it is the right child's,
    though the number says another birthday; ``by`` is None on a guardian's private page.

    Raises `NothingToFillIn`, `OtherBirthday`, and what `read_number` raises.
    """
    read = read_number(words.kind, words.number)
    person = _travelling(whose, at)
    if person and read.born_on and read.born_on != person.born_on and not is_sure:
        raise OtherBirthday(name=person.name)
    row = _row_of(whose)
    if row is None:
        row = TravelDocument(**vars(whose))
        db.session.add(row)
    row.sealed = sealed(
        DocumentWords(words.kind, read.number, words.name, read.born_on or words.born_on, read.gender or words.gender)
    )
    row.written_at, row.written_by_id = at, by
    db.session.flush()
    return row


def take_out(whose: Holder) -> None:
    """Delete a document; a second time changes nothing."""
    row = _row_of(whose)
    if row is not None:
        db.session.delete(row)
        db.session.flush()


def name_readers(programme_id: int, user_ids: Sequence[int], *, by: int, at: datetime) -> list[DocumentReader]:
    """Say who may take the numbers out: none, one or two of the host's own people. Raises `NotOfTheHost`."""
    programme = locked(programme_id)
    working = select(Membership.user_id).where(
        Membership.organisation_id == programme.host_id, Membership.ended_at.is_(None), Membership.user_id.in_(user_ids)
    )
    if len(set(user_ids)) != len(user_ids) or len(user_ids) > MOST_READERS:
        raise NotOfTheHost
    if set(db.session.scalars(working)) != set(user_ids):
        raise NotOfTheHost
    before = _readers(programme_id)
    if [one.user_id for one in before] == list(user_ids):
        return before
    db.session.execute(delete(DocumentReader).where(DocumentReader.programme_id == programme_id))
    made = [
        DocumentReader(programme_id=programme_id, place=place, user_id=user_id, named_at=at, named_by_id=by)
        for place, user_id in enumerate(user_ids, start=1)
    ]
    db.session.add_all(made)
    db.session.flush()
    what = "readers_named" if made else "readers_removed"
    note_change(RECORD, programme_id, what, by=by, at=at, names="、".join(one.user.name for one in made))
    return made


def _travelling(whose: Holder, at: datetime) -> Person | None:
    """Return whose document it is, None for a grown-up, whose birthday nobody knows; nobody leaves meanwhile."""
    programme = db.session.get_one(Programme, whose.programme_id)
    if not programme.needs_documents or programme.is_cancelled or local_day(at) > programme.ends_on:
        raise NothingToFillIn
    if whose.adult_id is not None:
        adult = db.session.get(TripAdult, whose.adult_id, with_for_update={"of": TripAdult})
        if adult is None or adult.programme_id != whose.programme_id:
            raise NothingToFillIn
        return None
    theirs = (Application.programme_id == whose.programme_id, Application.person_id == whose.person_id)
    taking_part = select(Application).where(*theirs, Application.state == ApplicationState.CONFIRMED)
    one = db.session.scalar(taking_part.with_for_update(of=Application).execution_options(populate_existing=True))
    if one is None:
        raise NothingToFillIn
    return db.session.get_one(Person, one.person_id)


def _row_of(whose: Holder) -> TravelDocument | None:
    theirs = select(TravelDocument).where(TravelDocument.programme_id == whose.programme_id)
    return db.session.scalar(
        theirs.where(TravelDocument.person_id == whose.person_id, TravelDocument.adult_id == whose.adult_id)
    )


def _readers(programme_id: int) -> list[DocumentReader]:
    named = select(DocumentReader).where(DocumentReader.programme_id == programme_id)
    return list(db.session.scalars(named.order_by(DocumentReader.place)))
