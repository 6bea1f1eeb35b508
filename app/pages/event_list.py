"""The columns of an organiser's list."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import gettext as _

from app.core.clock import local_day
from app.core.filters import exact
from app.events.models import Registration
from app.events.words import state_words
from app.people.ages import age_on


def event_list(
    found: Sequence[Registration], arrived: Mapping[int, datetime], *, with_phones: bool
) -> tuple[list[str], list[list[str]]]:
    """Return head and rows; all text, so that a phone number stays one, and numbers only where they were asked for."""
    head = [
        _("Name"),
        _("Age"),
        _("School"),
        _("Class"),
        _("Session or shift"),
        _("State"),
        _("Arrived at"),
        *([_("Phone number")] if with_phones else []),
        _("Signed up on"),
    ]
    return head, [_row(one, arrived.get(one.id), with_phones) for one in found]


def _row(one: Registration, arrived_at: datetime | None, with_phones: bool) -> list[str]:
    return [
        one.person.name,
        str(age_on(one.person.born_on, local_day(one.slot.starts_at))),
        one.school.name if one.school else "",
        one.class_name,
        one.slot.title,
        str(state_words(one)),
        exact(arrived_at) if arrived_at else "",
        *([one.person.phone or ""] if with_phones else []),
        exact(one.registered_at),
    ]
