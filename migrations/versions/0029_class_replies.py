"""Answers by the class's link that wait for the teacher; people who are alike and two."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0029"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_class_replies()
    _make_not_doubles()


def downgrade() -> None:
    op.drop_table("not_doubles")
    op.drop_table("class_replies")


def _make_class_replies() -> None:
    op.create_table(
        "class_replies",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("child", sa.String(), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("relation", sa.String(20), nullable=False),
        sa.Column("takes_part", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "relation IN ('mother', 'father', 'guardian', 'carer')", name=op.f("ck_class_replies_relation")
        ),
        sa.ForeignKeyConstraint(["class_id"], ["school_classes.id"], name=op.f("fk_class_replies_class_id")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_class_replies_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_replies")),
    )
    op.create_index(op.f("ix_class_replies_class_id"), "class_replies", ["class_id", "event_id", "id"])
    op.create_index(op.f("ix_class_replies_event_id"), "class_replies", ["event_id"])


def _make_not_doubles() -> None:
    op.create_table(
        "not_doubles",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("said_at", Moment(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("person_id < other_id", name=op.f("ck_not_doubles_older_first")),
        sa.ForeignKeyConstraint(["other_id"], ["people.id"], name=op.f("fk_not_doubles_other_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_not_doubles_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["said_by_id"], ["users.id"], name=op.f("fk_not_doubles_said_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_doubles")),
        sa.UniqueConstraint("person_id", "other_id", name=op.f("uq_not_doubles_person_id")),
    )
    op.create_index(op.f("ix_not_doubles_other_id"), "not_doubles", ["other_id"])
