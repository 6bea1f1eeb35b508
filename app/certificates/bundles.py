"""Many certificates as one file: a PDF to print, or a ZIP with a file for each person."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pypdfium2

from app.certificates.press import turn

_NOT_ON_WINDOWS = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


class Bundle(StrEnum):
    """What an event's certificates are handed out as."""

    PDF = "pdf"
    ZIP = "zip"

    @property
    def content_type(self) -> str:
        """What a browser is told that it is."""
        return {Bundle.PDF: "application/pdf", Bundle.ZIP: "application/zip"}[self]


def file_name(text: str) -> str:
    """Return a text as every system, and the strictest of them, takes it for a file's name."""
    return _NOT_ON_WINDOWS.sub("_", text).strip(" .")


def write_zip(path: Path, papers: Iterable[tuple[str, bytes]]) -> int:
    """Write papers under their names into a ZIP, names in UTF-8; returns how many. A PDF is packed already."""
    count = 0
    with ZipFile(path, "w", ZIP_STORED) as file:
        for name, paper in papers:
            file.writestr(name, paper)
            count += 1
    return count


def write_pdf(path: Path, papers: Iterable[tuple[str, bytes]]) -> int:
    """Write papers one after another into a PDF; returns how many.

    PDFium copies pages without their tags, so that this file, unlike each single one, says nothing to a screen reader.
    """
    with turn:
        whole = pypdfium2.PdfDocument.new()
        for _, paper in papers:
            single = pypdfium2.PdfDocument(paper)
            whole.import_pages(single)
            single.close()
        count = len(whole)
        whole.save(path)
        whole.close()
    return count


def papers_in(paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Return the papers, with their names, of several ZIPs in order."""
    for path in paths:
        with ZipFile(path) as file:
            for name in file.namelist():
                yield name, file.read(name)
