"""The machine's fonts: where a face lies, which characters it has, how wide those are."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
)
SIMPLIFIED_IN_COLLECTION = 2  # Noto CJK keeps a face for each region in one file; this is mainland China's


@dataclass(frozen=True)
class Face:
    """One font file, the Debian package that brings it, and whether nothing can be drawn without it."""

    file_name: str
    package: str
    is_required: bool = False


SANS = Face("NotoSansCJK-Regular.ttc", "fonts-noto-cjk")
ARABIC = Face("NotoNaskhArabic-Regular.ttf", "fonts-noto-core")
TIBETAN = Face("NotoSerifTibetan-Regular.ttf", "fonts-noto-core")
MONGOLIAN = Face("NotoSansMongolian-Regular.ttf", "fonts-noto-core")
RARE = Face("BabelStoneHan.ttf", "fonts-babelstone-han")
OTHER_SCRIPTS = (ARABIC, TIBETAN, MONGOLIAN, RARE)


@dataclass(frozen=True)
class Metrics:
    """Advance width of each character of a face, in units of the type size (1.0 = one em)."""

    widths: dict[str, float]

    def __contains__(self, character: str) -> bool:
        return character in self.widths


@cache
def path_of(face: Face) -> Path | None:
    """Where the face lies in the standard font folders, or None."""
    for folder in FONT_FOLDERS:
        for path in sorted(folder.rglob(face.file_name)):
            return path
    return None


@cache
def metrics(face: Face) -> Metrics:
    """The character widths of a face; none at all when it is not installed."""
    path = path_of(face)
    if path is None:
        return Metrics({})
    number = SIMPLIFIED_IN_COLLECTION if path.suffix == ".ttc" else -1
    with TTFont(path, fontNumber=number, lazy=True) as font:
        advances, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return Metrics({chr(code): advances[glyph][0] / em for code, glyph in font.getBestCmap().items()})


def image_font(text: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the first face that has every character of a text, else the first there is.

    On a machine without any of them it is a plain built-in one, so that a pass still shows its code.
    """
    installed = [face for face in (SANS, *OTHER_SCRIPTS) if path_of(face)]
    fitting = (face for face in installed if all(sign.isspace() or sign in metrics(face) for sign in text))
    face = next(fitting, installed[0] if installed else None)
    path = path_of(face) if face else None
    if path is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(str(path), size, index=SIMPLIFIED_IN_COLLECTION if path.suffix == ".ttc" else 0)
