"""Correcting what is known about somebody who may have places."""

from datetime import datetime

from app.core.db import db
from app.events.registration.operations import mend_person
from app.people.models import Person
from app.people.operations import Details
from app.people.profile import Profile, note_correction, write_profile
from app.people.queries import current_enrolment


def mend(person_id: int, details: Details, profile: Profile | None, *, by: int, at: datetime) -> Person:
    """Mend who somebody is and, where one is given, what is said besides; which fields changed is written down.

    Raises as `mend_person` does.
    """
    person = db.session.get_one(Person, person_id)
    before = _who(person)
    person = mend_person(person_id, details, at=at)
    db.session.flush()
    after = _who(person)
    changed = [name for name, value in after.items() if value != before[name]]
    if profile is not None:
        changed += write_profile(person_id, profile)
    note_correction(person_id, changed, by=by, at=at)
    return person


def _who(person: Person) -> dict[str, object]:
    known = current_enrolment(person.id)
    school = (known.school_id, known.class_name) if known else None
    return {"name": person.name, "born_on": person.born_on, "school": school}
