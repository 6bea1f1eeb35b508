"""Finding one row among those somebody may see."""

from typing import TypeVar

from flask import Flask, abort
from sqlalchemy import Select
from werkzeug.routing import IntegerConverter, Map

from app.core.db import LARGEST_ID, Base, db

Row = TypeVar("Row", bound=Base)


class _RowId(IntegerConverter):
    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


def init_finding(app: Flask) -> None:
    """Let an address with an id that no row can have lead nowhere."""
    app.url_map.converters["int"] = _RowId


def read_id(text: str) -> int:
    """Return the id in a query or a form; ValueError for one that no row can have."""
    number = int(text)
    if not 0 < number <= LARGEST_ID:
        raise ValueError(text)
    return number


def read_id_or_none(text: str | None) -> int | None:
    """Return the id in an address, or None for anything else than an id that a row can have."""
    try:
        return read_id(text or "")
    except ValueError:
        return None


def get_or_404(visible: Select[Row], row_id: int) -> Row:
    """Return the row with this id if the query may find it; a stranger cannot tell hidden from missing."""
    (model,) = {described["type"] for described in visible.column_descriptions}
    row: Row | None = db.session.scalars(visible.where(model.id == row_id)).unique().one_or_none()
    if row is None:
        abort(404)
    return row
