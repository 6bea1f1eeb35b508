"""Finding one row among those somebody may see."""

from typing import TypeVar

from flask import abort
from sqlalchemy import Select

from app.core.db import LARGEST_ID, Base, db

Row = TypeVar("Row", bound=Base)


def get_or_404(visible: Select[Row], row_id: int) -> Row:
    """Return the row with this id if the query may find it; a stranger cannot tell hidden from missing."""
    (model,) = {described["type"] for described in visible.column_descriptions}
    if row_id > LARGEST_ID:
        abort(404)
    row: Row | None = db.session.scalars(visible.where(model.id == row_id)).unique().one_or_none()
    if row is None:
        abort(404)
    return row
