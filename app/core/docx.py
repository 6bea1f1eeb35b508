"""Documents that open right in Word and WPS, in the layout of official papers (GB/T 9704—2012)."""

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TITLE, _HEADING, _TEXT = "方正小标宋简体", "黑体", "仿宋"
_LINE, _TYPE_AREA = 560, 8844  # 28 pt, 156 mm; both in twentieths of a point
# 5.2.1: A4, 37 mm above, 28 mm to the left, a type area of 156 × 225 mm
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId1"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/>'
    "</w:sectPr>"
)
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WML}.document.main+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WML}.footer+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/footer" Target="footer1.xml"/></Relationships>',
}


class Paper:
    """An official paper, written from top to bottom."""

    def __init__(self, title: str) -> None:
        self._body = [_paragraph(title, _TITLE, 44, "center", after=_LINE)]

    def heading(self, text: str) -> None:
        """Begin a part: 「一、…」."""
        self._body.append(_paragraph(text, _HEADING, 32, indent=640))

    def text(self, text: str) -> None:
        """Add a paragraph of text."""
        self._body.append(_paragraph(text, _TEXT, 32, "both", indent=640))

    def signed(self, *lines: str) -> None:
        """Add who issues it and when, to the right."""
        self._body += [_paragraph(line, _TEXT, 32, "right", right=1280) for line in ("", *lines)]

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table: the first column has words, the others numbers."""
        narrow = _TYPE_AREA // (len(head) + 2)
        widths = [_TYPE_AREA - narrow * (len(head) - 1), *[narrow] * (len(head) - 1)]
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        lines = [_row(head, widths, is_head=True), *(_row(row, widths) for row in rows)]
        self._body.append(
            f'<w:tbl><w:tblPr><w:tblW w:w="{_TYPE_AREA}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
        )

    def written(self) -> bytes:
        """Return the file; the same words make the same bytes."""
        document = f"<w:document {_W} {_R}><w:body>{''.join(self._body)}{_PAGE}</w:body></w:document>"
        parts = _PARTS | {"word/document.xml": document, "word/footer1.xml": _footer()}
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as packed:
            for name, content in parts.items():
                packed.writestr(ZipInfo(name), _HEAD + content)
        return out.getvalue()


def _paragraph(
    text: str, font: str, size: int, align: str = "left", *, indent: int = 0, right: int = 0, after: int = 0
) -> str:
    """Return a paragraph; ``size`` in half points."""
    spaced = f'<w:spacing w:after="{after}" w:line="{_LINE}" w:lineRule="exact"/>'
    placed = f'<w:ind w:right="{right}" w:firstLine="{indent}"/><w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{spaced}{placed}</w:pPr>{_run(text, font, size)}</w:p>"


def _run(text: str, font: str, size: int) -> str:
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
    look = f'<w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _row(cells: Sequence[str], widths: Sequence[int], *, is_head: bool = False) -> str:
    font = _HEADING if is_head else _TEXT
    made = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_cell(cell, font, 'left' if place == 0 else 'center')}</w:tc>"
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    repeats = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeats}</w:trPr>{''.join(made)}</w:tr>"


def _cell(text: str, font: str, align: str) -> str:
    look = f'<w:spacing w:before="60" w:after="60"/><w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{look}</w:pPr>{_run(text, font, 24)}</w:p>"


def _footer() -> str:
    """Return the page's number between dashes, 4 号."""
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
    dash = '<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    line = f"{dash.format('— ')}{field}{dash.format(' —')}"
    return f'<w:ftr {_W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{line}</w:p></w:ftr>'
