"""The lists of a trip as PDF: tables on A4, emergency cards by group, badges to cut out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any
from unicodedata import east_asian_width

from flask_babel import gettext as _
from flask_babel import ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.certificates import faces, press
from app.core.clock import now
from app.core.filters import exact, full_days
from app.core.languages import current_language
from app.people.names import given_name
from app.trips.papers import tables
from app.trips.papers.cards import card_of
from app.trips.papers.facts import TripFacts
from app.trips.papers.making import Paper
from app.trips.papers.models import PaperKind, TripEmergency
from app.trips.papers.words import PAPER_WORDS, contacts_in_words
from app.trips.roster import Traveller

_ON_A_PAGE = 8  # badges


@dataclass(frozen=True)
class Fit:
    """How a table fits on A4: upright or on its side, the size of the type in points, and up to how many characters a
    cell stays in one line; of more columns fewer, or the last one would be off the paper."""

    is_wide: bool
    size: float
    unbroken: int


_FITS = ((7, Fit(is_wide=False, size=10.5, unbroken=7)), (9, Fit(is_wide=True, size=9.5, unbroken=10)))
_FITS_MANY = Fit(is_wide=True, size=8.5, unbroken=5)  # with the numbers of documents


@dataclass(frozen=True)
class Badge:
    """One badge: of a young person the first name and who leads the group, of a grown-up name, duty and number."""

    name: str
    group: str
    side: str
    line: str

    @property
    def is_long(self) -> bool:
        """Whether the name is too long for the largest type: more than four Chinese characters, or nine letters."""
        return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in self.name) > 9


def draw_table(paper: Paper, facts: TripFacts, head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a list as a table; of those who ride each bus begins a page, for whoever ticks there. Raises
    `RenderingUnavailable`."""
    parts = [("", rows)]
    if paper.kind is PaperKind.RIDES:
        head, parts = head[1:], _by_bus(rows)
    fit = next((fit for most, fit in _FITS if len(head) <= most), _FITS_MANY)
    return _drawn("trip_table.html", paper, facts, head=head, parts=parts, fit=fit)


def draw_cards(paper: Paper, facts: TripFacts, contacts: TripEmergency | None) -> bytes:
    """Return the emergency cards, a page a group. Raises `RenderingUnavailable`."""
    ids = sorted({one.group_id for one in facts.roster.youths}, key=lambda one: (one is None, one or 0))
    return _drawn(
        "trip_emergency.html",
        paper,
        facts,
        cards=[card_of(one, facts) for one in ids],
        contacts=contacts_in_words(contacts),
        duties=tables.duties,
    )


def draw_badges(paper: Paper, facts: TripFacts) -> bytes:
    """Return the badges, eight a page. Raises `RenderingUnavailable`."""
    order = sorted(facts.roster.everybody, key=lambda one: (one.group_id is None, one.group_id or 0))
    made = [_badge(one, facts) for one in order]
    pages = [made[start : start + _ON_A_PAGE] for start in range(0, len(made), _ON_A_PAGE)]
    return _drawn("trip_badges.html", paper, facts, pages=pages)


def _by_bus(rows: Sequence[Sequence[str]]) -> list[tuple[str, Sequence[Sequence[str]]]]:
    riding = groupby(rows, key=lambda row: row[0])
    return [(bus or str(_("In no bus yet")), [row[1:] for row in inside]) for bus, inside in riding]


def _badge(one: Traveller, facts: TripFacts) -> Badge:
    name = one.name if one.adult else given_name(one.name)
    return Badge(name, facts.group_of(one), one.side, tables.badge_line(one, facts))


def _drawn(template: str, paper: Paper, facts: TripFacts, **told: Any) -> bytes:
    if packages := faces.missing_packages():
        raise press.RenderingUnavailable(packages)
    programme = facts.programme
    frame: Mapping[str, Any] = {
        "lang": "en" if current_language() == "en" else "zh-Hans",
        "title": PAPER_WORDS[paper.kind],
        "programme": programme,
        "days": full_days(programme.starts_on, programme.ends_on),
        "made_at": exact(now()),
        "version": paper.version,
    }
    html = _environment().get_template(template).render(**frame, **told)
    with press.turn:
        weasyprint = press.load_weasyprint()
        pdf: bytes = weasyprint.HTML(string=html, url_fetcher=press.only({})).write_pdf()
    return pdf


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(press.PROJECT / "templates" / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"_": _, "ngettext": ngettext}
    return made
