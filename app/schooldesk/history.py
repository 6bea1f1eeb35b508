"""What happened to a class, for its page."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.queries import names_of
from app.core.changes import Vocabulary, changes_of, told
from app.people.classes import RECORD

VOCABULARY = Vocabulary(
    happened={
        "added": _l("Entered"),
        "archived": _l("Put away"),
        "brought_back": _l("Brought back"),
        "roster": _l("Class list entered: %(entered)s new, %(changed)s put right"),
        "roster_undone": _l("Class list taken back; %(stay)s stayed"),
        "reply_found": _l("Said whose an answer by the class's link was"),
        "reply_dropped": _l("Put an answer by the class's link aside"),
        "slips": _l("%(people)s claim slips made"),
    },
    fields={
        "name": _l("Name of the class"),
        "form_teacher": _l("Form teacher"),
        "entered_year": _l("Year of entry"),
    },
)


def history_of(class_id: int) -> dict[str, Any]:
    """Return what `components/history.html` shows of a class."""
    changes = changes_of(RECORD, [class_id])
    return {
        "changes": [(change, told(change, VOCABULARY)) for change in changes],
        "names": names_of(change.by_id for change in changes),
    }
