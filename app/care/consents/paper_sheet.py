"""家长回执 on paper: A4, one a child, with empty boxes; the letter stands below, and nothing is ticked for anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.certificates import faces, press
from app.core.clock import local
from app.core.qr import qr_png

MOST = 60  # forms in one file: a class; longer ones are printed class by class
_MODULE = 6  # pixels; the code is 24 mm wide on paper


@dataclass(frozen=True)
class FormFacts:
    """What one form says. ``apart`` tells namesakes apart, "" where there are none; ``address`` is where staff types it
    in; ``letter`` is of the host."""

    number: int
    name: str
    apart: str
    school: str
    class_name: str
    event: str
    host: str
    contact: str
    starts_at: datetime
    ends_at: datetime
    place: str
    purposes: tuple[str, ...]
    address: str
    letter: str


def draw_forms(forms: Sequence[FormFacts]) -> bytes:
    """Return the forms as a PDF, black and white. Raises `RenderingUnavailable`."""
    if packages := faces.missing_packages():
        raise press.RenderingUnavailable(packages)
    html = _template().render(forms=forms)
    pictures = {f"form:{one.number}": qr_png(one.address, _MODULE) for one in forms}
    with press.turn:
        weasyprint = press.load_weasyprint()
        pdf: bytes = weasyprint.HTML(string=html, url_fetcher=press.only(pictures)).write_pdf()
    return pdf


def when(starts_at: datetime, ends_at: datetime) -> str:
    """Write from when to when, in Chinese: 2026年11月28日 09:00 至 17:00."""
    begins, ends = local(starts_at), local(ends_at)
    day = "" if begins.date() == ends.date() else f"{ends.year}年{ends.month}月{ends.day}日 "
    return f"{begins.year}年{begins.month}月{begins.day}日 {begins:%H:%M} 至 {day}{ends:%H:%M}"


@cache
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(press.PROJECT / "templates" / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["when"] = lambda form: when(form.starts_at, form.ends_at)
    return environment.get_template("consent_forms.html")
