"""New keys for what is sealed: a command makes one, another seals anew what an older one sealed.

A column that holds sealed values says so: ``info={"sealed_for": purpose}``; ``sealed_where`` is the condition, in SQL,
of the rows that are sealed, if not all are.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Column, Table, select, text, update

from app.core.crypto import is_sealed_anew, seal, seal_bytes, unseal, unseal_bytes
from app.core.db import Base, db, transact

_AT_ONCE = 200  # rows; others want to write in between


@dataclass(frozen=True)
class Resealed:
    """What one run over some rows did: up to which id, and how many were sealed anew or could not be opened."""

    last_id: int | None
    anew: int = 0
    lost: int = 0


@click.command("data-key")
def data_key() -> None:
    """Print a new key for DATA_KEYS."""
    click.echo(secrets.token_urlsafe(48))
    click.echo(
        _("Put it first in DATA_KEYS, leave the older ones behind it, restart, and run flask rotate-keys."), err=True
    )


@click.command("rotate-keys")
@with_appcontext
def rotate_keys() -> None:
    """Seal with the newest key what an older one sealed. Running it again goes on where it stopped."""
    anew, lost = reseal_everything()
    click.echo(ngettext("%(num)d value sealed anew.", "%(num)d values sealed anew.", anew))
    if lost:
        raise click.ClickException(
            ngettext(
                "%(num)d value cannot be opened with any of the keys: put the key it was sealed with back.",
                "%(num)d values cannot be opened with any of the keys: put the key they were sealed with back.",
                lost,
            )
        )
    click.echo(_("All of it is sealed with the newest key: the older ones of DATA_KEYS are no longer needed."))


def reseal_everything() -> tuple[int, int]:
    """Seal every column anew, some rows a transaction; returns how many it did and how many it could not open."""
    anew = lost = 0
    for column in sealed_columns():
        last: int | None = 0
        while last is not None:
            done = transact(reseal_some, column, last)
            last, anew, lost = done.last_id, anew + done.anew, lost + done.lost
    return anew, lost


def sealed_columns() -> Iterator[Column[Any]]:
    """Yield the columns that hold sealed values."""
    for table in Base.metadata.sorted_tables:
        yield from (column for column in table.columns if "sealed_for" in column.info)


def reseal_some(column: Column[Any], after: int) -> Resealed:
    """Seal the next rows of a column anew."""
    table = column.table
    assert isinstance(table, Table)  # noqa: S101 - a mapped column's
    rows = select(table.c.id, column).where(table.c.id > after, column.is_not(None)).order_by(table.c.id)
    if where := column.info.get("sealed_where"):
        rows = rows.where(text(where))
    found = db.session.execute(rows.limit(_AT_ONCE).with_for_update()).all()
    lost = anew = 0
    for row_id, sealed in found:
        if is_sealed_anew(sealed):
            continue
        fresh = _sealed_anew(column.info["sealed_for"], sealed)
        if fresh is None:
            lost += 1
            continue
        db.session.execute(update(table).where(table.c.id == row_id).values({column: fresh}))
        anew += 1
    return Resealed(found[-1][0] if found else None, anew, lost)


def _sealed_anew(purpose: str, sealed: str | bytes) -> str | bytes | None:
    if isinstance(sealed, str):
        plain = unseal(purpose, sealed)
        return None if plain is None else seal(purpose, plain)
    content = unseal_bytes(purpose, sealed)
    return None if content is None else seal_bytes(purpose, content)
