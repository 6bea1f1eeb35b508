"""What a lottery was drawn from; what comes by itself at a moment is found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_COMING = {
    "ix_slots_draws_at": ("slots", "draws_at", "draws_at IS NOT NULL AND drawn_at IS NULL"),
    "ix_allotments_release_at": ("allotments", "release_at", "released_at IS NULL"),
}


def upgrade() -> None:
    op.create_table(
        "lottery_draws",
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("smaller_may_pass", sa.Boolean(), nullable=False),
        sa.Column("tickets", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("places >= 0", name=op.f("ck_lottery_draws_places")),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_lottery_draws_slot_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lottery_draws")),
        sa.UniqueConstraint("slot_id", name=op.f("uq_lottery_draws_slot_id")),
    )
    for name, (table, column, where) in _COMING.items():
        only = sa.text(where)
        op.create_index(name, table, [column], postgresql_where=only, sqlite_where=only)


def downgrade() -> None:
    for name, (table, _column, _where) in _COMING.items():
        op.drop_index(name, table_name=table)
    op.drop_table("lottery_draws")
