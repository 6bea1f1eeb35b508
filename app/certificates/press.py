"""The press: WeasyPrint, made ready once per process, with the certificate's own fonts, style and artwork."""

import os
import re
import warnings
import zlib
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from . import faces
from .packing import pack_fonts

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
ARTWORK = PROJECT / "static" / "img" / "certificate.svg"
STYLE = PROJECT / "templates" / "print" / "certificate.css"
FONTS_CONF = HERE / "fonts.conf"
LIBRARIES = ["libharfbuzz-subset0", "libpango-1.0-0", "libpangoft2-1.0-0"]
ART_PAGE = """
<style>@page { size: 297mm 210mm; margin: 0 } body { margin: 0 } img { display: block; width: 297mm }</style>
<img src="certificate:art" alt="">
"""

# Neither Pango nor PDFium may be entered by two threads at once.
turn = Lock()


class RenderingUnavailable(Exception):
    """Certificates cannot be drawn on this machine; `packages` names what is to be installed."""

    def __init__(self, packages: list[str]) -> None:
        super().__init__(f"To draw certificates, install: {' '.join(packages)}")
        self.packages = packages


def print_page(html: str, pictures: dict[str, bytes]) -> bytes:
    """Turn a page into a PDF on the certificate's artwork; it may show only the pictures handed over.

    `pictures` maps an address such as "certificate:qr" to a PNG; every other address is refused.
    Raises RenderingUnavailable.
    """
    with turn:
        return press().print_page(html, pictures)


@cache
def press() -> "Press":
    """The one press of this process; made ready on first use, for WeasyPrint takes two seconds to load."""
    # Without any font Pango does not complain: it crashes the process.
    if packages := faces.missing_packages():
        raise RenderingUnavailable(packages)
    return Press()


class Press:
    """WeasyPrint with everything that all certificates share."""

    def __init__(self) -> None:
        self.weasyprint = load_weasyprint()
        self.fonts = self.weasyprint.text.fonts.FontConfiguration()
        self.style = self.weasyprint.CSS(string=STYLE.read_text("utf-8"), font_config=self.fonts, url_fetcher=only({}))
        self.artwork = self.draw_artwork()

    def print_page(self, html: str, pictures: dict[str, bytes]) -> bytes:
        page = self.weasyprint.HTML(string=html, url_fetcher=only(pictures))
        try:
            pdf: bytes = page.write_pdf(
                stylesheets=[self.style],
                font_config=self.fonts,
                pdf_tags=True,
                finisher=self.finish,
            )
        except self.weasyprint.urls.FatalURLFetchingError as refusal:
            # A BaseException, that would take the web server's thread with it.
            raise ValueError(str(refusal)) from refusal
        return pdf

    def draw_artwork(self) -> bytes:
        """The artwork's drawing instructions, compressed: made once, the same for every certificate."""
        drawn: list[bytes] = []

        def keep(_document: Any, pdf: Any) -> None:
            drawn.append(b"\n".join(instruction_bytes(item) for item in contents_of(pdf).stream))

        pictures = {"certificate:art": ARTWORK.read_bytes()}
        self.weasyprint.HTML(string=ART_PAGE, url_fetcher=only(pictures)).write_pdf(
            font_config=self.fonts, finisher=keep
        )
        # Full opacity is the default; leaving it unsaid keeps the artwork free of the page's named resources.
        return zlib.compress(b"/Artifact BMC q\n" + re.sub(rb"/[Aa]1(\.0)? gs\n", b"", drawn[0]) + b"\nQ EMC", 9)

    def finish(self, _document: Any, pdf: Any) -> None:
        self.put_artwork_below(pdf)
        pack_fonts(pdf)

    def put_artwork_below(self, pdf: Any) -> None:
        import pydyf

        artwork = pydyf.Stream([self.artwork], {"Filter": "/FlateDecode"})
        pdf.add_object(artwork)
        page = page_of(pdf)
        page["Contents"] = pydyf.Array([artwork.reference, page["Contents"]])


def load_weasyprint() -> Any:
    """WeasyPrint, started with the certificate's own list of fonts; raises RenderingUnavailable."""
    # Fontconfig looks at this when a font list is made: in WeasyPrint's start and in FontConfiguration().
    os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", message=".*FontConfig")
            import weasyprint
            import weasyprint.text.fonts
    except (OSError, UserWarning) as error:
        raise RenderingUnavailable(LIBRARIES) from error
    return weasyprint


def only(pictures: dict[str, bytes]) -> Any:
    """A fetcher that hands out these pictures and stops the printing at any other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyThese(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            picture = pictures[url]
            kind = "image/png" if picture.startswith(b"\x89PNG") else "image/svg+xml"
            return URLFetcherResponse(url, picture, {"Content-Type": kind})

    return OnlyThese(fail_on_errors=True)


def page_of(pdf: Any) -> Any:
    return next(item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page")


def contents_of(pdf: Any) -> Any:
    reference = page_of(pdf)["Contents"]
    return next(item for item in pdf.objects if item.number and item.reference == reference)


def instruction_bytes(instruction: Any) -> bytes:
    return instruction if isinstance(instruction, bytes) else bytes(instruction.data)
