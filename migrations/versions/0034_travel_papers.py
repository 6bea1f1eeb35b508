"""Travel documents and who takes them out, what a leader needs in an emergency, lists of a trip that were printed."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_MARKS = ("needs_insurance", "needs_tickets", "needs_rooms")
_PROGRAMMES = sa.table("programmes", *(sa.column(name, sa.Boolean()) for name in ("needs_documents", *_MARKS)))
_TABLES = ("travel_documents", "document_readers", "trip_emergencies", "trip_prints")


def upgrade() -> None:
    _mark_programmes()
    _make_documents()
    _make_readers()
    _make_emergencies()
    _make_prints()


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.add_column("programmes", sa.Column("needs_documents", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(_PROGRAMMES.update().values(needs_documents=sa.or_(*(_PROGRAMMES.c[mark] for mark in _MARKS))))
    for mark in _MARKS:
        op.drop_column("programmes", mark)


def _mark_programmes() -> None:
    """Say of each programme what documents are for; before, one mark stood for all three."""
    for mark in _MARKS:
        op.add_column("programmes", sa.Column(mark, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(_PROGRAMMES.update().values(dict.fromkeys(_MARKS, _PROGRAMMES.c.needs_documents)))
    op.drop_column("programmes", "needs_documents")


def _make_documents() -> None:
    op.create_table(
        "travel_documents",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("adult_id", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(person_id IS NULL) <> (adult_id IS NULL)", name=op.f("ck_travel_documents_of_one")),
        sa.ForeignKeyConstraint(
            ["adult_id"], ["trip_adults.id"], name=op.f("fk_travel_documents_adult_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_travel_documents_person_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_travel_documents_programme_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["written_by_id"], ["users.id"], name=op.f("fk_travel_documents_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_documents")),
        sa.UniqueConstraint("adult_id", name=op.f("uq_travel_documents_adult_id")),
        sa.UniqueConstraint("programme_id", "person_id", name=op.f("uq_travel_documents_programme_id")),
    )
    op.create_index(op.f("ix_travel_documents_person_id"), "travel_documents", ["person_id"])


def _make_readers() -> None:
    op.create_table(
        "document_readers",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("named_at", Moment(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("place IN (1, 2)", name=op.f("ck_document_readers_at_most_two")),
        sa.ForeignKeyConstraint(["named_by_id"], ["users.id"], name=op.f("fk_document_readers_named_by_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_document_readers_programme_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_document_readers_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_readers")),
        sa.UniqueConstraint("programme_id", "place", name=op.f("uq_document_readers_place")),
        sa.UniqueConstraint("programme_id", "user_id", name=op.f("uq_document_readers_user_id")),
    )


def _make_emergencies() -> None:
    op.create_table(
        "trip_emergencies",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("on_duty", sa.String(), nullable=False),
        sa.Column("protection", sa.String(), nullable=False),
        sa.Column("hospital", sa.String(), nullable=False),
        sa.Column("insurance", sa.String(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["users.id"], name=op.f("fk_trip_emergencies_changed_by_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_trip_emergencies_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip_emergencies")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_trip_emergencies_programme_id")),
    )


def _make_prints() -> None:
    op.create_table(
        "trip_prints",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("printed_at", Moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('roster', 'insurance', 'rides', 'rooms', 'meals', 'emergency', 'badges')",
            name=op.f("ck_trip_prints_kind"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_trip_prints_by_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_trip_prints_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip_prints")),
    )
    op.create_index(op.f("ix_trip_prints_programme_id"), "trip_prints", ["programme_id", "kind", "id"])
