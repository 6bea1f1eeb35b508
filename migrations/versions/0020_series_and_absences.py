"""Slots set up together, class series, and who did not come."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_NAMES = {"fk": "fk_%(table_name)s_%(column_0_name)s"}  # of constraints that SQLite keeps no name of

_OF_SLOTS = {"batch_id": "slot_batches", "leads_id": "slots"}


def upgrade() -> None:
    _make_batches()
    for column in _OF_SLOTS:
        op.execute(f"ALTER TABLE slots ADD COLUMN {column} INTEGER")
    with op.batch_alter_table("slots") as slots:
        for column, table in _OF_SLOTS.items():
            slots.create_foreign_key(op.f(f"fk_slots_{column}"), table, [column], ["id"], ondelete="SET NULL")
    op.execute(
        "ALTER TABLE registrations ADD COLUMN series_of_id INTEGER "
        "CONSTRAINT fk_registrations_series_of_id REFERENCES registrations (id)"
    )
    for column in _OF_SLOTS:
        _index(f"ix_slots_{column}", "slots", [column], f"{column} IS NOT NULL")
    series = ["series_of_id", "slot_id"]
    _index("uq_registrations_series_of_id", "registrations", series, "series_of_id IS NOT NULL", unique=True)
    _make_absences()


def downgrade() -> None:
    op.drop_table("absences")
    op.drop_index("uq_registrations_series_of_id", table_name="registrations")
    with op.batch_alter_table("registrations", naming_convention=_NAMES) as registrations:
        registrations.drop_constraint("fk_registrations_series_of_id", type_="foreignkey")
        registrations.drop_column("series_of_id")
    for column in _OF_SLOTS:
        op.drop_index(f"ix_slots_{column}", table_name="slots")
    with op.batch_alter_table("slots") as slots:
        for column in _OF_SLOTS:
            slots.drop_constraint(op.f(f"fk_slots_{column}"), type_="foreignkey")
            slots.drop_column(column)
    op.drop_table("slot_batches")


def _index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, unique=unique, postgresql_where=only, sqlite_where=only)


def _make_batches() -> None:
    op.create_table(
        "slot_batches",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("is_series", sa.Boolean(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)", name=op.f("ck_slot_batches_undone_by_somebody")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_slot_batches_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_slot_batches_made_by_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["users.id"], name=op.f("fk_slot_batches_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_batches")),
        sa.UniqueConstraint("key", name=op.f("uq_slot_batches_key")),
    )
    op.create_index(op.f("ix_slot_batches_event_id"), "slot_batches", ["event_id"])


def _make_absences() -> None:
    op.create_table(
        "absences",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("missed_at", Moment(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("pleaded_at", Moment(), nullable=True),
        sa.Column("forgiven_at", Moment(), nullable=True),
        sa.Column("forgiven_by_id", sa.Integer(), nullable=True),
        sa.Column("forgiven_why", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('excused', 'unexcused')", name=op.f("ck_absences_kind")),
        sa.CheckConstraint("kind <> 'excused' OR reason <> ''", name=op.f("ck_absences_excused_with_a_reason")),
        sa.CheckConstraint("forgiven_at IS NULL OR kind = 'unexcused'", name=op.f("ck_absences_forgiven")),
        sa.CheckConstraint(
            "(forgiven_at IS NULL) = (forgiven_by_id IS NULL)", name=op.f("ck_absences_forgiven_by_somebody")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_absences_by_id")),
        sa.ForeignKeyConstraint(["forgiven_by_id"], ["users.id"], name=op.f("fk_absences_forgiven_by_id")),
        sa.ForeignKeyConstraint(["host_id"], ["organisations.id"], name=op.f("fk_absences_host_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_absences_person_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registrations.id"], name=op.f("fk_absences_registration_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_absences_registration_id")),
    )
    op.create_index("ix_absences_host_id", "absences", ["host_id", "id"])
    op.create_index("ix_absences_person_id", "absences", ["person_id", "missed_at"])
