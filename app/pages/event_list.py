"""The columns of an organiser's list."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import gettext as _

from app.core.clock import local_day
from app.core.filters import exact
from app.events.acts.list_prints import Marked
from app.events.models import Registration
from app.events.words import state_words
from app.people.ages import age_on

Table = tuple[list[str], list[list[str]]]  # head and rows


def event_list(found: Sequence[Registration], arrived: Mapping[int, datetime], *, with_phones: bool) -> Table:
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
    return _with_volunteer_numbers((head, [_row(one, arrived.get(one.id), with_phones) for one in found]), found)


def with_marks(table: Table, marked: Marked, listed: Sequence[Registration]) -> Table:
    """Return a list with what happened to each line since the last one, as the list on paper has it; the first list of
    an event has nothing to tell."""
    if marked.printed_at is None:
        return table
    head, rows = table
    marks = [marked.mark_in_one_list(one) for one in listed]
    told = [[str(mark.words) if mark else "", *row] for mark, row in zip(marks, rows, strict=True)]
    return [_("Since %(when)s", when=exact(marked.printed_at)), *head], told


def _with_volunteer_numbers(table: Table, found: Sequence[Registration]) -> Table:
    """Return a list with the numbers of the national volunteers' system, where anybody has one."""
    head, rows = table
    if not any(one.person.volunteer_no for one in found):
        return table
    numbered = [[*row, one.person.volunteer_no] for row, one in zip(rows, found, strict=True)]
    return [*head, _("Volunteer number")], numbered


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
