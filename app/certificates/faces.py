"""The type faces of a certificate, and whether they can write a name."""

from collections.abc import Iterable
from unicodedata import category

from app.core.fonts import OTHER_SCRIPTS, Face, metrics, path_of

WENKAI = Face("LXGWWenKai-Regular.ttf", "fonts-lxgw-wenkai", is_required=True)
SERIF = Face("NotoSerifCJK-Regular.ttc", "fonts-noto-cjk", is_required=True)
SERIF_BOLD = Face("NotoSerifCJK-Bold.ttc", "fonts-noto-cjk", is_required=True)

FOR_NAMES = (WENKAI, SERIF, *OTHER_SCRIPTS)
FOR_TEXT = (SERIF, WENKAI, *OTHER_SCRIPTS)
FOR_TITLES = (SERIF_BOLD, WENKAI, *OTHER_SCRIPTS)


def missing_packages() -> list[str]:
    """Debian packages whose fonts are needed for every certificate and are not installed, sorted."""
    return sorted({face.package for face in (*FOR_NAMES, SERIF_BOLD) if face.is_required and not path_of(face)})


def missing_glyphs(names: Iterable[str]) -> dict[str, str]:
    """Each name that cannot be drawn whole, with the characters that no installed face has; empty is good."""
    found = ((name, "".join(dict.fromkeys(c for c in name if not is_drawable(c)))) for name in names)
    return {name: missing for name, missing in found if missing}


def is_drawable(character: str) -> bool:
    """Whether a face for names has this character, or it is one that only steers its neighbours."""
    return steers_only(character) or any(character in metrics(face) for face in FOR_NAMES)


def steers_only(character: str) -> bool:
    """Whether the character has no picture of its own: joiners, direction marks, variation selectors."""
    return category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def width_of(text: str, faces: tuple[Face, ...]) -> float:
    """Width of a text in em, from the advance widths of the first face that has each character.

    Letters of joined scripts count in their isolated form, which is wider as a rule: an upper bound.
    """
    return sum(character_width(character, faces) for character in text)


def character_width(character: str, faces: tuple[Face, ...]) -> float:
    if steers_only(character):
        return 0.0
    return next((metrics(face).widths[character] for face in faces if character in metrics(face)), 1.0)
