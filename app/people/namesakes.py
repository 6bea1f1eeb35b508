"""What tells people of one name apart on paper that is handed out: nothing that anybody is asked for as a secret."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from app.core.db import db
from app.core.filters import masked_name
from app.people.consents.models import Guardian, GuardianContact, GuardianSource
from app.people.models import Person
from app.people.words import GENDER_WORDS

_END = 4  # digits of a student number


def told_apart(people: Iterable[Person]) -> dict[int, str]:
    """Return, by id, what to print beside the names of those who have one in common: the end of the student number,
    else the masked name of the guardian whom the school knows, else the gender. Never a part of the birth date: whoever
    takes a pupil over is asked for it. Whom nothing tells apart is missing."""
    by_name: dict[str, dict[int, Person]] = defaultdict(dict)
    for one in people:
        by_name[one.name][one.id] = one
    found: dict[int, str] = {}
    for same in by_name.values():
        if len(same) > 1:
            found |= _apart(list(same.values()))
    return found


def _apart(same: Sequence[Person]) -> dict[int, str]:
    guardians = _guardians([one.id for one in same])
    ways = (
        {one.id: _("student number …%(end)s", end=one.student_no[-_END:]) for one in same if one.student_no},
        {one.id: _("student number %(number)s", number=one.student_no) for one in same if one.student_no},
        {number: _("parent %(name)s", name=masked_name(name)) for number, name in guardians.items()},
        {one.id: str(GENDER_WORDS[one.gender]) for one in same if one.gender},
    )
    whole = (way for way in ways if len(way) == len(same) and len(set(way.values())) == len(same))
    return next(whole, {})


def _guardians(person_ids: Sequence[int]) -> dict[int, str]:
    known = (
        Guardian.person_id.in_(person_ids),
        Guardian.source == GuardianSource.ROSTER,
        Guardian.removed_at.is_(None),
    )
    rows = select(Guardian.person_id, GuardianContact.name).join(GuardianContact).where(*known).order_by(Guardian.id)
    return {row.person_id: row.name for row in reversed(db.session.execute(rows).all())}
