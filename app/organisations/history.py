"""What happened to a unit, for its page."""

from typing import Any

from app.accounts.queries import names_of
from app.core.changes import changes_of, told
from app.organisations.operations import RECORD
from app.organisations.words import VOCABULARY


def history_of(organisation_id: int) -> dict[str, Any]:
    """Return what `components/history.html` shows of a unit: its changes in words, and the names of who made them."""
    changes = changes_of(RECORD, [organisation_id])
    return {
        "changes": [(change, told(change, VOCABULARY)) for change in changes],
        "names": names_of(change.by_id for change in changes),
    }
