"""The change log: what happened to a record, when and through whom, told in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from sqlalchemy import JSON, ForeignKey, Index, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, db
from app.core.filters import moment

EDITED = "edited"
_LONGEST = 60  # characters of a value that are worth repeating; of a longer one only that it changed is said


class Change(Base):
    """Something that happened to a record: ``record`` and ``record_id`` say which, ``what`` is a word of the record's
    vocabulary, ``facts`` what its sentence needs. Of people only *which* fields changed is kept, never the values.
    """

    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_record_record_id", "record", "record_id", "id"),)

    record: Mapped[str]
    record_id: Mapped[int]
    what: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: the system itself


@dataclass(frozen=True)
class Vocabulary:
    """How one kind of record tells its changes.

    ``happened`` has a sentence for each ``what``, ``fields`` what people call a field, ``values`` how a field's stored
    value is written.
    """

    happened: Mapping[str, LazyString]
    fields: Mapping[str, LazyString] = field(default_factory=dict)
    values: Mapping[str, Callable[[str], object]] = field(default_factory=dict)


def note_change(record: str, record_id: int, what: str, *, by: int | None, at: datetime, **facts: object) -> None:
    """Write down that something happened; to be run in the transaction that does it."""
    stored = {name: _stored(value) for name, value in facts.items()}
    db.session.add(Change(record=record, record_id=record_id, what=what, facts=stored, at=at, by_id=by))


def note_edit(
    record: str,
    record_id: int,
    before: Mapping[str, object],
    after: Mapping[str, object],
    *,
    by: int | None,
    at: datetime,
) -> None:
    """Write down which fields an edit changed, from what to what; nothing when it changed none."""
    changed = {name: [_stored(before[name]), _stored(value)] for name, value in after.items() if before[name] != value}
    if changed:
        db.session.add(Change(record=record, record_id=record_id, what=EDITED, facts=changed, at=at, by_id=by))


def drop_changes(record: str, record_ids: Sequence[int]) -> None:
    """Forget what happened to records that are being deleted: SQLite gives their numbers to the next ones, which may
    be another unit's."""
    db.session.execute(delete(Change).where(Change.record == record, Change.record_id.in_(record_ids)))


def changes_of(record: str, record_ids: Sequence[int], most: int = 50) -> list[Change]:
    """Return the latest changes of some records of one kind, the latest first."""
    statement = select(Change).where(Change.record == record, Change.record_id.in_(record_ids))
    return list(db.session.scalars(statement.order_by(Change.id.desc()).limit(most)))


def told(change: Change, vocabulary: Vocabulary) -> list[str]:
    """Return a change as sentences in the language of the request."""
    if change.what == EDITED:
        return [_edit(name, before, after, vocabulary) for name, (before, after) in change.facts.items()]
    facts = {name: _written(name, value, vocabulary) for name, value in change.facts.items()}
    return [str(vocabulary.happened[change.what]) % facts]


def _edit(name: str, before: object, after: object, vocabulary: Vocabulary) -> str:
    label = str(vocabulary.fields.get(name, name))
    old, new = _written(name, before, vocabulary), _written(name, after, vocabulary)
    if max(len(old), len(new)) > _LONGEST:
        return str(_("%(field)s: rewritten", field=label))
    return str(_("%(field)s: %(before)s → %(after)s", field=label, before=old or "–", after=new or "–"))


def _stored(value: object) -> object:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, Enum):
        return value.value
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _written(name: str, value: Any, vocabulary: Vocabulary) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return moment(datetime.fromisoformat(value["moment"]))
    if name in vocabulary.values:
        return str(vocabulary.values[name](value))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return str(value)
