"""Who has filled a travel document in, who has still to, and who may do so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select

from app.core.db import db
from app.people.ages import ADULT_FROM, age_on
from app.people.models import ActsFor, Person, Relation
from app.programmes.applications.queries import participants
from app.programmes.models import Application, Programme
from app.trips.documents.models import DocumentReader, TravelDocument
from app.trips.documents.operations import Holder
from app.trips.models import TripAdult
from app.trips.queries import works_for_it


@dataclass(frozen=True)
class FilledIn:
    """How many documents a programme has, of how many that are asked for, and who has still to."""

    total: int
    missing: Sequence[Application]
    missing_adults: Sequence[TripAdult]

    @property
    def filled(self) -> int:
        """How many are there."""
        return self.total - len(self.missing) - len(self.missing_adults)


def filled_in_at(whose: Holder) -> datetime | None:
    """Return when somebody's document was filled in, None if it was not; nothing more is told of it."""
    theirs = select(TravelDocument.written_at).where(TravelDocument.programme_id == whose.programme_id)
    return db.session.scalar(
        theirs.where(TravelDocument.person_id == whose.person_id, TravelDocument.adult_id == whose.adult_id)
    )


def all_filled_in(programme_id: int) -> dict[str, datetime]:
    """Return when the documents of a programme were filled in: ``"p12"`` is a person, ``"a3"`` a grown-up."""
    columns = (TravelDocument.person_id, TravelDocument.adult_id, TravelDocument.written_at)
    rows = db.session.execute(select(*columns).where(TravelDocument.programme_id == programme_id))
    return {f"p{row.person_id}" if row.person_id else f"a{row.adult_id}": row.written_at for row in rows}


def filled_in(programme: Programme) -> FilledIn:
    """Return who takes part, or goes along with an account, and has filled nothing in yet; whoever does not work there
    any more is not asked."""
    there = all_filled_in(programme.id)
    youths = db.session.scalars(participants(programme.id)).all()
    going = select(TripAdult).join(TripAdult.programme).where(TripAdult.programme_id == programme.id)
    asked = db.session.scalars(going.where(works_for_it(TripAdult.user_id)).order_by(TripAdult.id)).all()
    return FilledIn(
        len(youths) + len(asked),
        [one for one in youths if f"p{one.person_id}" not in there],
        [one for one in asked if f"a{one.id}" not in there],
    )


def fills_in_for(user_id: int, person: Person, today: date) -> bool:
    """Return whether an account fills in somebody's document: a parent's for a child, one's own from 18 on."""
    theirs = select(ActsFor.relation).where(ActsFor.user_id == user_id, ActsFor.person_id == person.id)
    relation = db.session.scalar(theirs)
    if relation is Relation.ONESELF:
        return age_on(person.born_on, today) >= ADULT_FROM
    return relation is Relation.CHILD


def adults_on_trip(user_id: int) -> Select[TripAdult]:
    """Return as whom an account goes along on the trips of units that it still works for."""
    theirs = select(TripAdult).join(TripAdult.programme).where(TripAdult.user_id == user_id)
    return theirs.where(works_for_it(user_id))


def readers_of(programme_id: int) -> list[DocumentReader]:
    """Return who may take the numbers out of a programme."""
    named = select(DocumentReader).where(DocumentReader.programme_id == programme_id)
    return list(db.session.scalars(named.order_by(DocumentReader.place)))
