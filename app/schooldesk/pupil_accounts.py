"""For which accounts a school's office may print a slip: those of its own pupils' families, and no others."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.accounts.models import User
from app.core.db import db
from app.organisations.models import Membership
from app.people.models import ActsFor, Enrolment


def accounts_of_pupils(school_id: int, *, but: int) -> Select[User]:
    """Return the accounts that act for confirmed pupils of a school and for nobody else, and work nowhere; not one's
    own."""
    acts = exists().where(ActsFor.user_id == User.id)
    beyond = exists().where(ActsFor.user_id == User.id, ~_is_pupil(ActsFor.person_id, school_id))
    works = exists().where(Membership.user_id == User.id, Membership.ended_at.is_(None))
    return select(User).where(User.id != but, acts, ~beyond, ~works)


def accounts_by_pupil(school_id: int, person_ids: Sequence[int], *, but: int) -> dict[int, list[User]]:
    """Return the same for some pupils, by person, in one statement."""
    acting = aliased(ActsFor)
    statement = accounts_of_pupils(school_id, but=but).join(acting, acting.user_id == User.id)
    found: dict[int, list[User]] = {}
    rows = statement.add_columns(acting.person_id).where(acting.person_id.in_(person_ids)).order_by(User.id)
    for user, person_id in db.session.execute(rows):
        found.setdefault(person_id, []).append(user)
    return found


def _is_pupil(person_id: InstrumentedAttribute[int], school_id: int) -> ColumnElement[bool]:
    return exists().where(
        Enrolment.person_id == person_id,
        Enrolment.school_id == school_id,
        Enrolment.ended_at.is_(None),
        Enrolment.confirmed_at.is_not(None),
    )
