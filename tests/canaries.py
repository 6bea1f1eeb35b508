"""Words and numbers that stand nowhere else: written into all texts of one side, looked for in what the other gets.

What is found says from which column it came. Masked names show a name's first sign, so that one alone counts too.
"""

import json
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import unquote

import pypdfium2
import structlog
from sqlalchemy import JSON, Column, LargeBinary, String, Table, Update, inspect, select, text, true, update
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from app.core.crypto import seal, seal_bytes, unseal
from app.core.db import METADATA, db, transact

WORD, LATIN, NUMBER = "囍龘", "qzcanary", "1390088"
_FOUND = re.compile(
    rf"囍龘([a-z_]+\.[a-z_0-9]+)|{LATIN}([a-z_]+\.[a-z_0-9]+)|({NUMBER})|([囍龘]|{LATIN})", re.IGNORECASE
)
_SIGNS = re.compile(r"\\u[0-9a-f]{4}|&#\d{2,6};|&#x[0-9a-f]{2,5};", re.IGNORECASE)
_NUMBERS = {"phone", "address"}
_SOUNDS = re.compile(r"_(key|pinyin|initials)$|^(email|login_name)$")

MACHINE = re.compile(
    r"(^|_)(hash|nonce|digest|key|mark|token|scope|secret|seed|type)$|^(code|sheet|once|language|state)$"
)
"""Names of columns by which the program finds or compares; keys of names are filled all the same."""
NOT_WORDS = {
    "access_entries": {"action", "record", "purpose", "role", "page", "filters"},  # written once; purpose: see `fill`
    "changes": {"record", "what"},
    "corrections": {"reason"},  # written once, with the word in it
    "deliveries": {"provider_id"},
    "events": {"picture"},
    "jobs": {"kind", "owner", "payload", "result"},
    "certificates": {"number"},
    "programmes": {"levels"},
    "registrations": {"application_no"},
    "sessions": {"view"},
    "slots": {"consent_term"},
    "trip_adults": {"roles"},
    "trip_steps": {"moves"},
}
"""Further columns that hold what the program writes and reads for itself."""
Rows = dict[str, set[int]]


def rows_now() -> Rows:
    """Return the ids of all rows, table by table."""
    found = {
        name: set(db.session.scalars(select(table.c.id)))
        for name, table in METADATA.tables.items()
        if inspect(db.engine).has_table(name)
    }
    db.session.rollback()
    return found


def contents(rows: Rows) -> dict[str, dict[int, tuple[Any, ...]]]:
    """Return everything that rows hold, to be compared with later."""
    found = {}
    for name, ids in rows.items():
        table = METADATA.tables[name]
        held = db.session.execute(select(table).where(table.c.id.in_(ids)).order_by(table.c.id))
        found[name] = {row.id: tuple(row) for row in held}
    db.session.rollback()
    return found


def fill(rows: Rows, public: dict[str, set[str]]) -> set[str]:
    """Write canaries into every text of these rows but the public ones; return the columns that hold one now."""
    return transact(_fill, rows, public)


def unfilled(filled: set[str], public: dict[str, set[str]]) -> set[str]:
    """Return the tables in which people's words stand, and of which no row got a canary."""
    words = {name: _words_of(table, public.get(name, set())) for name, table in METADATA.tables.items()}
    tables = {name for name, columns in words.items() if any(isinstance(one.type, String) for one in columns)}
    return tables - {column.partition(".")[0] for column in filled}


def _fill(rows: Rows, public: dict[str, set[str]]) -> set[str]:
    filled = set()
    for name, ids in rows.items():
        table = METADATA.tables[name]
        for column in _words_of(table, public.get(name, set())):
            for row in db.session.execute(select(table.c.id, column).where(table.c.id.in_(ids), _sealed_rows(column))):
                value = _with_canary(column, row.id, row[1])
                if value != row[1] and _could(update(table).where(table.c.id == row.id).values({column.name: value})):
                    filled.add(f"{name}.{column.name}")
    return filled


def _could(change: Update) -> bool:
    """Change a row, unless one of the table's own rules forbids words there as long as the row is what it is."""
    try:
        with db.session.begin_nested():
            db.session.execute(change)
    except IntegrityError:
        return False
    return True


def _words_of(table: Table, public: set[str]) -> list[Column[Any]]:
    """Return the columns of a table that people's words stand in."""
    return [
        column
        for column in table.columns
        if isinstance(column.type, (String, JSON)) or "sealed_for" in column.info
        if not hasattr(column.type, "enums")
        if column.name not in public | NOT_WORDS.get(table.name, set())
        if not MACHINE.search(column.name) or _SOUNDS.search(column.name)
        if column.name != "key"
    ]


def _sealed_rows(column: Column[Any]) -> Any:
    if "sealed_where" in column.info:
        return text(column.info["sealed_where"])
    return column.is_not(None) if "sealed_for" in column.info else true()


def _with_canary(column: Column[Any], row_id: int, value: Any) -> Any:
    where = f"{column.table.name}.{column.name}"
    if "sealed_for" in column.info:
        return _sealed(column, value, f"{WORD}{where}")
    if isinstance(column.type, JSON):
        return _in_json(value, f"{WORD}{where}")
    if column.name in _NUMBERS:
        return f"{NUMBER}{row_id % 10_000:04}"
    if _SOUNDS.search(column.name):
        return f"{LATIN}{where}{row_id}"
    return f"{WORD}{where}{row_id if column.unique else ''}"


def _sealed(column: Column[Any], value: Any, word: str) -> Any:
    purpose = column.info["sealed_for"]
    if isinstance(column.type, LargeBinary):
        return seal_bytes(purpose, word.encode())
    told = unseal(purpose, value) or ""
    if told.startswith("{"):
        return seal(purpose, json.dumps(_in_json(json.loads(told), word), ensure_ascii=False))
    return seal(purpose, word) if purpose != "authenticator" else value


def _in_json(value: Any, word: str) -> Any:
    """Return the same with the word in place of whatever a person wrote: what is not plain ASCII."""
    if isinstance(value, dict):
        return {key: _in_json(one, word) for key, one in value.items()}
    if isinstance(value, list):
        return [_in_json(one, word) for one in value]
    return word if isinstance(value, str) and not value.isascii() else value


def seen_in(response: TestResponse) -> set[str]:
    """Return what of the canaries an answer shows: in its headers, its body, or whatever is packed into that."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return seen(headers) | seen_in_file(response.get_data())


def seen_in_file(content: bytes) -> set[str]:
    """Return what of the canaries stands in a file; a sheet, an archive or a PDF is opened."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return set().union(*(seen(one.filename) | seen_in_file(packed.read(one)) for one in packed.infolist()))
    with suppress(pypdfium2.PdfiumError):  # what is none is read as a text
        return set().union(*(seen(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(content)))
    found = seen(content.decode("utf-8", "replace"))
    return found or (seen(content.decode("gb18030", "replace")) if not content.startswith(b"\x89PNG") else found)


def seen(words: str) -> set[str]:
    """Return what of the canaries stands in a text, also where signs are escaped; something masked is "masked"."""
    plain = _SIGNS.sub(_sign, unquote(words))
    return {"".join(part or "" for part in found[:3]) or "masked" for found in _FOUND.findall(plain)}


@contextmanager
def logged() -> Iterator[StringIO]:
    """Write all lines of the log into a buffer until the block ends, exactly as a server writes them."""
    before, lines = structlog.get_config(), StringIO()
    handler = logging.StreamHandler(lines)
    logging.getLogger().addHandler(handler)
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(lines))
    try:
        yield lines
    finally:
        structlog.configure(**before)
        logging.getLogger().removeHandler(handler)


def _sign(escaped: re.Match[str]) -> str:
    mark = escaped[0].lower()
    if mark.startswith("\\u"):
        return chr(int(mark[2:], 16))
    return chr(int(mark[3:-1], 16) if mark.startswith("&#x") else int(mark[2:-1]))
