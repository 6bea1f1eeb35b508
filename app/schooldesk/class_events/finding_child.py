"""Which child of a class a parent means who opened its link: by the name, and what helps to tell namesakes apart.

Birth date and phone number only find; the child knows both, so they prove nothing.
"""

from collections.abc import Iterable

from app.core.db import db
from app.core.typed import half_width, looks_like_a_day, read_day, read_phone
from app.people.consents.models import Guardian
from app.people.models import Enrolment, SchoolClass
from app.schooldesk.class_queries import pupils_of
from app.schooldesk.rosters.guardians import roster_guardians


def helps(aid: str) -> bool:
    """Return whether a text is a birth date or a phone number."""
    text = half_width(aid)
    return (read_day(text) is not None) if looks_like_a_day(text) else read_phone(text) is not None


def find_child(one: SchoolClass, name: str, aid: str) -> Enrolment | None:
    """Return the only pupil of a class with a name who was born on a day, or whose parent on the roster has a number;
    None if there is nobody, or if there are two."""
    text = half_width(aid)
    day, phone = read_day(text), read_phone(text)
    named = [pupil for pupil in db.session.scalars(pupils_of(one)) if pupil.person.name == name]
    guardians = roster_guardians(one.school_id, [pupil.person_id for pupil in named])
    meant = [
        pupil
        for pupil in named
        if day == pupil.person.born_on or (phone and phone in _numbers(guardians.get(pupil.person_id, [])))
    ]
    return meant[0] if len(meant) == 1 else None


def _numbers(guardians: Iterable[Guardian]) -> set[str | None]:
    return {guardian.contact.phone for guardian in guardians if guardian.contact}
