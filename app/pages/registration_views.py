"""The parts of an event's registrations that staff look at, and how many are in each."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, exists, func, select, true

from app.checkin.models import Attendance
from app.core.db import db
from app.events.models import PLACED, Registration, RegistrationState, Slot


class RegistrationView(StrEnum):
    """What a place can be filtered by; those that are called like a state are of that state."""

    ALL = "all"
    APPLIED = "applied"
    WAITING = "waiting"
    OFFERED = "offered"
    HELD = "held"
    MISSING = "missing"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    LAPSED = "lapsed"
    EVERYONE = "everyone"

    @property
    def words(self) -> LazyString:
        """What it is called on pages."""
        return _WORDS[self]

    @property
    def condition(self) -> ColumnElement[bool]:
        """The registrations that are so."""
        was_there = exists().where(Attendance.registration_id == Registration.id)
        has_place = Registration.state.in_(PLACED)
        special = {
            RegistrationView.ALL: has_place,
            RegistrationView.MISSING: has_place & ~was_there,
            RegistrationView.ARRIVED: was_there,
            RegistrationView.EVERYONE: true(),
        }
        return special[self] if self in special else Registration.state == RegistrationState(self)


_WORDS = {
    RegistrationView.ALL: _l("All with a place"),
    RegistrationView.APPLIED: _l("To be decided"),
    RegistrationView.WAITING: _l("On the waiting list"),
    RegistrationView.OFFERED: _l("Offered a place"),
    RegistrationView.HELD: _l("Held, not confirmed yet"),
    RegistrationView.MISSING: _l("Not arrived"),
    RegistrationView.ARRIVED: _l("Arrived"),
    RegistrationView.CANCELLED: _l("Cancelled"),
    RegistrationView.REFUSED: _l("Refused"),
    RegistrationView.LAPSED: _l("Not answered in time"),
    RegistrationView.EVERYONE: _l("Whatever the state"),
}
NEVER_HERE = {RegistrationView.APPLIED, RegistrationView.WAITING, RegistrationView.OFFERED}
_ALWAYS = {RegistrationView.ALL, RegistrationView.MISSING, RegistrationView.ARRIVED, RegistrationView.EVERYONE}


@dataclass(frozen=True)
class Counted:
    """How many registrations each view has, and which views there is something to say of."""

    by_view: dict[RegistrationView, int]

    def shown(self, current: RegistrationView) -> list[tuple[RegistrationView, int]]:
        """Return the views worth a tab beside the current one, with their counts."""
        return [(view, number) for view, number in self.by_view.items() if number or view in _ALWAYS or view is current]


def count_views(event_id: int) -> Counted:
    """Return how many registrations of an event each view has, read in one statement."""
    rows = db.session.execute(
        select(Registration.state, func.count(), func.count(Attendance.id))
        .join(Slot, Slot.id == Registration.slot_id)
        .outerjoin(Attendance, Attendance.registration_id == Registration.id)
        .where(Slot.event_id == event_id)
        .group_by(Registration.state)
    ).all()
    people = {state: number for state, number, _arrived in rows}
    arrived = {state: number for state, _people, number in rows}
    placed = sum(people.get(state, 0) for state in PLACED)
    special = {
        RegistrationView.ALL: placed,
        RegistrationView.MISSING: placed - sum(arrived.get(state, 0) for state in PLACED),
        RegistrationView.ARRIVED: sum(arrived.values()),
        RegistrationView.EVERYONE: sum(people.values()),
    }
    return Counted(
        {
            view: special[view] if view in special else people.get(RegistrationState(view), 0)
            for view in RegistrationView
        }
    )
