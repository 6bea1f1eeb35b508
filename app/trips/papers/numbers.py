"""The numbers of travel documents on three lists: the only way in which they leave the house (DOMAIN rule 3)."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from app.people.words import GENDER_WORDS
from app.programmes.models import Programme
from app.trips.documents.sealing import DocumentWords, opened
from app.trips.documents.words import KIND_ON_LISTS
from app.trips.papers.making import Paper
from app.trips.papers.models import PaperKind

NEEDED_BY: Mapping[PaperKind, str] = {
    PaperKind.INSURANCE: "needs_insurance",
    PaperKind.RIDES: "needs_tickets",
    PaperKind.ROOMS: "needs_rooms",
}


def has_numbers(kind: PaperKind, programme: Programme) -> bool:
    """Return whether a programme is marked so that a list may carry the numbers."""
    return kind in NEEDED_BY and bool(getattr(programme, NEEDED_BY[kind]))


def with_numbers(paper: Paper, programme_id: int) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of a list with what travel documents say; of who filled nothing in, empty cells."""
    whose = [who for who, _cells in paper.rows if who]
    people, adults = ([int(who[1:]) for who in whose if who[0] == sign] for sign in "pa")
    found = opened(programme_id, people, adults)
    head = [
        _("Name on the document"),
        _("Kind of document"),
        _("Number of the document"),
        _("Date of birth"),
        _("Gender on the document"),
    ]
    rows = [[*cells, *_cells_of(found.get(who))] for who, cells in paper.rows]
    return [*paper.head, *(str(word) for word in head)], rows


def _cells_of(words: DocumentWords | None) -> Sequence[str]:
    if words is None:
        return [""] * 5
    gender = str(GENDER_WORDS[words.gender]) if words.gender else ""
    return [words.name, str(KIND_ON_LISTS[words.kind]), words.number, words.born_on.isoformat(), gender]
