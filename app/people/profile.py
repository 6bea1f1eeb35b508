"""What people may say about themselves besides who they are; all of it may be left out."""

from dataclasses import dataclass
from datetime import datetime

from app.core.changes import note_change
from app.core.db import db
from app.people.models import Gender, Person, PersonKind

RECORD = "person"  # in the change log


@dataclass(frozen=True)
class Profile:
    """What was typed, "" or None for what was left out."""

    gender: Gender | None = None
    kind: PersonKind | None = None
    phone: str | None = None
    student_no: str = ""
    languages: str = ""
    interests: str = ""
    volunteer_no: str = ""


def profile_of(person: Person) -> Profile:
    """Return what is known about a person."""
    return Profile(**{name: getattr(person, name) for name in vars(Profile())})


def write_profile(person_id: int, profile: Profile) -> list[str]:
    """Write down what was typed, in place of what there was; returns the names of the fields that changed."""
    person = db.session.get_one(Person, person_id, with_for_update=True)
    before = vars(profile_of(person))
    changed = [name for name, value in vars(profile).items() if value != before[name]]
    for name in changed:
        setattr(person, name, getattr(profile, name))
    return changed


def both_said(first: str, second: str) -> str:
    """Return what two records say together."""
    return "、".join(filter(None, (first, "" if second in first else second)))


def note_correction(person_id: int, fields: list[str], *, by: int, at: datetime) -> None:
    """Write down which fields somebody corrected, and never from what to what."""
    if fields:
        note_change(RECORD, person_id, "corrected", by=by, at=at, fields=" ".join(fields))
