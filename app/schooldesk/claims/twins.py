"""A pupil whom the school entered, and whom the family had entered itself: one child, and one record of it."""

from datetime import datetime

from app.care.merging.operations import merge
from app.people.models import Person, Relation
from app.people.queries import acted_for_by
from app.schooldesk.claims.problems import MayBeSameChild


def join(pupil: Person, relation: Relation, is_same: bool | None, *, by: int, at: datetime) -> None:
    """Let whom an account has entered, and the pupil of the same name and birth date, be one: the school's record is
    kept. Raises `MayBeSameChild` as long as nobody has said, and what `merge` raises."""
    twin_id = _entered_by(by, pupil, relation)
    if twin_id is None:
        return
    if is_same is None:
        raise MayBeSameChild(name=pupil.name)
    if is_same:
        merge(pupil.id, twin_id, by=by, at=at)


def _entered_by(user_id: int, pupil: Person, relation: Relation) -> int | None:
    """Return whom an account acts for as it would for the pupil, alike by name and birth date."""
    return next(
        (
            one.person_id
            for one in acted_for_by(user_id)
            if one.relation is relation and one.person_id != pupil.id and _alike(one.person, pupil)
        ),
        None,
    )


def _alike(one: Person, other: Person) -> bool:
    return one.name == other.name and one.born_on == other.born_on
