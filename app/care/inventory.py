"""What is kept about people: all columns, declared in inventory.toml, and docs/data.md, which is made of it."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, Date, Enum, LargeBinary, MetaData, String, Table

_DECLARED = Path(__file__).with_name("inventory.toml")
_WITHOUT_PEOPLE = "tables_without_people"
_HEAD = """# What is kept about people

Written by `flask data-inventory` from the models and `app/care/inventory.toml`; a test fails when it is out of date, or
when a column that could say something about somebody is declared nowhere. How long some kinds are kept is set at
`/admin/retention`.
"""


@dataclass(frozen=True)
class Holding:
    """One table that says something about people.

    ``of`` is how a person's rows are found, None where the rows are nobody's own; ``erase`` what erasing does to them;
    ``blank`` what an emptied column holds where "" is refused; ``columns`` are the personal ones, with their purposes.
    """

    table: str
    of: str | None
    erase: str
    blank: str
    who: str
    kept: str
    kept_because: str
    plain: frozenset[str]
    columns: dict[str, str]


@cache
def holdings() -> tuple[Holding, ...]:
    """Return everything that is declared, in its order."""
    declared = tomllib.loads(_DECLARED.read_text("utf-8"))
    return tuple(_holding(name, told) for name, told in declared.items() if name != _WITHOUT_PEOPLE)


def undeclared(metadata: MetaData) -> list[str]:
    """Return the columns that could say something about somebody, and of which nobody has said whether they do."""
    known = {(one.table, name) for one in holdings() for name in (*one.columns, *one.plain)}
    known |= {(table, name) for table, names in _without_people().items() for name in names}
    found = {(table.name, column.name) for table in metadata.tables.values() for column in telling_columns(table)}
    return sorted(f"{table}.{column}" for table, column in found - known)


def gone(metadata: MetaData) -> list[str]:
    """Return what is declared and not there any more."""
    there = {(table.name, column.name) for table in metadata.tables.values() for column in table.columns}
    declared = {(one.table, name) for one in holdings() for name in (*one.columns, *one.plain)}
    declared |= {(table, name) for table, names in _without_people().items() for name in names}
    return sorted(f"{table}.{column}" for table, column in declared - there)


def telling_columns(table: Table) -> Iterator[Column[object]]:
    """Return the columns that could say something about somebody: texts, days, files, and whose a row is."""
    for column in table.columns:
        is_whose = any(key.column.table.name == "people" for key in column.foreign_keys)
        is_word = isinstance(column.type, Enum)
        if is_whose or (not is_word and isinstance(column.type, (String, JSON, Date, LargeBinary))):
            yield column


def inventory_page() -> str:
    """Return docs/data.md."""
    return "\n".join([_HEAD, *(_section(one) for one in holdings())])


def _section(one: Holding) -> str:
    rows = [f"| `{name}` | {purpose} |" for name, purpose in one.columns.items()]
    head = [
        f"## {one.table}",
        "",
        f"**Who sees it:** {one.who}.  ",
        f"**How long:** {one.kept}.  ",
        f"**Erasing a person:** {_erasing(one)}.",
        "",
    ]
    return "\n".join([*head, "| Field | What for |", "| --- | --- |", *rows, ""])


def _erasing(one: Holding) -> str:
    words = {
        "columns": "these fields are emptied, the row stays for the counts",
        "rows": "the rows are deleted",
        "redacted": "the words are emptied, nothing else of the row can change",
    }
    return words.get(one.erase) or f"stays. {one.kept_because}"


def _holding(name: str, told: dict[str, Any]) -> Holding:
    return Holding(
        table=name,
        of=told.get("of"),
        erase=told["erase"],
        blank=told.get("blank", ""),
        who=told["who"],
        kept=told["kept"],
        kept_because=told.get("kept_because", ""),
        plain=frozenset(told.get("plain", [])),
        columns=told["columns"],
    )


@cache
def _without_people() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(_DECLARED.read_text("utf-8"))[_WITHOUT_PEOPLE]
    return found
