"""A class as its school sees it: who is in it, who was taken over, what was entered."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from app.core.db import db
from app.people.models import ActsFor, Enrolment, Person, SchoolClass
from app.schooldesk.models import Transfer
from app.schooldesk.rosters.cells import MOST_ROWS
from app.schooldesk.rosters.models import RosterImport

MOST = MOST_ROWS  # pupils of one class on its page: as many as one list may have


def pupils_of(one: SchoolClass) -> Select[Enrolment]:
    """Return a class's confirmed pupils by name."""
    return (
        _named(one)
        .where(Enrolment.confirmed_at.is_not(None))
        .options(contains_eager(Enrolment.person))
        .order_by(Person.name_pinyin, Enrolment.id)
        .limit(MOST)
    )


def ids_of(one: SchoolClass) -> Select[int]:
    """Return who is in a class now, as a condition for other statements."""
    return _named(one).where(Enrolment.confirmed_at.is_not(None)).with_only_columns(Enrolment.person_id)


def count_asking(one: SchoolClass) -> int:
    """Return how many say to be in a class whom the school has not answered yet."""
    asking = _named(one).where(Enrolment.confirmed_at.is_(None)).with_only_columns(func.count())
    return db.session.scalar(asking.order_by(None)) or 0


def taken_over(person_ids: Iterable[int]) -> frozenset[int]:
    """Return for which people an account acts."""
    acting = select(ActsFor.person_id).where(ActsFor.person_id.in_(list(person_ids)))
    return frozenset(db.session.scalars(acting))


def sizes(school_id: int) -> dict[str, int]:
    """Return how many confirmed pupils a school has in each class, by its name; one statement."""
    own = (Enrolment.school_id == school_id, Enrolment.ended_at.is_(None), Enrolment.confirmed_at.is_not(None))
    counted = select(Enrolment.class_name, func.count()).where(*own).group_by(Enrolment.class_name)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def count_asked_of(school_id: int) -> int:
    """Return how many requests of other schools for its pupils a school has not answered."""
    asked = (Transfer.from_school_id == school_id, Transfer.person_id.is_not(None), Transfer.answered_at.is_(None))
    return db.session.scalar(select(func.count()).select_from(Transfer).where(*asked)) or 0


def latest_imports(class_id: int, most: int = 3) -> Sequence[RosterImport]:
    """Return the lists that were entered for a class, the latest first."""
    entered = select(RosterImport).where(RosterImport.class_id == class_id)
    return db.session.scalars(entered.order_by(RosterImport.id.desc()).limit(most)).all()


def imports_of(school_ids: Iterable[int]) -> Select[RosterImport]:
    """Return the lists that some schools have entered."""
    return select(RosterImport).join(RosterImport.school_class).where(SchoolClass.school_id.in_(list(school_ids)))


def _named(one: SchoolClass) -> Select[Enrolment]:
    own = (Enrolment.school_id == one.school_id, Enrolment.class_name == one.name, Enrolment.ended_at.is_(None))
    return select(Enrolment).join(Enrolment.person).where(*own, Enrolment.refused_at.is_(None))
