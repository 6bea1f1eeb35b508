import ctypes
import io
import re
import shutil
import subprocess
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from app.certificates import press
from app.certificates.faces import FOR_NAMES
from app.certificates.fitting import Box, fit
from app.certificates.packing import ROW, pack
from app.certificates.rendering import (
    CertificateFacts,
    RenderingUnavailable,
    draw_pdf,
    draw_png,
    missing_glyphs,
)
from app.core import fonts

WANG = CertificateFacts(
    number="TX-2026-000123",
    person_name="王芳",
    event_title="乌镇水乡青年文化交流周",
    host_name="桐乡市教育局",
    took_part_on="2026年11月22日",
    issued_on="2026年11月30日",
    verify_url="HTTPS://TONGXING.EXAMPLE.CN/V/7Q3KXF9MT2AB5CDE",
    code="7Q3KXF9MT2AB5CDE",
    body="参加了由桐乡市教育局主办的交流活动",
    foot="本证明仅记录参与情况，不作为中小学招生入学依据",
)
MONGOLIAN_NAME = "ᠮᠣᠩᠭᠣᠯ"
NAMES = [
    "王芳",
    "欧阳娜娜",
    "阿依古丽·买买提",
    "𠮷野",
    "O’Brien",
    "Maximiliana-Alexandrina Konstantinopolskaya de la Fuente-Rios",
    "阿" * 60,
    "W" * 60,
    "ئايگۈل مەمتىمىن",
    "བསྟན་འཛིན་རྒྱ་མཚོ",
    MONGOLIAN_NAME,
    "ᠪᠣᠷᠵᠢᠭᠢᠨ ᠠᠯᠲᠠᠨᠴᠡᠴᠡᠭ ᠮᠣᠩᠭᠣᠯ",
]
LONG_TITLE = "石榴籽一家亲浙江桐乡新疆阿克苏青少年书信结对与暑期研学交流活动（第三期）" * 2
INNER_FRAME = (45.0, 45.0, 797.0, 550.0)  # pt: left, bottom, right, top of the space inside the border


def page_of(pdf: bytes) -> pypdfium2.PdfPage:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    return document[0]


def text_of(pdf: bytes) -> str:
    text: str = page_of(pdf).get_textpage().get_text_bounded()
    return text


def language_of(document: pypdfium2.PdfDocument) -> str:
    buffer = (ctypes.c_ushort * 32)()
    pypdfium2.raw.FPDFCatalog_GetLanguage(document, buffer, ctypes.sizeof(buffer))
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def ink_boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """The box of each run of text, in pt from the lower left."""
    textpage = page_of(pdf).get_textpage()
    return [textpage.get_rect(index) for index in range(textpage.count_rects())]


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return min(width, height)


def test_a_certificate_is_one_landscape_a4_page() -> None:
    width, height = page_of(draw_pdf(WANG)).get_size()

    assert (round(width), round(height)) == (842, 595)


def test_everything_it_says_can_be_read_out_of_the_pdf() -> None:
    text = text_of(draw_pdf(WANG))

    for said in ("王芳", "TX-2026-000123", "乌镇水乡青年文化交流周", "桐乡市教育局", "2026年11月22日"):
        assert said in text
    for said in ("2026年11月30日", "（盖章）", "扫码验证", "7Q3K XF9M T2AB 5CDE", str(WANG.foot), WANG.body):
        assert said in text
    assert "参与证明" in text.replace(" ", "")


def test_the_pdf_names_its_title_and_language_and_brings_its_fonts() -> None:
    pdf = draw_pdf(WANG)
    document = pypdfium2.PdfDocument(pdf)

    assert document.get_metadata_dict()["Title"] == "参与证明 · 王芳 · TX-2026-000123"
    assert document.is_tagged()
    assert language_of(document) == "zh-Hans"
    written = list(document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]))
    assert written
    assert all(text.get_font().is_embedded for text in written)


def test_a_certificate_weighs_less_than_100_kilobytes() -> None:
    assert len(draw_pdf(replace(WANG, event_title=LONG_TITLE[:80]))) < 100_000


def test_a_packed_font_comes_out_as_it_went_in() -> None:
    font = bytes(number * number % 251 for number in range(1000))

    rows = zlib.decompress(pack(font))
    above = bytes(ROW)
    unpacked = b""
    for at in range(0, len(rows), ROW + 1):
        above = bytes((byte + up) % 256 for byte, up in zip(rows[at + 1 : at + 1 + ROW], above, strict=True))
        unpacked += above

    assert unpacked.rstrip(b"\0") == font.rstrip(b"\0")


def test_the_same_facts_give_the_same_bytes() -> None:
    assert draw_pdf(WANG) == draw_pdf(replace(WANG))


def test_many_threads_draw_the_same_certificate() -> None:
    with ThreadPoolExecutor(4) as threads:
        drawn = set(threads.map(draw_pdf, [WANG] * 8))

    assert drawn == {draw_pdf(WANG)}


@pytest.mark.parametrize("name", NAMES)
def test_any_name_stands_inside_the_border_and_over_no_other_text(name: str) -> None:
    pdf = draw_pdf(replace(WANG, person_name=name, event_title=LONG_TITLE[:80]))

    boxes = ink_boxes(pdf)
    left, bottom, right, top = INNER_FRAME
    assert all(box[0] >= left and box[1] >= bottom and box[2] <= right and box[3] <= top for box in boxes)
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair) > 2] == []


@pytest.mark.parametrize("name", NAMES)
def test_any_name_can_be_read_out_of_the_pdf(name: str) -> None:
    text = text_of(draw_pdf(replace(WANG, person_name=name)))

    if name.isascii() or "\u4e00" <= name[0] <= "\u9fff":
        assert name.replace(" ", "") in re.sub(r"\s|\ufffe|\x02", "", text)
    else:
        assert set(name) - set(" ") <= set(text)


def test_a_mongolian_name_stands_upright() -> None:
    textpage = page_of(draw_pdf(replace(WANG, person_name=MONGOLIAN_NAME))).get_textpage()
    whole = textpage.get_text_range()
    at = [index for index, letter in enumerate(whole) if letter in MONGOLIAN_NAME]
    letters = [textpage.get_charbox(index) for index in at]

    height = max(box[3] for box in letters) - min(box[1] for box in letters)
    width = max(box[2] for box in letters) - min(box[0] for box in letters)
    assert height > 2 * width


@pytest.mark.parametrize("name", ["王芳", "阿" * 60])
def test_the_qr_code_is_read_from_a_picture_of_100_dpi(name: str, tmp_path: Path) -> None:
    if not shutil.which("zbarimg"):
        pytest.skip("zbarimg is not installed")
    picture = tmp_path / "certificate.png"
    picture.write_bytes(draw_png(replace(WANG, person_name=name), width=1169))

    read = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True, check=True)

    assert read.stdout.strip() == WANG.verify_url


def test_the_picture_has_the_width_asked_for_and_paper_in_its_corner() -> None:
    picture = Image.open(io.BytesIO(draw_png(WANG, width=800)))

    assert picture.size == (800, 566)
    assert picture.getpixel((2, 2)) == (0xFA, 0xF6, 0xEF)


def test_the_artwork_leans_on_nothing_that_the_page_does_not_have() -> None:
    drawing = zlib.decompress(press.press().artwork)

    assert not re.search(rb"\b(gs|Do|sh|scn|SCN)\b", drawing)


def test_the_foot_line_can_be_left_out() -> None:
    assert "招生" not in text_of(draw_pdf(replace(WANG, foot=None)))


def test_what_people_type_is_text_and_never_markup() -> None:
    text = text_of(draw_pdf(replace(WANG, event_title='<img src="file:///etc/hostname"> & 活动')))

    assert '<img src="file:///etc/hostname"> & 活动' in text


def test_the_press_refuses_every_other_address() -> None:
    with pytest.raises(ValueError, match="file:///etc/hostname"):
        press.print_page('<img src="file:///etc/hostname">', {})


def test_names_that_can_be_drawn_are_not_reported() -> None:
    assert missing_glyphs(NAMES) == {}


def test_a_character_that_no_face_has_is_reported_with_its_name() -> None:
    assert missing_glyphs(["王芳", "王\U0003fff0芳\u0378"]) == {"王\U0003fff0芳\u0378": "\U0003fff0\u0378"}


def test_without_fonts_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "FONT_FOLDERS", (tmp_path,))
    fonts.path_of.cache_clear()
    press.press.cache_clear()
    draw_pdf.cache_clear()
    try:
        with pytest.raises(RenderingUnavailable) as refusal:
            draw_pdf(WANG)
    finally:
        fonts.path_of.cache_clear()

    assert refusal.value.packages == ["fonts-lxgw-wenkai", "fonts-noto-cjk"]


def test_a_long_title_breaks_into_even_lines_between_words() -> None:
    box = Box(width=100, height=30, largest=30, leading=1.3, most_lines=2)

    assert fit("Riverside Volunteering Week", FOR_NAMES, box).lines == ("Riverside", "Volunteering Week")


def test_a_line_begins_with_no_closing_mark_and_ends_with_no_opening_one() -> None:
    box = Box(width=60, height=30, largest=30, leading=1.3, most_lines=2)

    first, second = fit("青年、少年（第三期）活动周记", FOR_NAMES, box).lines

    assert second[0] not in "、）"
    assert first[-1] not in "（"
