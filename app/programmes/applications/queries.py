"""Who applied: for the host, for the school, for the family."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select, true, tuple_
from sqlalchemy.orm import contains_eager, joinedload

from app.core.access import Principal, Role
from app.core.db import db
from app.core.finding import read_id_or_none
from app.core.searching import sealed_word, typed_word
from app.people.models import ActsFor, Enrolment, Person
from app.people.queries import named_like
from app.programmes.models import OPEN, UNANSWERED, Application, ApplicationState, Programme, Side

PAGE = 50
_ORDER = (
    ApplicationState.APPLIED,
    ApplicationState.RESERVE,
    ApplicationState.ACCEPTED,
    ApplicationState.HELD,
    ApplicationState.CONFIRMED,
    ApplicationState.REFUSED,
    ApplicationState.DECLINED,
    ApplicationState.LAPSED,
    ApplicationState.CANCELLED,
)


@dataclass(frozen=True)
class ApplicationsWanted:
    """Which part of a programme's list is asked for: a side, a state, whose name begins so."""

    side_id: int | None = None
    state: ApplicationState | None = None
    name: str = ""

    @property
    def in_address(self) -> dict[str, str]:
        """The same as the parameters of an address."""
        known = {"side": self.side_id, "state": self.state, "q": sealed_word(self.name)}
        return {name: str(value) for name, value in known.items() if value}

    def without(self, *names: str) -> dict[str, str]:
        """Return the same, less narrow."""
        return {name: value for name, value in self.in_address.items() if name not in names}


def read_applications_wanted(asked: Mapping[str, str]) -> ApplicationsWanted:
    """Return what an address asks for; what it says wrongly is not asked."""
    states, state = {str(one) for one in ApplicationState}, asked.get("state", "")
    return ApplicationsWanted(
        read_id_or_none(asked.get("side")),
        ApplicationState(state) if state in states else None,
        typed_word(asked.get("q"))[:60],
    )


def applications_run_by(principal: Principal) -> Select[Application]:
    """Return the applications for the programmes of the hosts somebody works for."""
    return _brought().where(Programme.host_id.in_(principal.units(Role.STAFF)))


def applications_of_schools(principal: Principal) -> Select[Application]:
    """Return the applications of a school's own pupils, whose belonging to it the school has confirmed and who have not
    left."""
    confirmed = select(Enrolment.id).where(
        Enrolment.person_id == Application.person_id,
        Enrolment.school_id == Application.school_id,
        Enrolment.confirmed_at.is_not(None),
        Enrolment.ended_at.is_(None),
    )
    return _brought().where(Application.school_id.in_(principal.units(Role.SCHOOL)), confirmed.exists())


def applications_of(user_id: int) -> Select[Application]:
    """Return the applications of the persons an account acts for."""
    persons = select(ActsFor.person_id).where(ActsFor.user_id == user_id)
    return _brought().where(Application.person_id.in_(persons))


def page_of_applications(
    programme_id: int, wanted: ApplicationsWanted, after: int | None
) -> tuple[Sequence[Application], int | None]:
    """Return a page of a programme's list in the order of applying, of the reserve list in its order, and the number
    that the next page starts after."""
    found = _brought().where(Application.programme_id == programme_id, _is_called(wanted.name))
    if wanted.side_id:
        found = found.where(Application.side_id == wanted.side_id)
    if wanted.state:
        found = found.where(Application.state == wanted.state)
    if wanted.state is ApplicationState.RESERVE:
        return db.session.scalars(found.order_by(Application.side_id, Application.rank).limit(500)).all(), None
    if after:
        found = found.where(Application.id > after)
    rows = db.session.scalars(found.order_by(Application.id).limit(PAGE + 1)).all()
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def counts_of(programme_id: int, name: str = "") -> dict[int, Counter[ApplicationState]]:
    """Return how many applications a programme has, or those of people of a name, by side and state."""
    counted = select(Application.side_id, Application.state, func.count()).where(
        Application.programme_id == programme_id, _is_called(name)
    )
    by_side: dict[int, Counter[ApplicationState]] = {}
    for side_id, state, number in db.session.execute(counted.group_by(Application.side_id, Application.state)):
        by_side.setdefault(side_id, Counter())[state] = number
    return by_side


def states_in(
    counts: Collection[Counter[ApplicationState]], asked: ApplicationState | None = None
) -> list[tuple[ApplicationState, int]]:
    """Return the states that there are, and the one that is asked for, in the order in which one goes through them,
    with how many."""
    total = sum(counts, Counter[ApplicationState]())
    return [(state, total[state]) for state in _ORDER if total[state] or state is asked]


def pupils_to_choose(school_id: int, programme: Programme) -> Sequence[Enrolment]:
    """Return the confirmed pupils of a school by class and name, to be recommended."""
    own = (Enrolment.school_id == school_id, Enrolment.ended_at.is_(None), Enrolment.confirmed_at.is_not(None))
    taken = select(Application.person_id).where(Application.programme_id == programme.id)
    found = select(Enrolment).join(Enrolment.person).where(*own, Enrolment.person_id.not_in(taken), Person.name != "")
    order = (Enrolment.class_name, Person.name_pinyin, Person.id)
    return db.session.scalars(found.options(contains_eager(Enrolment.person)).order_by(*order).limit(2000)).all()


def participants(programme_id: int, side_id: int | None = None) -> Select[Application]:
    """Return who takes part in a programme, or on one of its sides, with person and school."""
    found = _brought().where(Application.programme_id == programme_id, Application.state == ApplicationState.CONFIRMED)
    return (found.where(Application.side_id == side_id) if side_id else found).order_by(Application.id)


def held_in(programme_id: int) -> Select[int]:
    """Return the people whose places in a programme wait for a guardian."""
    theirs = (Application.programme_id == programme_id, Application.state == ApplicationState.HELD)
    return select(Application.person_id).where(*theirs)


def applications_ahead(user_id: int, today: date) -> Sequence[Application]:
    """Return what a family has or may get in programmes that are not over, the next first."""
    ahead = applications_of(user_id).where(Application.state.in_(OPEN), Programme.ends_on >= today)
    return db.session.scalars(ahead.order_by(Programme.starts_on, Application.id).limit(20)).all()


def awaits_family(person_id: int, programme_id: int | None) -> bool:
    """Return whether somebody was chosen for a programme and the family has yet to answer."""
    theirs = (Application.person_id == person_id, Application.programme_id == programme_id)
    return db.session.scalar(select(Application.id).where(*theirs, Application.state.in_(UNANSWERED))) is not None


def _is_called(name: str) -> ColumnElement[bool]:
    return Application.person.has(named_like(name)) if name else true()


def _brought() -> Select[Application]:
    return (
        select(Application)
        .join(Side, tuple_(Side.id, Side.programme_id) == tuple_(Application.side_id, Application.programme_id))
        .join(Programme, Programme.id == Side.programme_id)
        .options(
            contains_eager(Application.side).contains_eager(Side.programme),
            joinedload(Application.person),
            joinedload(Application.school),
        )
    )
