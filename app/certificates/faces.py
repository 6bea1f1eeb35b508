"""The type faces of a certificate: where they lie, which characters they have, how wide those are."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import category

from fontTools.ttLib import TTFont

FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
)
SERIF_SC_IN_COLLECTION = 2


@dataclass(frozen=True)
class Face:
    """One font file, the Debian package that brings it, and whether nothing can be drawn without it."""

    file_name: str
    package: str
    is_required: bool = False


WENKAI = Face("LXGWWenKai-Regular.ttf", "fonts-lxgw-wenkai", is_required=True)
SERIF = Face("NotoSerifCJK-Regular.ttc", "fonts-noto-cjk", is_required=True)
SERIF_BOLD = Face("NotoSerifCJK-Bold.ttc", "fonts-noto-cjk", is_required=True)
ARABIC = Face("NotoNaskhArabic-Regular.ttf", "fonts-noto-core")
TIBETAN = Face("NotoSerifTibetan-Regular.ttf", "fonts-noto-core")
MONGOLIAN = Face("NotoSansMongolian-Regular.ttf", "fonts-noto-core")
RARE = Face("BabelStoneHan.ttf", "fonts-babelstone-han")

OTHER_SCRIPTS = (ARABIC, TIBETAN, MONGOLIAN, RARE)
FOR_NAMES = (WENKAI, SERIF, *OTHER_SCRIPTS)
FOR_TEXT = (SERIF, WENKAI, *OTHER_SCRIPTS)
FOR_TITLES = (SERIF_BOLD, WENKAI, *OTHER_SCRIPTS)


@dataclass(frozen=True)
class Metrics:
    """Advance width of each character of a face, in units of the type size (1.0 = one em)."""

    widths: dict[str, float]

    def __contains__(self, character: str) -> bool:
        return character in self.widths


def missing_packages() -> list[str]:
    """Debian packages whose fonts are needed for every certificate and are not installed, sorted."""
    return sorted(
        {face.package for face in (*FOR_NAMES, SERIF_BOLD) if face.is_required and not path_of(face)}
    )


def missing_glyphs(names: Iterable[str]) -> dict[str, str]:
    """Each name that cannot be drawn whole, with the characters that no installed face has; empty is good."""
    found = ((name, "".join(dict.fromkeys(c for c in name if not is_drawable(c)))) for name in names)
    return {name: missing for name, missing in found if missing}


def is_drawable(character: str) -> bool:
    """Whether a face for names has this character, or it is one that only steers its neighbours."""
    return steers_only(character) or any(character in metrics(face) for face in FOR_NAMES)


def steers_only(character: str) -> bool:
    """Whether the character has no picture of its own: joiners, direction marks, variation selectors."""
    return (
        category(character) == "Cf"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def width_of(text: str, faces: tuple[Face, ...]) -> float:
    """Width of a text in em, from the advance widths of the first face that has each character.

    Letters of joined scripts count in their isolated form, which is wider as a rule: an upper bound.
    """
    return sum(character_width(character, faces) for character in text)


def character_width(character: str, faces: tuple[Face, ...]) -> float:
    if steers_only(character):
        return 0.0
    return next((metrics(face).widths[character] for face in faces if character in metrics(face)), 1.0)


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
    number = SERIF_SC_IN_COLLECTION if path.suffix == ".ttc" else -1
    with TTFont(path, fontNumber=number, lazy=True) as font:
        advances, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return Metrics({chr(code): advances[glyph][0] / em for code, glyph in font.getBestCmap().items()})
