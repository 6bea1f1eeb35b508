"""Who read or downloaded whose data."""

import sqlalchemy as sa
from alembic import op

from app.core import append_only
from app.core.db import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_entries",
        sa.Column("at", Moment(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_access_entries_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_entries")),
    )
    op.create_index(op.f("ix_access_entries_at"), "access_entries", ["at"], unique=False)
    op.create_index(op.f("ix_access_entries_user_id"), "access_entries", ["user_id"], unique=False)
    append_only.guard("access_entries")


def downgrade() -> None:
    append_only.unguard("access_entries")
    op.drop_index(op.f("ix_access_entries_user_id"), table_name="access_entries")
    op.drop_index(op.f("ix_access_entries_at"), table_name="access_entries")
    op.drop_table("access_entries")
