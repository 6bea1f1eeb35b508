"""The public texts: those that come with the program, and how any of them is laid out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.site.models import TextKey

_FOLDER = Path(__file__).with_name("defaults")
PLACES = ("operator", "contact")  # {operator} in a text stands for the operator's name of the settings


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, or the items of a list; plain text, for templates to escape."""

    kind: str
    lines: tuple[str, ...]


@cache
def default_text(key: TextKey, language: str) -> str:
    """Return the words that come with the program."""
    return (_FOLDER / f"{key}.{language}.txt").read_text("utf-8").strip()


def filled(text: str, names: Mapping[str, str]) -> str:
    """Return a text with its places, such as {operator}, filled in."""
    for place in PLACES:
        text = text.replace(f"{{{place}}}", names[place])
    return text


def blocks(text: str) -> list[Block]:
    """Return what a text is made of: a line is a paragraph, after "# " a heading, after "- " an item of a list."""
    found: list[Block] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("# "):
            found.append(Block("heading", (line[2:],)))
        elif not line.startswith("- "):
            found.append(Block("paragraph", (line,)))
        elif found and found[-1].kind == "list":
            found[-1] = Block("list", (*found[-1].lines, line[2:]))
        else:
            found.append(Block("list", (line[2:],)))
    return found
