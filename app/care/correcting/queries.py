"""What guardians ask to have put right, for whoever has to answer."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.care.correcting.models import DataCorrection
from app.core.access import Principal, Role
from app.core.db import db
from app.people.models import Enrolment

SHOWN = 50


def corrections_visible_to(principal: Principal) -> Select[DataCorrection]:
    """Return what was asked about a school's own pupils; administrators answer for whoever belongs to no school."""
    current = select(Enrolment.person_id).where(Enrolment.ended_at.is_(None), Enrolment.confirmed_at.is_not(None))
    own = DataCorrection.person_id.in_(current.where(Enrolment.school_id.in_(principal.units(Role.SCHOOL))))
    answers_for_others = Role.ADMINISTRATOR in principal.roles
    nobodys = DataCorrection.person_id.not_in(current) if answers_for_others else own
    return select(DataCorrection).where(or_(own, nobodys)).options(joinedload(DataCorrection.person))


def waiting(principal: Principal) -> Sequence[DataCorrection]:
    """Return what nobody has answered, the oldest first."""
    found = corrections_visible_to(principal).where(DataCorrection.decided_at.is_(None))
    return db.session.scalars(found.order_by(DataCorrection.id).limit(SHOWN)).all()


def answered(principal: Principal) -> Sequence[DataCorrection]:
    """Return what was answered last."""
    found = corrections_visible_to(principal).where(DataCorrection.decided_at.is_not(None))
    return db.session.scalars(found.order_by(DataCorrection.id.desc()).limit(SHOWN)).all()


def how_many_wait(principal: Principal) -> int:
    """Return how many nobody has answered."""
    found = corrections_visible_to(principal).where(DataCorrection.decided_at.is_(None))
    return db.session.scalar(found.with_only_columns(func.count(DataCorrection.id))) or 0
