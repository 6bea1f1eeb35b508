"""The guardian whom a school's roster names: only a number from there makes a parent's answer strong by itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from app.core.db import db
from app.people.consents.models import Guardian, GuardianContact, GuardianRelation, GuardianSource
from app.schooldesk.rosters.lines import Pupil


def roster_guardians(school_id: int, person_ids: Sequence[int]) -> dict[int, list[Guardian]]:
    """Return the guardians whom a school named for its pupils, by person; contacts with them, in one statement."""
    named = select(Guardian).where(
        Guardian.person_id.in_(person_ids),
        Guardian.source == GuardianSource.ROSTER,
        Guardian.school_id == school_id,
        Guardian.removed_at.is_(None),
    )
    found: dict[int, list[Guardian]] = {}
    for guardian in db.session.scalars(named.order_by(Guardian.id)):
        found.setdefault(guardian.person_id, []).append(guardian)
    return found


def add_guardian(person_id: int, school_id: int, pupil: Pupil, *, by: int, at: datetime) -> None:
    """Write down whom a roster names."""
    db.session.add(
        Guardian(
            person_id=person_id,
            relation=GuardianRelation.GUARDIAN,
            source=GuardianSource.ROSTER,
            school_id=school_id,
            added_at=at,
            added_by_id=by,
            contact=GuardianContact(name=pupil.guardian, phone=pupil.phone),
        )
    )


def replace_guardian(person_id: int, school_id: int, pupil: Pupil, *, by: int, at: datetime) -> None:
    """Let the latest roster count: whom an earlier one named is no ground to prove a number by any more."""
    for guardian in roster_guardians(school_id, [person_id]).get(person_id, []):
        guardian.removed_at = at
    add_guardian(person_id, school_id, pupil, by=by, at=at)


def put_guardians_back(person_id: int, school_id: int, replaced_at: datetime) -> None:
    """Undo `replace_guardian` of a moment; whoever has answered by then stays beside the one before."""
    of_roster = (
        Guardian.person_id == person_id,
        Guardian.source == GuardianSource.ROSTER,
        Guardian.school_id == school_id,
    )
    new = (*of_roster, Guardian.added_at == replaced_at, Guardian.removed_at.is_(None))
    db.session.execute(update(Guardian).where(*new).values(removed_at=replaced_at))
    old = (*of_roster, Guardian.removed_at == replaced_at, Guardian.added_at < replaced_at)
    db.session.execute(update(Guardian).where(*old).values(removed_at=None))


def forget_guardians(person_id: int) -> None:
    """Delete whom a roster named for a pupil who is taken back. IntegrityError when one of them has answered."""
    theirs = select(Guardian.id).where(Guardian.person_id == person_id)
    db.session.execute(delete(GuardianContact).where(GuardianContact.guardian_id.in_(theirs)))
    db.session.execute(delete(Guardian).where(Guardian.person_id == person_id))
