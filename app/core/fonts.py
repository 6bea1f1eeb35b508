"""Fonts of the machine for drawing images: Debian's Noto CJK first, then what covers rarer scripts."""

from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont
from PIL import ImageFont

_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
_FACES = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansMongolian-Regular.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSerifTibetan-Regular.ttf",
    "BabelStoneHan.ttf",
    "DejaVuSans.ttf",
)
_SIMPLIFIED = 2  # the face for mainland China in the Noto CJK collection


def font_for(text: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the first font that has every sign of a text, or, on a machine without fonts, a plain built-in one."""
    signs = {ord(sign) for sign in text if not sign.isspace()}
    found = _faces()
    for path, index, covered in found:
        if signs <= covered:
            return ImageFont.truetype(str(path), size, index=index)
    if found:
        return ImageFont.truetype(str(found[0][0]), size, index=found[0][1])
    return ImageFont.load_default(size)


@lru_cache(maxsize=1)
def _faces() -> tuple[tuple[Path, int, frozenset[int]], ...]:
    faces = []
    for name in _FACES:
        path = next((found for folder in _FOLDERS for found in folder.rglob(name)), None)
        if path:
            index = _SIMPLIFIED if path.suffix == ".ttc" else 0
            faces.append((path, index, _covered(path, index)))
    return tuple(faces)


def _covered(path: Path, index: int) -> frozenset[int]:
    font = TTCollection(path, lazy=True).fonts[index] if path.suffix == ".ttc" else TTFont(path, lazy=True)
    return frozenset(font.getBestCmap())
