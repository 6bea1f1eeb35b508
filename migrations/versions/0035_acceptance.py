"""Families answer about pairs: by which way, until when, what they said, and how to reach each other."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_ROUND_CHECKS = {"way": "way IN ('person', 'class')"}
_PAIR_CHECKS = {
    "state": "state IN ('proposed', 'formed', 'asked', 'objected', 'ended')",
    "shown_until": "(shown_at IS NULL) = (answer_by IS NULL)",
    "shown_before_formed": "formed_at IS NULL OR shown_at IS NOT NULL",
    "ended": "(ended_at IS NOT NULL) = (state = 'ended')",
}
_STRENGTHS = "strength IN ('roster_phone', 'called', 'paper', 'unverified')"
_PAIR_MOMENTS = ("shown_at", "answer_by", "formed_at", "ended_at")
_TABLES = ("pair_answers", "pair_contacts", "left_pairs")


def upgrade() -> None:
    op.add_column("pairing_rounds", sa.Column("way", sa.String(20), nullable=False, server_default="person"))
    op.add_column("pairing_rounds", sa.Column("answer_on", sa.Date(), nullable=True))
    op.add_column("pairs", sa.Column("state", sa.String(20), nullable=False, server_default="proposed"))
    for name in _PAIR_MOMENTS:
        op.add_column("pairs", sa.Column(name, Moment(), nullable=True))
    with op.batch_alter_table("pairing_rounds") as rounds:
        rounds.alter_column("way", existing_type=sa.String(20), existing_nullable=False, server_default=None)
        for name, rule in _ROUND_CHECKS.items():
            rounds.create_check_constraint(op.f(f"ck_pairing_rounds_{name}"), rule)
    with op.batch_alter_table("pairs") as pairs:
        pairs.alter_column("state", existing_type=sa.String(20), existing_nullable=False, server_default=None)
        for name, rule in _PAIR_CHECKS.items():
            pairs.create_check_constraint(op.f(f"ck_pairs_{name}"), rule)
    op.create_index("ix_pairs_round_id_state", "pairs", ["round_id", "state", "number"])
    op.create_index("ix_pairs_answer_by", "pairs", ["state", "answer_by", "id"])
    _make_answers()
    _make_contacts()
    _make_left()


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.drop_index("ix_pairs_answer_by", "pairs")
    op.drop_index("ix_pairs_round_id_state", "pairs")
    with op.batch_alter_table("pairs") as pairs:
        for name in _PAIR_CHECKS:
            pairs.drop_constraint(op.f(f"ck_pairs_{name}"), type_="check")
        for name in ("state", *_PAIR_MOMENTS):
            pairs.drop_column(name)
    with op.batch_alter_table("pairing_rounds") as rounds:
        for name in _ROUND_CHECKS:
            rounds.drop_constraint(op.f(f"ck_pairing_rounds_{name}"), type_="check")
        for name in ("way", "answer_on"):
            rounds.drop_column(name)


def _make_answers() -> None:
    op.create_table(
        "pair_answers",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("strength", sa.String(20), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("answer IN ('accepted', 'another', 'objected')", name=op.f("ck_pair_answers_answer")),
        sa.CheckConstraint(
            "strength <> 'called' OR by_id IS NOT NULL", name=op.f("ck_pair_answers_called_by_somebody")
        ),
        sa.CheckConstraint(_STRENGTHS, name=op.f("ck_pair_answers_strength")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_pair_answers_by_id")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardians.id"], name=op.f("fk_pair_answers_guardian_id")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["pairing_members.id"], name=op.f("fk_pair_answers_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pairs.id"], name=op.f("fk_pair_answers_pair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_answers")),
        sa.UniqueConstraint("pair_id", "member_id", "guardian_id", name="uq_pair_answers_guardian"),
    )
    op.create_index("ix_pair_answers_member_id", "pair_answers", ["member_id"])
    op.create_index("ix_pair_answers_guardian_id", "pair_answers", ["guardian_id"])
    own = sa.text("guardian_id IS NULL")
    op.create_index(
        "uq_pair_answers_youth",
        "pair_answers",
        ["pair_id", "member_id"],
        unique=True,
        postgresql_where=own,
        sqlite_where=own,
    )


def _make_contacts() -> None:
    op.create_table(
        "pair_contacts",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("strength", sa.String(20), nullable=False),
        sa.Column("agreed_at", Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(_STRENGTHS, name=op.f("ck_pair_contacts_strength")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardians.id"], name=op.f("fk_pair_contacts_guardian_id")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["pairing_members.id"], name=op.f("fk_pair_contacts_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_contacts")),
        sa.UniqueConstraint("member_id", name=op.f("uq_pair_contacts_member_id")),
    )
    op.create_index("ix_pair_contacts_guardian_id", "pair_contacts", ["guardian_id"])


def _make_left() -> None:
    op.create_table(
        "left_pairs",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("left_at", Moment(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["pairing_members.id"], name=op.f("fk_left_pairs_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pairs.id"], name=op.f("fk_left_pairs_pair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_left_pairs")),
        sa.UniqueConstraint("pair_id", "member_id", name="uq_left_pairs_pair_id"),
    )
    op.create_index(op.f("ix_left_pairs_member_id"), "left_pairs", ["member_id"])
