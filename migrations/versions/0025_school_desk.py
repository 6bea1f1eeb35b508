"""The school's desk: rosters, claim slips, what a class is asked, years that went by, transfers."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_TABLES = (
    "transfers",
    "roll_overs",
    "class_reminders",
    "claim_slips",
    "roster_items",
    "roster_imports",
)


def upgrade() -> None:
    _make_roster_imports()
    _make_roster_items()
    _make_claim_slips()
    _make_class_reminders()
    _make_roll_overs()
    _make_transfers()


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)


def _make_roster_imports() -> None:
    op.create_table(
        "roster_imports",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)", name=op.f("ck_roster_imports_undone_by_somebody")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_roster_imports_by_id")),
        sa.ForeignKeyConstraint(["class_id"], ["school_classes.id"], name=op.f("fk_roster_imports_class_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["users.id"], name=op.f("fk_roster_imports_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_imports")),
        sa.UniqueConstraint("key", name=op.f("uq_roster_imports_key")),
    )
    op.create_index(op.f("ix_roster_imports_class_id"), "roster_imports", ["class_id"])


def _make_roster_items() -> None:
    op.create_table(
        "roster_items",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("effect", sa.String(20), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("effect IN ('new', 'changed')", name=op.f("ck_roster_items_effect")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roster_imports.id"], name=op.f("fk_roster_items_import_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_roster_items_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_items")),
        sa.UniqueConstraint("import_id", "person_id", name=op.f("uq_roster_items_import_id")),
    )
    op.create_index(op.f("ix_roster_items_person_id"), "roster_items", ["person_id"])


def _make_claim_slips() -> None:
    op.create_table(
        "claim_slips",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("used_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("used_at IS NULL OR voided_at IS NULL", name=op.f("ck_claim_slips_one_end")),
        sa.CheckConstraint("(used_at IS NULL) = (used_by_id IS NULL)", name=op.f("ck_claim_slips_used_by_somebody")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_claim_slips_made_by_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_claim_slips_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["organisations.id"], name=op.f("fk_claim_slips_school_id")),
        sa.ForeignKeyConstraint(["used_by_id"], ["users.id"], name=op.f("fk_claim_slips_used_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_slips")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_claim_slips_code_hash")),
    )
    open_ones = sa.text("used_at IS NULL AND voided_at IS NULL")
    op.create_index(
        "uq_claim_slips_open",
        "claim_slips",
        ["person_id"],
        unique=True,
        sqlite_where=open_ones,
        postgresql_where=open_ones,
    )


def _make_class_reminders() -> None:
    op.create_table(
        "class_reminders",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number IN (1, 2)", name=op.f("ck_class_reminders_twice_at_most")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_class_reminders_by_id")),
        sa.ForeignKeyConstraint(["class_id"], ["school_classes.id"], name=op.f("fk_class_reminders_class_id")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_class_reminders_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_reminders")),
        sa.UniqueConstraint("class_id", "event_id", "number", name=op.f("uq_class_reminders_class_id")),
    )
    op.create_index(op.f("ix_class_reminders_event_id"), "class_reminders", ["event_id"])


def _make_roll_overs() -> None:
    op.create_table(
        "roll_overs",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)", name=op.f("ck_roll_overs_undone_by_somebody")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_roll_overs_by_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisations.id"], name=op.f("fk_roll_overs_school_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["users.id"], name=op.f("fk_roll_overs_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_overs")),
        sa.UniqueConstraint("key", name=op.f("uq_roll_overs_key")),
    )
    op.create_index(op.f("ix_roll_overs_school_id"), "roll_overs", ["school_id", "id"])


def _make_transfers() -> None:
    op.create_table(
        "transfers",
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("from_school_id", sa.Integer(), nullable=False),
        sa.Column("to_school_id", sa.Integer(), nullable=False),
        sa.Column("class_name", sa.String(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(20), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("answer IN ('confirmed', 'refused', 'withdrawn')", name=op.f("ck_transfers_answer")),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_transfers_answered_at")),
        sa.CheckConstraint("from_school_id <> to_school_id", name=op.f("ck_transfers_two_schools")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("fk_transfers_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_transfers_asked_by_id")),
        sa.ForeignKeyConstraint(["from_school_id"], ["organisations.id"], name=op.f("fk_transfers_from_school_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_transfers_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_school_id"], ["organisations.id"], name=op.f("fk_transfers_to_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
    )
    op.create_index(op.f("ix_transfers_from_school_id"), "transfers", ["from_school_id", "id"])
    op.create_index(op.f("ix_transfers_person_id"), "transfers", ["person_id"])
    op.create_index(op.f("ix_transfers_to_school_id"), "transfers", ["to_school_id", "id"])
    open_ones = sa.text("answered_at IS NULL")
    op.create_index(
        "uq_transfers_open",
        "transfers",
        ["to_school_id", "name", "born_on"],
        unique=True,
        sqlite_where=open_ones,
        postgresql_where=open_ones,
    )
