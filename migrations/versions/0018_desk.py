"""The organiser's desk: acts on many at once, substitutes, notes, and what was printed."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_NAMES = {"fk": "fk_%(table_name)s_%(column_0_name)s"}  # of constraints that SQLite keeps no name of


def upgrade() -> None:
    op.execute(
        "ALTER TABLE registrations ADD COLUMN substitute_for_id INTEGER "
        "CONSTRAINT fk_registrations_substitute_for_id REFERENCES registrations (id)"
    )
    known = sa.text("substitute_for_id IS NOT NULL")
    op.create_index(
        "ix_registrations_substitute_for_id",
        "registrations",
        ["substitute_for_id"],
        sqlite_where=known,
        postgresql_where=known,
    )
    _make_acts()
    _make_comments()
    _make_prints()


def downgrade() -> None:
    told = "SELECT id FROM messages WHERE kind IN ('refused', 'place_cancelled', 'put_right')"
    op.execute(f"DELETE FROM deliveries WHERE message_id IN ({told})")  # noqa: S608 - constants
    op.execute(f"DELETE FROM messages WHERE id IN ({told})")  # noqa: S608 - constants
    for table in ("list_prints", "registration_comments", "bulk_act_items", "bulk_acts"):
        op.drop_table(table)
    op.drop_index("ix_registrations_substitute_for_id", table_name="registrations")
    with op.batch_alter_table("registrations", naming_convention=_NAMES) as registrations:
        registrations.drop_constraint("fk_registrations_substitute_for_id", type_="foreignkey")
        registrations.drop_column("substitute_for_id")


def _make_acts() -> None:
    op.create_table(
        "bulk_acts",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "verb IN ('approved', 'refused', 'moved', 'cancelled', 'admitted')", name=op.f("ck_bulk_acts_verb")
        ),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)", name=op.f("ck_bulk_acts_undone_by_somebody")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_bulk_acts_by_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_bulk_acts_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["undone_by_id"], ["users.id"], name=op.f("fk_bulk_acts_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_acts")),
        sa.UniqueConstraint("key", name=op.f("uq_bulk_acts_key")),
    )
    op.create_index("ix_bulk_acts_event_id", "bulk_acts", ["event_id", "id"])
    op.create_table(
        "bulk_act_items",
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act_id"], ["bulk_acts.id"], name=op.f("fk_bulk_act_items_act_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_bulk_act_items_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_act_items")),
        sa.UniqueConstraint("act_id", "registration_id", name=op.f("uq_bulk_act_items_act_id")),
    )
    op.create_index(op.f("ix_bulk_act_items_registration_id"), "bulk_act_items", ["registration_id"])


def _make_comments() -> None:
    op.create_table(
        "registration_comments",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("deleted_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(words) BETWEEN 1 AND 500", name=op.f("ck_registration_comments_words")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_registration_comments_by_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_registration_comments_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_comments")),
    )
    op.create_index("ix_registration_comments_registration_id", "registration_comments", ["registration_id", "id"])


def _make_prints() -> None:
    op.create_table(
        "list_prints",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("printed_at", Moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_list_prints_by_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_list_prints_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_list_prints_slot_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_prints")),
    )
    op.create_index("ix_list_prints_event_id", "list_prints", ["event_id", "id"])
