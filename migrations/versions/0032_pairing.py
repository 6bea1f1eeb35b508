"""Pairing rounds, who takes part in them, and the pairs."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_TABLES = ("pairing_rounds", "pairs", "pairing_members", "pairing_bonds", "pairing_wishes")


def upgrade() -> None:
    _make_rounds()
    _make_pairs()
    _make_members()
    _make_bonds()
    _make_wishes()


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)


def _make_rounds() -> None:
    op.create_table(
        "pairing_rounds",
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("shape", sa.String(20), nullable=False),
        sa.Column("first_side", sa.String(), nullable=False),
        sa.Column("second_side", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("paired_at", Moment(), nullable=True),
        sa.Column("checked_at", Moment(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "published_at IS NULL OR checked_at IS NOT NULL", name=op.f("ck_pairing_rounds_checked_before_published")
        ),
        sa.CheckConstraint("checked_by_id <> changed_by_id", name=op.f("ck_pairing_rounds_checked_by_a_second_person")),
        sa.CheckConstraint(
            "(checked_at IS NULL) = (checked_by_id IS NULL)", name=op.f("ck_pairing_rounds_checked_by_somebody")
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by_id IS NULL)", name=op.f("ck_pairing_rounds_published_by_somebody")
        ),
        sa.CheckConstraint(
            "shape IN ('one_to_one', 'one_to_many', 'pool', 'groups')", name=op.f("ck_pairing_rounds_shape")
        ),
        sa.ForeignKeyConstraint(["changed_by_id"], ["users.id"], name=op.f("fk_pairing_rounds_changed_by_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["users.id"], name=op.f("fk_pairing_rounds_checked_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_pairing_rounds_created_by_id")),
        sa.ForeignKeyConstraint(["host_id"], ["organisations.id"], name=op.f("fk_pairing_rounds_host_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("fk_pairing_rounds_programme_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["users.id"], name=op.f("fk_pairing_rounds_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_rounds")),
    )
    op.create_index(op.f("ix_pairing_rounds_host_id"), "pairing_rounds", ["host_id", "created_at", "id"])
    op.create_index(op.f("ix_pairing_rounds_programme_id"), "pairing_rounds", ["programme_id"])


def _make_pairs() -> None:
    op.create_table(
        "pairs",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("locked_at", Moment(), nullable=True),
        sa.Column("locked_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(locked_at IS NULL) = (locked_by_id IS NULL)", name=op.f("ck_pairs_locked_by_somebody")),
        sa.ForeignKeyConstraint(["locked_by_id"], ["users.id"], name=op.f("fk_pairs_locked_by_id")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["pairing_rounds.id"], name=op.f("fk_pairs_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairs")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_pairs_round_id")),
    )


def _make_members() -> None:
    op.create_table(
        "pairing_members",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Integer(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("class_name", sa.String(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("left_why", sa.JSON(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("grade BETWEEN 1 AND 12", name=op.f("ck_pairing_members_grade")),
        sa.CheckConstraint("pair_id IS NULL OR left_why IS NULL", name=op.f("ck_pairing_members_paired_or_left")),
        sa.CheckConstraint("side IN (0, 1)", name=op.f("ck_pairing_members_side")),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name=op.f("fk_pairing_members_pair_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_pairing_members_person_id")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["pairing_rounds.id"], name=op.f("fk_pairing_members_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_members")),
        sa.UniqueConstraint("round_id", "person_id", name=op.f("uq_pairing_members_round_id")),
    )
    op.create_index(op.f("ix_pairing_members_pair_id"), "pairing_members", ["pair_id"])
    op.create_index(op.f("ix_pairing_members_person_id"), "pairing_members", ["person_id"])
    op.create_index(op.f("ix_pairing_members_round_id_pair_id"), "pairing_members", ["round_id", "pair_id", "id"])
    op.create_index(op.f("ix_pairing_members_round_id_side"), "pairing_members", ["round_id", "side", "id"])


def _make_bonds() -> None:
    op.create_table(
        "pairing_bonds",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("is_together", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_pairing_bonds_in_order")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["pairing_members.id"], name=op.f("fk_pairing_bonds_first_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["pairing_rounds.id"], name=op.f("fk_pairing_bonds_round_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["pairing_members.id"], name=op.f("fk_pairing_bonds_second_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_bonds")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_pairing_bonds_first_id")),
    )
    op.create_index(op.f("ix_pairing_bonds_round_id"), "pairing_bonds", ["round_id"])
    op.create_index(op.f("ix_pairing_bonds_second_id"), "pairing_bonds", ["second_id"])


def _make_wishes() -> None:
    op.create_table(
        "pairing_wishes",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("wished_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("member_id <> wished_id", name=op.f("ck_pairing_wishes_another")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["pairing_members.id"], name=op.f("fk_pairing_wishes_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["pairing_rounds.id"], name=op.f("fk_pairing_wishes_round_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["wished_id"], ["pairing_members.id"], name=op.f("fk_pairing_wishes_wished_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_wishes")),
        sa.UniqueConstraint("member_id", "wished_id", name=op.f("uq_pairing_wishes_member_id")),
    )
    op.create_index(op.f("ix_pairing_wishes_round_id"), "pairing_wishes", ["round_id"])
    op.create_index(op.f("ix_pairing_wishes_wished_id"), "pairing_wishes", ["wished_id"])
