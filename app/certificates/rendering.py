"""Drawing a certificate, from what it says to a PDF page or a picture; the same facts give the same bytes."""

import io
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pypdfium2
import qrcode
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from . import press
from .faces import FOR_NAMES, FOR_TEXT, FOR_TITLES, missing_glyphs
from .fitting import Box, fit
from .press import RenderingUnavailable

__all__ = ["CertificateFacts", "RenderingUnavailable", "draw_pdf", "draw_png", "missing_glyphs"]

KIND_BOX = Box(width=150, height=17, largest=40, leading=1.2, most_lines=1)
NAME_BOX = Box(width=226, height=27, largest=54, leading=1.25, most_lines=2)
TALL_NAME_BOX = Box(width=226, height=27, largest=38, leading=1.8, most_lines=2)
# Upright the room is 29 mm; joined Mongolian letters take less than four fifths of their single width.
UPRIGHT_NAME_BOX = Box(width=36, height=120, largest=30, leading=1.3, most_lines=3)
BODY_BOX = Box(width=200, height=14, largest=13.5, leading=1.6, most_lines=2)
TITLE_BOX = Box(width=216, height=20, largest=25, leading=1.35, most_lines=2)
HOST_BOX = Box(width=88, height=15, largest=15, leading=1.4, most_lines=2)
FOOT_BOX = Box(width=150, height=5, largest=8.5, leading=1.4, most_lines=1)


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """What one certificate says; everything is text ready to be read.

    `body` leads from the name to the title and repeats neither: 「参加了由桐乡市教育局主办的活动」.
    `took_part_on` and `issued_on` are dates in words, `verify_url` is in upper case (a denser QR code),
    `code` has 16 characters without gaps, `foot` is the line at the very foot or None.
    """

    number: str
    person_name: str
    event_title: str
    host_name: str
    took_part_on: str
    issued_on: str
    verify_url: str
    code: str
    kind_title: str = "参与证明"
    body: str
    foot: str | None


@lru_cache(maxsize=32)  # a page shows the picture, then somebody asks for the paper: drawn once
def draw_pdf(facts: CertificateFacts) -> bytes:
    """The certificate as one A4 page, landscape, tagged, fonts inside; raises RenderingUnavailable."""
    html = template().render(facts=facts, code=grouped(facts.code), **settings(facts))
    return press.print_page(html, {"certificate:qr": qr_png(facts.verify_url)})


@lru_cache(maxsize=32)
def draw_png(facts: CertificateFacts, width: int = 1600) -> bytes:
    """The certificate as a picture `width` pixels wide, drawn from its PDF; raises RenderingUnavailable."""
    pdf = draw_pdf(facts)
    with press.turn:
        document = pypdfium2.PdfDocument(pdf)
        page = document[0]
        picture = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
        document.close()
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def settings(facts: CertificateFacts) -> dict[str, Any]:
    """Every text of varying length, set into its place on the page."""
    return {
        "kind": fit(facts.kind_title, FOR_TITLES, KIND_BOX),
        "name": fit(facts.person_name, FOR_NAMES, box_for(facts.person_name)),
        "name_is_upright": is_mongolian(facts.person_name),
        "body": fit(facts.body, FOR_TEXT, BODY_BOX),
        "title": fit(facts.event_title, FOR_TITLES, TITLE_BOX),
        "host": fit(facts.host_name, FOR_TITLES, HOST_BOX),
        "foot": fit(facts.foot or "", FOR_TEXT, FOOT_BOX),
    }


def box_for(name: str) -> Box:
    """The room for a name: Mongolian stands upright, Tibetan and Arabic reach far above and below."""
    if is_mongolian(name):
        return UPRIGHT_NAME_BOX
    is_tall = any("\u0600" <= letter <= "\u08ff" or "\u0f00" <= letter <= "\u0fff" for letter in name)
    return TALL_NAME_BOX if is_tall else NAME_BOX


def is_mongolian(name: str) -> bool:
    """Whether a name is written in Mongolian letters, which run from top to bottom."""
    letters = [character for character in name if character.isalpha()]
    return bool(letters) and all("\u1800" <= letter <= "\u18af" for letter in letters)


def grouped(code: str) -> str:
    """A code in groups of four, as it is read aloud: 7Q3K XF9M T2AB 5CDE."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def qr_png(text: str) -> bytes:
    """A QR code with its quiet zone of four modules, error correction M."""
    # Eight pixels a module stay sharp in viewers that smooth pictures, and still pack to half a kilobyte.
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=8, border=4)
    code.add_data(text)
    code.make(fit=True)
    file = io.BytesIO()
    code.make_image().save(file)
    return file.getvalue()


@cache
def template() -> Any:
    folder = press.PROJECT / "templates" / "print"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("certificate.html")
