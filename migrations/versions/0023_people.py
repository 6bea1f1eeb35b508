"""What people are asked besides, what has to be looked after (sealed), and two records that were one person."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_ADDED = {
    "gender": "VARCHAR(20) CONSTRAINT ck_people_gender CHECK (gender IN ('female', 'male'))",
    "kind": "VARCHAR(20) CONSTRAINT ck_people_kind CHECK (kind IN ('pupil', 'teacher', 'volunteer', 'staff'))",
    "student_no": "VARCHAR NOT NULL DEFAULT ''",
    "languages": "VARCHAR NOT NULL DEFAULT ''",
    "interests": "VARCHAR NOT NULL DEFAULT ''",
    "volunteer_no": "VARCHAR NOT NULL DEFAULT ''",
    "merged_into_id": "INTEGER CONSTRAINT fk_people_merged_into_id REFERENCES people (id)",
}
_IS_MERGED = sa.text("merged_into_id IS NOT NULL")


def upgrade() -> None:
    for name, kind in _ADDED.items():
        op.execute(f"ALTER TABLE people ADD COLUMN {name} {kind}")
    merged = {"postgresql_where": _IS_MERGED, "sqlite_where": _IS_MERGED}
    op.create_index("ix_people_merged_into_id", "people", ["merged_into_id"], **merged)
    op.create_table(
        "person_needs",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_needs_person_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["users.id"], name=op.f("fk_person_needs_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_needs")),
        sa.UniqueConstraint("person_id", name=op.f("uq_person_needs_person_id")),
    )
    op.create_index("ix_person_needs_written_at", "person_needs", ["written_at"])
    op.create_table(
        "former_codes",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_former_codes_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_former_codes_code")),
    )
    op.create_index(op.f("ix_former_codes_registration_id"), "former_codes", ["registration_id"])


def downgrade() -> None:
    op.drop_table("former_codes")
    op.drop_table("person_needs")
    op.drop_index("ix_people_merged_into_id", table_name="people")
    for name in reversed(_ADDED):
        op.drop_column("people", name)
