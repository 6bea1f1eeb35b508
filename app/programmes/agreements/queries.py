"""Agreements, and what was held of what they promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, extract, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.access import Principal, Role
from app.core.clock import local_day
from app.core.db import db
from app.programmes.agreements.operations import REMINDED_BEFORE
from app.programmes.models import Agreement, Application, ApplicationState, Measure, Programme, Promise

PAGE = 50


@dataclass(frozen=True)
class Held:
    """What was held of a promise in one year."""

    promise: Promise
    count: int

    @property
    def is_kept(self) -> bool:
        """Whether it is as much as was promised."""
        return self.promise.per_year is not None and self.count >= self.promise.per_year


@dataclass(frozen=True)
class YearHeld:
    """A year of an agreement: what was held of each promise that is counted."""

    year: int
    held: Sequence[Held]


def agreements_run_by(principal: Principal) -> Select[Agreement]:
    """Return the agreements of the hosts somebody works for."""
    own = Agreement.host_id.in_(principal.units(Role.STAFF))
    brought = joinedload(Agreement.host), joinedload(Agreement.partner), selectinload(Agreement.promises)
    return select(Agreement).where(own).options(*brought)


def desk_agreements(principal: Principal) -> Sequence[Agreement]:
    """Return the agreements of the host in view, the one that ends last on top."""
    own = agreements_run_by(principal).where(Agreement.host_id.in_(principal.units_in_view(Role.STAFF)))
    return db.session.scalars(own.order_by(Agreement.ends_on.desc(), Agreement.id.desc()).limit(PAGE)).all()


def agreements_to_choose(principal: Principal) -> Sequence[Agreement]:
    """Return the agreements under which somebody may hold a programme."""
    return db.session.scalars(agreements_run_by(principal).order_by(Agreement.ends_on.desc(), Agreement.id)).all()


def due_reminders(at: datetime) -> Sequence[int]:
    """Return the agreements that end soon, of which nobody has been reminded."""
    today = local_day(at)
    soon = Agreement.ends_on.between(today, today + REMINDED_BEFORE)
    waiting = (Agreement.reminded_at.is_(None), Agreement.settled_at.is_(None))
    return db.session.scalars(select(Agreement.id).where(soon, *waiting).order_by(Agreement.id)).all()


def ends_soon(agreement: Agreement, at: datetime) -> bool:
    """Return whether it ends within the time in which one is reminded, and nobody has seen to it."""
    today = local_day(at)
    return agreement.settled_at is None and today <= agreement.ends_on <= today + REMINDED_BEFORE


def fulfilment(agreement: Agreement, today: date) -> list[YearHeld]:
    """Return what was held against what was promised, year by year until this one, the latest first.

    Counted are programmes under the agreement that are over and were not called off, in the year in which they ended;
    people are those who took part.
    """
    counted = [one for one in agreement.promises if one.measure is not Measure.WORDS]
    first, last = agreement.starts_on.year, min(today, agreement.ends_on).year
    by_promise = {one.id: _by_year(agreement.id, one, today) for one in counted}
    years = range(max(first, last), first - 1, -1)
    return [
        YearHeld(year, [Held(one, by_promise[one.id].get(year, 0)) for one in counted]) for year in years if counted
    ]


def _by_year(agreement_id: int, promise: Promise, today: date) -> dict[int, int]:
    year = extract("year", Programme.ends_on)
    own = (Programme.agreement_id == agreement_id, *_is_held(promise, today))
    if promise.measure is Measure.PROGRAMMES:
        counted = select(year, func.count(Programme.id)).where(*own)
    else:
        took_part = Application.state == ApplicationState.CONFIRMED
        counted = select(year, func.count(Application.id)).join(
            Application, (Application.programme_id == Programme.id) & took_part
        )
        counted = counted.where(*own)
    return {int(one): number for one, number in db.session.execute(counted.group_by(year))}


def _is_held(promise: Promise, today: date) -> list[ColumnElement[bool]]:
    held = [Programme.published_at.is_not(None), Programme.cancelled_at.is_(None), Programme.ends_on < today]
    return [*held, Programme.kind == promise.kind] if promise.kind else held
