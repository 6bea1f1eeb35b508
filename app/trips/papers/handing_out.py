"""Handing a list of a trip out as a file: written down in the access log and among the prints before it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import Response, abort

from app.certificates.press import RenderingUnavailable
from app.core import sheets
from app.core.access import principal
from app.core.clock import local_day, now
from app.core.db import transact
from app.trips.papers import drawing, printing
from app.trips.papers.facts import TripFacts
from app.trips.papers.making import Paper, make_paper
from app.trips.papers.models import PaperKind, TripEmergency
from app.trips.papers.numbers import with_numbers
from app.trips.papers.words import PAPER_WORDS

PDF, XLSX = "pdf", "xlsx"
_DRAWN = (PaperKind.EMERGENCY, PaperKind.BADGES)  # not a table on paper
WITH_PHONES = (PaperKind.EMERGENCY,)
_TYPES = {PDF: "application/pdf", XLSX: sheets.XLSX}


@dataclass(frozen=True)
class Wanted:
    """Which list, as what, and what for; with the numbers of documents or without."""

    kind: PaperKind
    file_format: str
    purpose: str
    has_numbers: bool = False


def hand_out(wanted: Wanted, facts: TripFacts) -> Response:
    """Return the list as a file, as things are now, and write down who took it."""
    contacts = printing.contacts_of(facts.programme.id)
    paper = make_paper(wanted.kind, facts, contacts)
    body = _body(wanted, paper, facts, contacts)
    taken = printing.TakenOut(_action(wanted), wanted.purpose, facts.whose())
    transact(printing.note_print, facts.programme.id, paper, taken, by=principal().actor, at=now())
    return _file(body, wanted, facts)


def _body(wanted: Wanted, paper: Paper, facts: TripFacts, contacts: TripEmergency | None) -> bytes:
    head, rows = _table(wanted, paper, facts)
    if wanted.file_format == XLSX:
        return sheets.xlsx(str(PAPER_WORDS[wanted.kind]), head, rows)
    try:
        if wanted.kind is PaperKind.EMERGENCY:
            return drawing.draw_cards(paper, facts, contacts)
        if wanted.kind is PaperKind.BADGES:
            return drawing.draw_badges(paper, facts)
        return drawing.draw_table(paper, facts, head, rows)
    except RenderingUnavailable:
        abort(503)


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


def _file(body: bytes, wanted: Wanted, facts: TripFacts) -> Response:
    """Return the answer that a browser saves under a Chinese name; old ones, which cannot, get a plain one."""
    name = f"{facts.programme.title}-{PAPER_WORDS[wanted.kind]}-{local_day(now()):%Y%m%d}.{wanted.file_format}"
    disposition = f"attachment; filename=\"list.{wanted.file_format}\"; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(body, content_type=_TYPES[wanted.file_format], headers=headers)
