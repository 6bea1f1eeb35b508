"""A list of a trip as a file: written down in the access log and among the prints before it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core import sheets
from app.core.clock import local_day
from app.core.db import transact
from app.trips.papers import drawing, printing
from app.trips.papers.facts import TripFacts
from app.trips.papers.making import Paper, make_paper
from app.trips.papers.models import PaperKind, TripEmergency
from app.trips.papers.numbers import with_numbers
from app.trips.papers.words import PAPER_WORDS

PDF, XLSX = "pdf", "xlsx"
WITH_PHONES = (PaperKind.EMERGENCY,)
TYPES = {PDF: "application/pdf", XLSX: sheets.XLSX}


@dataclass(frozen=True)
class Wanted:
    """Which list, as what, and what for; with the numbers of documents or without."""

    kind: PaperKind
    file_format: str
    purpose: str
    has_numbers: bool = False


def handed_out(wanted: Wanted, facts: TripFacts, *, by: int, at: datetime) -> bytes:
    """Return a list as a file, as things are now; who took it is written down. Raises `RenderingUnavailable`."""
    contacts = printing.contacts_of(facts.programme.id)
    paper = make_paper(wanted.kind, facts, contacts)
    body = _body(wanted, paper, facts, contacts)
    taken = printing.TakenOut(_action(wanted), wanted.purpose, facts.whose())
    transact(printing.note_print, facts.programme.id, paper, taken, by=by, at=at)
    return body


def name_of(wanted: Wanted, facts: TripFacts, at: datetime) -> str:
    """Return what the file is called."""
    return f"{facts.programme.title}-{PAPER_WORDS[wanted.kind]}-{local_day(at):%Y%m%d}.{wanted.file_format}"


def _body(wanted: Wanted, paper: Paper, facts: TripFacts, contacts: TripEmergency | None) -> bytes:
    head, rows = _table(wanted, paper, facts)
    if wanted.file_format == XLSX:
        return sheets.xlsx(str(PAPER_WORDS[wanted.kind]), head, rows)
    if wanted.kind is PaperKind.EMERGENCY:
        return drawing.draw_cards(paper, facts, contacts)
    if wanted.kind is PaperKind.BADGES:
        return drawing.draw_badges(paper, facts)
    return drawing.draw_table(paper, facts, head, rows)


def _table(wanted: Wanted, paper: Paper, facts: TripFacts) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    if wanted.has_numbers:
        return with_numbers(paper, facts.programme.id)
    return paper.head, [cells for _who, cells in paper.rows]


def _action(wanted: Wanted) -> str:
    if wanted.has_numbers:
        return "documents"
    if wanted.kind in WITH_PHONES:
        return "full download"
    return "print" if wanted.file_format == PDF else "download"
