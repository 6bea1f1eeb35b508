"""The columns of a school's own list."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.core.filters import exact
from app.events.models import Registration
from app.events.words import state_words


def school_list(found: Sequence[Registration], *, with_phones: bool) -> tuple[list[str], list[list[str]]]:
    """Return head and rows; all text, so that a phone number stays one, and numbers only where they were asked for."""
    head = [
        _("Name"),
        _("Class"),
        _("Event"),
        _("Session or shift"),
        _("Begins"),
        _("Ends"),
        _("Place"),
        _("Host"),
        _("State"),
        *([_("Phone number")] if with_phones else []),
        _("Signed up on"),
    ]
    rows = [_row(one, with_phones) for one in found]
    if not any(one.person.student_no for one in found):
        return head, rows
    return [*head, _("Student number")], [[*row, one.person.student_no] for row, one in zip(rows, found, strict=True)]


def _row(one: Registration, with_phones: bool) -> list[str]:
    slot, event = one.slot, one.slot.event
    return [
        one.person.name,
        one.class_name,
        event.title,
        slot.title,
        exact(slot.starts_at),
        exact(slot.ends_at),
        slot.place or event.place,
        event.host.name,
        str(state_words(one)),
        *([one.person.phone or ""] if with_phones else []),
        exact(one.registered_at),
    ]
