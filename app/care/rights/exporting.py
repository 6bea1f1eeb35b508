"""Everything that is kept about somebody, as data and as a page to read, in one ZIP."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import render_template
from sqlalchemy import Column, ColumnElement, select

from app.care.belongings import Belongings, belongings_of
from app.care.inventory import Holding, holdings
from app.care.rights import words
from app.core.clock import local, now
from app.core.crypto import unseal, unseal_bytes
from app.core.db import METADATA, db

_SECRETS = {"password_hash", "token_hash", "code_hash", "nonce", "browser_hash"}
_NOT_TAKEN = {"name_pinyin", "name_initials", "name_key", *_SECRETS}
Entry = dict[str, Any]


def write_export(path: Path, person_id: int) -> int:
    """Write the ZIP: data.json, a page to read, and the files that were sent; returns how many entries there are."""
    own = belongings_of(person_id)
    found = {one.table: list(_entries(one, own)) for one in holdings() if one.of}
    found = {table: entries for table, entries in found.items() if entries}
    made_at = local(now())
    page = render_template("print/export.html", found=found, made_at=made_at, words=words)
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        packed.writestr("data.json", json.dumps(found, ensure_ascii=False, indent=2))
        packed.writestr("index.html", page)
        for name, content in _files(own):
            packed.writestr(name, content)
    return sum(len(entries) for entries in found.values())


def _entries(one: Holding, own: Belongings) -> Iterator[Entry]:
    table = METADATA.tables[one.table]
    columns = [column for column in table.columns if _is_taken(column)]
    if not one.of or not columns:
        return
    for row in db.session.execute(select(*columns).where(own.rows_of(table, one.of)).order_by(table.c.id)):
        pairs = zip(columns, row, strict=True)
        yield {column.name: _plain(column, value) for column, value in pairs if value not in (None, "")}


def _is_taken(column: Column[Any]) -> bool:
    is_number = column.name == "id" or column.name.endswith("_id")  # of rows: they mean nothing outside
    return not (is_number or column.name in _NOT_TAKEN or column.type.python_type is bytes)


def _plain(column: Column[Any], value: Any) -> Any:
    """Return a value as JSON has it, unsealed; a sealed answer is told from a plain one by being readable."""
    if isinstance(value, datetime):
        return local(value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if "sealed_for" in column.info and isinstance(value, str):
        return unseal(column.info["sealed_for"], value) or value
    return value


def _files(own: Belongings) -> Iterator[tuple[str, bytes]]:
    """Yield the files that were sent with answers, and the photos of signed papers."""
    answers, papers = METADATA.tables["answer_files"], METADATA.tables["paper_answers"]
    yield from _opened("files", answers.c.content, answers.c.media_type, own.rows_of(answers, "answer"))
    has_photo = papers.c.photo.is_not(None)
    yield from _opened("papers", papers.c.photo, papers.c.photo_type, own.rows_of(papers, "person") & has_photo)


def _opened(
    folder: str, content: Column[Any], media_type: Column[Any], theirs: ColumnElement[bool]
) -> Iterator[tuple[str, bytes]]:
    table = content.table
    for number, sealed, kind in db.session.execute(select(table.c.id, content, media_type).where(theirs)):
        opened = unseal_bytes(content.info["sealed_for"], sealed)
        if opened is not None:
            yield f"{folder}/{number}.{kind.rpartition('/')[2]}", opened
