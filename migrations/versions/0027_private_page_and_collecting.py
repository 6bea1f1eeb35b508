"""Guardians' pages that are proven, photos of signed papers, who may fetch a child and who did."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0027"
down_revision = "0025"
branch_labels = None
depends_on = None

_OF_PAPERS = {
    "photo_type": "VARCHAR NOT NULL DEFAULT ''",
    "registration_id": "INTEGER CONSTRAINT fk_paper_answers_registration_id REFERENCES registrations (id)",
    "dropped_by_id": "INTEGER CONSTRAINT fk_paper_answers_dropped_by_id REFERENCES users (id) "
    "CONSTRAINT ck_paper_answers_dropped_by_somebody CHECK ((dropped_at IS NULL) = (dropped_by_id IS NULL))",
    "dropped_why": "VARCHAR NOT NULL DEFAULT ''",
}
_DROPPED = sa.text("dropped_at IS NOT NULL")
_WAITS = sa.text("confirmed_at IS NULL AND dropped_at IS NULL")


def upgrade() -> None:
    op.add_column("guardian_asks", sa.Column("opened_at", Moment(), nullable=True))
    op.add_column("paper_answers", sa.Column("photo", sa.LargeBinary(), nullable=True))
    for name, kind in _OF_PAPERS.items():
        op.execute(f"ALTER TABLE paper_answers ADD COLUMN {name} {kind}")
    op.create_index(
        "ix_paper_answers_waiting",
        "paper_answers",
        ["registration_id", "id"],
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    )
    op.create_index(
        "ix_paper_answers_dropped",
        "paper_answers",
        ["entered_by_id", "id"],
        sqlite_where=_DROPPED,
        postgresql_where=_DROPPED,
    )
    _make_collectors()
    _make_collections()


def downgrade() -> None:
    op.drop_table("collections")
    op.drop_table("collectors")
    op.drop_index("ix_paper_answers_dropped", table_name="paper_answers")
    op.drop_index("ix_paper_answers_waiting", table_name="paper_answers")
    for name in reversed(_OF_PAPERS):
        op.drop_column("paper_answers", name)
    op.drop_column("paper_answers", "photo")
    op.drop_column("guardian_asks", "opened_at")


def _make_collectors() -> None:
    op.create_table(
        "collectors",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone_end", sa.String(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('named', 'alone')", name=op.f("ck_collectors_kind")),
        sa.CheckConstraint("(kind = 'alone') = (name = '')", name=op.f("ck_collectors_named_has_a_name")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_collectors_person_id")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardians.id"], name=op.f("fk_collectors_guardian_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collectors")),
    )
    op.create_index(op.f("ix_collectors_person_id"), "collectors", ["person_id"])


def _make_collections() -> None:
    op.create_table(
        "collections",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(20), nullable=False),
        sa.Column("collector_id", sa.Integer(), nullable=True),
        sa.Column("collected_at", Moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("how IN ('guardian', 'named', 'alone')", name=op.f("ck_collections_how")),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)", name=op.f("ck_collections_undone_by_somebody")
        ),
        sa.ForeignKeyConstraint(["registration_id"], ["registrations.id"], name=op.f("fk_collections_registration_id")),
        sa.ForeignKeyConstraint(
            ["collector_id"], ["collectors.id"], name=op.f("fk_collections_collector_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_collections_by_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["users.id"], name=op.f("fk_collections_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collections")),
    )
    op.create_index(op.f("ix_collections_registration_id"), "collections", ["registration_id"])
    is_open = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_collections_open",
        "collections",
        ["registration_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
