"""Each of a family reads for oneself; guardians sign by hand, write what a child needs, and ask for what is wrong."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_WAITS = sa.text("decided_at IS NULL")


def upgrade() -> None:
    op.add_column("consent_signers", sa.Column("drawn", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("person_needs") as needs:
        needs.alter_column("written_by_id", existing_type=sa.Integer(), nullable=True)
    _make_unopened()
    _make_corrections()


def downgrade() -> None:
    op.drop_table("data_corrections")
    op.drop_table("unopened_messages")
    op.execute("DELETE FROM person_needs WHERE written_by_id IS NULL")
    with op.batch_alter_table("person_needs") as needs:
        needs.alter_column("written_by_id", existing_type=sa.Integer(), nullable=False)
    op.drop_column("consent_signers", "drawn")


def _make_unopened() -> None:
    op.create_table(
        "unopened_messages",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_unopened_messages_message_id_messages"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_unopened_messages_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unopened_messages")),
        sa.UniqueConstraint("user_id", "message_id", name="uq_unopened_messages_user_id"),
    )
    op.create_index(op.f("ix_unopened_messages_message_id"), "unopened_messages", ["message_id"])


def _make_corrections() -> None:
    op.create_table(
        "data_corrections",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("is_done", sa.Boolean(), nullable=True),
        sa.Column("refused_why", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(decided_at IS NULL) = (is_done IS NULL)", name=op.f("ck_data_corrections_decided")),
        sa.CheckConstraint(
            "is_done IS NULL OR is_done OR refused_why <> ''", name=op.f("ck_data_corrections_refused_with_a_reason")
        ),
        sa.CheckConstraint(
            "name <> '' OR born_on IS NOT NULL OR words <> ''", name=op.f("ck_data_corrections_says_something")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_data_corrections_person_id_people")),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardians.id"], name=op.f("fk_data_corrections_guardian_id_guardians")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_data_corrections_decided_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_corrections")),
    )
    op.create_index("ix_data_corrections_person_id", "data_corrections", ["person_id", "id"])
    op.create_index(
        "ix_data_corrections_waiting",
        "data_corrections",
        ["person_id"],
        postgresql_where=_WAITS,
        sqlite_where=_WAITS,
    )
