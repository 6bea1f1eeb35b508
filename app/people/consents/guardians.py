"""Who stands beside a minor: found again by name, whoever says so; a school's roster is a source of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import User
from app.core.changes import note_change
from app.core.db import db
from app.people.consents.models import Guardian, GuardianContact, GuardianRelation, GuardianSource
from app.people.names import tidy_name


@dataclass(frozen=True)
class GuardianWords:
    """What is said about a guardian."""

    name: str
    relation: GuardianRelation
    phone: str | None = None


def guardians_of(person_id: int) -> Sequence[Guardian]:
    """Return who stands beside a minor, the first entered first."""
    theirs = (Guardian.person_id == person_id, Guardian.removed_at.is_(None))
    return db.session.scalars(select(Guardian).where(*theirs).order_by(Guardian.id)).all()


def typed(person_id: int, words: GuardianWords, *, by: int | None, at: datetime) -> Guardian:
    """Return the guardian of a name, entered as somebody typed it if nobody is known by that name. A known one keeps
    relation and phone: whoever holds a link must not change a roster."""
    return _called(person_id, words.name) or _add(person_id, words, GuardianSource.TYPED, by=by, at=at)


def of_account(person_id: int, user_id: int, relation: GuardianRelation, *, at: datetime) -> Guardian:
    """Return the guardian that an account is, entered if it is the first time."""
    theirs = (Guardian.person_id == person_id, Guardian.user_id == user_id, Guardian.removed_at.is_(None))
    known = db.session.scalar(select(Guardian).where(*theirs))
    if known:
        return known
    user = db.session.get_one(User, user_id)
    words = GuardianWords(user.name, relation, user.phone)
    return _add(person_id, words, GuardianSource.ACCOUNT, user_id=user_id, by=user_id, at=at)


def signing(person_id: int, words: GuardianWords, user_id: int, *, at: datetime) -> Guardian:
    """Return who signs a form that an account sends: whoever is known by that name; else the account's owner, or, under
    another name, somebody to be called at the owner's number."""
    known = _called(person_id, words.name)
    if known:
        return known
    user = db.session.get_one(User, user_id)
    if tidy_name(words.name) == user.name:
        return of_account(person_id, user_id, words.relation, at=at)
    return _add(person_id, replace(words, phone=user.phone), GuardianSource.TYPED, by=user_id, at=at)


def put_on_roster(person_id: int, words: GuardianWords, school_id: int, *, by: int, at: datetime) -> Guardian:
    """Enter what a school knows of a pupil's guardian; the same name again changes relation and phone."""
    on_it = (Guardian.person_id == person_id, Guardian.school_id == school_id, Guardian.removed_at.is_(None))
    roster = db.session.scalars(select(Guardian).where(*on_it).order_by(Guardian.id)).all()
    known = next((one for one in roster if one.contact and one.contact.name == tidy_name(words.name)), None)
    if known is None or known.contact is None:
        return _add(person_id, words, GuardianSource.ROSTER, school_id=school_id, by=by, at=at)
    known.relation, known.contact.phone = words.relation, words.phone
    return known


def remove(guardian_id: int, *, by: int, at: datetime) -> Guardian:
    """Say that somebody is no guardian; what was answered under that name counts no more, neither yes nor no, for
    answers to come. A second time changes nothing."""
    guardian = db.session.get_one(Guardian, guardian_id, with_for_update={"of": Guardian})
    if guardian.removed_at is None:
        guardian.removed_at = at
        note_change("guardian", guardian_id, "removed", by=by, at=at)
    return guardian


def is_on_roster(one: Guardian) -> bool:
    """Return whether a school knows the number of somebody who may consent."""
    has_phone = one.contact is not None and bool(one.contact.phone)
    return one.removed_at is None and one.source is GuardianSource.ROSTER and one.may_consent and has_phone


def _called(person_id: int, name: str) -> Guardian | None:
    wanted = tidy_name(name)
    return next((one for one in guardians_of(person_id) if one.contact and one.contact.name == wanted), None)


def _add(
    person_id: int,
    words: GuardianWords,
    source: GuardianSource,
    *,
    by: int | None,
    at: datetime,
    **whose: int,
) -> Guardian:
    guardian = Guardian(
        person_id=person_id, relation=words.relation, source=source, added_at=at, added_by_id=by, **whose
    )
    guardian.contact = GuardianContact(name=tidy_name(words.name), phone=words.phone)
    db.session.add(guardian)
    db.session.flush()
    return guardian
