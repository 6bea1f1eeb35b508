"""What the access log says besides, requests to erase, how long what is kept."""

import sqlalchemy as sa
from alembic import op

from app.core import append_only
from app.core.db import Moment

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_ENTRIES = "access_entries"
_IS_ONE = sa.text("person_id IS NOT NULL")
_KEPT_DAYS = 183  # 《网络安全法》 21: at least six months
_ADDED = {
    "person_id": "INTEGER",
    "under_14": "INTEGER NOT NULL DEFAULT 0",
    "under_18": "INTEGER NOT NULL DEFAULT 0",
    "role": "VARCHAR NOT NULL DEFAULT ''",
    "unit_id": "INTEGER",
    "page": "VARCHAR NOT NULL DEFAULT ''",
    "filters": "VARCHAR NOT NULL DEFAULT ''",
}


def upgrade() -> None:
    _tell_more()
    append_only.unguard("corrections")
    append_only.guard("corrections", emptied="reason")
    _make_erasures()
    _make_rules()


def downgrade() -> None:
    for table in ("purge_runs", "retention_rules", "erasures"):
        op.drop_table(table)
    append_only.unguard("corrections")
    append_only.guard("corrections")
    append_only.unguard(_ENTRIES)
    for name in ("person_id", "user_id", "at"):
        op.drop_index(op.f(f"ix_{_ENTRIES}_{name}"), table_name=_ENTRIES)
    for name in _ADDED:
        op.drop_column(_ENTRIES, name)
    for name in ("at", "user_id"):
        op.create_index(op.f(f"ix_{_ENTRIES}_{name}"), _ENTRIES, [name])
    append_only.guard(_ENTRIES)


def _tell_more() -> None:
    append_only.unguard(_ENTRIES)
    for name, kind in _ADDED.items():
        op.execute(f"ALTER TABLE {_ENTRIES} ADD COLUMN {name} {kind}")
    for name in ("at", "user_id"):
        op.drop_index(op.f(f"ix_{_ENTRIES}_{name}"), table_name=_ENTRIES)
    op.create_index(f"ix_{_ENTRIES}_at", _ENTRIES, ["at", "id"])
    op.create_index(f"ix_{_ENTRIES}_user_id", _ENTRIES, ["user_id", "at", "id"])
    one = ["person_id", "at", "id"]
    op.create_index(f"ix_{_ENTRIES}_person_id", _ENTRIES, one, postgresql_where=_IS_ONE, sqlite_where=_IS_ONE)
    append_only.guard(_ENTRIES, emptied="purpose", kept_days=_KEPT_DAYS)


def _make_erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.Column("refused_why", sa.String(), nullable=False),
        sa.Column("erased_at", Moment(), nullable=True),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(decided_at IS NULL) = (is_granted IS NULL)", name=op.f("ck_erasures_decided")),
        sa.CheckConstraint("erased_at IS NULL OR is_granted", name=op.f("ck_erasures_granted_before")),
        sa.CheckConstraint(
            "is_granted IS NULL OR is_granted OR refused_why <> ''", name=op.f("ck_erasures_refused_with_a_reason")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_erasures_person_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_erasures_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_erasures_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    op.create_index(op.f("ix_erasures_person_id"), "erasures", ["person_id"])
    op.create_index("ix_erasures_decided_at", "erasures", ["decided_at", "id"])
    is_open = sa.text("decided_at IS NULL")
    options = {"unique": True, "postgresql_where": is_open, "sqlite_where": is_open}
    op.create_index("uq_erasures_open", "erasures", ["person_id"], **options)


def _make_rules() -> None:
    op.create_table(
        "retention_rules",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_retention_rules_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rules")),
        sa.UniqueConstraint("kind", name=op.f("uq_retention_rules_kind")),
    )
    op.create_table(
        "purge_runs",
        sa.Column("began_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge_runs")),
    )
