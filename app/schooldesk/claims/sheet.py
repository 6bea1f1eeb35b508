"""The sheets that a school cuts up: ten slips on A4, each with a QR code and the same code to type."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.certificates import faces, press
from app.core.codes import grouped
from app.core.qr import qr_png

ON_A_PAGE = 10
_MODULE = 6  # pixels; the code is 27 mm wide on paper


@dataclass(frozen=True)
class SlipFacts:
    """What one slip says. ``address`` is scanned, in capitals; ``is_child`` says that it is for the guardian; ``apart``
    tells namesakes apart, "" where there are none."""

    name: str
    apart: str
    class_name: str
    code: str
    address: str
    is_child: bool


@dataclass(frozen=True)
class SheetFacts:
    """What all slips of a sheet have in common; ``typed_at`` is the page on which a code is typed."""

    school: str
    typed_at: str
    ends_on: date


def draw_slips(facts: SheetFacts, slips: Sequence[SlipFacts]) -> bytes:
    """Return the sheets as a PDF, black and white. Raises `RenderingUnavailable`."""
    if packages := faces.missing_packages():
        raise press.RenderingUnavailable(packages)
    pages = [slips[first : first + ON_A_PAGE] for first in range(0, len(slips), ON_A_PAGE)]
    html = _template().render(facts=facts, pages=pages, grouped=grouped)
    pictures = {f"slip:{slip.code}": qr_png(slip.address, _MODULE) for slip in slips}
    with press.turn:
        weasyprint = press.load_weasyprint()
        pdf: bytes = weasyprint.HTML(string=html, url_fetcher=press.only(pictures)).write_pdf()
    return pdf


@cache
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(press.PROJECT / "templates" / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("claim_slips.html")
