"""What an event announces, its picture, and what it is searched by."""

import sqlalchemy as sa
from alembic import op

from app.core.search_keys import initials, pinyin, written

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_CHECKS = {
    "notice_with_its_moment": ("noticed_at", "(noticed_at IS NULL) = (notice = '')"),
    "rain_plan_before_rain": ("rain_since", "rain_since IS NULL OR rain_plan <> ''"),
    "postponed_with_a_reason": ("postponed_at", "(postponed_at IS NULL) = (postpone_reason = '')"),
}
_KEYS = ("title_key", "title_pinyin", "title_initials", "place_key")


def upgrade() -> None:
    moment, key = _types()
    for column in ("rain_plan", "notice", "postpone_reason"):
        op.execute(f"ALTER TABLE events ADD COLUMN {column} VARCHAR NOT NULL DEFAULT ''")
    # As part of its column, a check needs no new table on SQLite, which would take all slots with the old one.
    for name, (column, rule) in _CHECKS.items():
        op.execute(f"ALTER TABLE events ADD COLUMN {column} {moment} CONSTRAINT ck_events_{name} CHECK ({rule})")
    op.execute(
        "ALTER TABLE events ADD COLUMN picture VARCHAR(64) CONSTRAINT fk_events_picture REFERENCES pictures (digest)"
    )
    op.execute(f"ALTER TABLE slots ADD COLUMN planned_at {moment}")
    for column in _KEYS:
        op.execute(f"ALTER TABLE events ADD COLUMN {column} {key} NOT NULL DEFAULT ''")
    _fill_keys()
    for column in _KEYS:
        op.create_index(f"ix_events_{column}", "events", [column])
    op.create_index("ix_events_kind", "events", ["kind", "ends_at"])
    op.create_index("ix_events_picture", "events", ["picture"])
    drafts = sa.text("published_at IS NULL")
    op.create_index(
        "ix_events_drafts",
        "events",
        ["host_id", "starts_at", "id"],
        postgresql_where=drafts,
        sqlite_where=drafts,
    )


def downgrade() -> None:
    for column in ("kind", "picture", "drafts", *_KEYS):
        op.drop_index(f"ix_events_{column}", table_name="events")
    for column in (*_KEYS, "picture", *(column for column, _ in _CHECKS.values())):
        op.drop_column("events", column)
    for column in ("rain_plan", "notice", "postpone_reason"):
        op.drop_column("events", column)
    op.drop_column("slots", "planned_at")


def _types() -> tuple[str, str]:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    return ("DATETIME", "VARCHAR") if is_sqlite else ("TIMESTAMP WITH TIME ZONE", 'VARCHAR COLLATE "C"')


def _fill_keys() -> None:
    events = sa.table("events", *(sa.column(name) for name in ("id", "title", "place", *_KEYS)))
    connection = op.get_bind()
    for event in connection.execute(sa.select(events.c.id, events.c.title, events.c.place)).all():
        keys = {
            "title_key": written(event.title),
            "title_pinyin": pinyin(event.title),
            "title_initials": initials(event.title),
            "place_key": written(event.place),
        }
        connection.execute(sa.update(events).where(events.c.id == event.id).values(keys))
