"""Compare the texts of the program with a translation: compare_catalogues.py messages.pot messages.po

Prints each text that is not translated, only guessed ("fuzzy"), no longer used, or has lost a placeholder;
exits 1 if there is any.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po


def main(pot: Path, po: Path) -> int:
    if not po.exists():
        print(f"{po} is missing. Make it with: make translations")
        return 1
    texts, translated = _read(pot), _read(po, locale="zh_Hans_CN")
    complaints = sorted(_complaints(texts, translated))
    for complaint in complaints:
        print(complaint)
    print(f"{len(list(_messages(texts)))} texts, {len(complaints)} to see to.")
    if complaints:
        print("Bring the catalogue up to date with `make translations`, then write the Chinese into it.")
    return 1 if complaints else 0


def _read(path: Path, locale: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def _complaints(texts: Catalog, translated: Catalog) -> Iterator[str]:
    for message in _messages(texts):
        chinese = translated.get(message.id, message.context)
        if chinese is None or not all(_strings(chinese)):
            yield f"not translated: {message.id!r} ({message.locations[0][0]})"
        elif chinese.fuzzy:
            yield f"fuzzy:          {message.id!r}"
        else:
            for error in chinese.check(translated):
                yield f"wrong:          {message.id!r}: {error}"
    for message in _messages(translated):
        if texts.get(message.id, message.context) is None:
            yield f"not used:       {message.id!r}"


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
