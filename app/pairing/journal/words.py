"""What the lines of the journal are called, and how the year's report says them."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.pairing.journal.models import EntryKind, JournalEntry, Way

KINDS: dict[EntryKind, LazyString] = {
    EntryKind.LETTER: _l("Letters on paper"),
    EntryKind.CALL: _l("Calls"),
    EntryKind.VISIT: _l("Visits"),
    EntryKind.MEETING: _l("Meetings"),
}
WAYS: dict[Way, LazyString] = {Way.SENT: _l("Letters sent"), Way.RECEIVED: _l("Letters received")}
WHAT: dict[str, LazyString] = {
    **{one.value: label for one, label in WAYS.items()},
    **{one.value: label for one, label in KINDS.items() if one is not EntryKind.LETTER},
}


def what_of(entry: JournalEntry) -> LazyString:
    """Return what an entry counts."""
    return WAYS[entry.way] if entry.way else KINDS[entry.kind]
