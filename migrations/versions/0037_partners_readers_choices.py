"""Links for partners, more than two sides in a pairing round, readers' scores, ranked choices."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_TABLES = (
    "partner_links",
    "readings",
    "reading_criteria",
    "reader_scores",
    "choice_rounds",
    "choice_programmes",
    "ranked_choices",
)


def upgrade() -> None:
    op.execute("ALTER TABLE pairing_rounds ADD COLUMN pool_sides VARCHAR NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE pairing_rounds ADD COLUMN side_ids JSON NOT NULL DEFAULT '[]'")
    _allow_sides("side BETWEEN 0 AND 99")
    _make_partner_links()
    _make_readings()
    _make_criteria()
    _make_scores()
    _make_choice_rounds()
    _make_choice_programmes()
    _make_ranked_choices()


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.execute("UPDATE pairing_members SET side = 1 WHERE side > 1")
    _allow_sides("side IN (0, 1)")
    op.drop_column("pairing_rounds", "side_ids")
    op.drop_column("pairing_rounds", "pool_sides")


def _allow_sides(rule: str) -> None:
    with op.batch_alter_table("pairing_members") as members:
        members.drop_constraint(op.f("ck_pairing_members_side"), type_="check")
        members.create_check_constraint(op.f("ck_pairing_members_side"), rule)


def _make_partner_links() -> None:
    op.create_table(
        "partner_links",
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_partner_links_closed_by_somebody")
        ),
        sa.CheckConstraint("ends_at > made_at", name=op.f("ck_partner_links_ends_later")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["users.id"], name=op.f("fk_partner_links_closed_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_partner_links_made_by_id")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["documents.id"], name=op.f("fk_partner_links_sheet_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["side_id"], ["sides.id"], name=op.f("fk_partner_links_side_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_links")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_partner_links_code_hash")),
    )
    op.create_index(op.f("ix_partner_links_side_id"), "partner_links", ["side_id"])
    op.create_index(op.f("ix_partner_links_sheet_id"), "partner_links", ["sheet_id"])


def _make_readings() -> None:
    op.create_table(
        "readings",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("third_id", sa.Integer(), nullable=True),
        sa.Column("tolerance", sa.Integer(), nullable=False),
        sa.Column("shows_school", sa.Boolean(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_id <> second_id", name=op.f("ck_readings_two_readers")),
        sa.CheckConstraint("third_id <> first_id AND third_id <> second_id", name=op.f("ck_readings_a_third_reader")),
        sa.CheckConstraint("tolerance BETWEEN 0 AND 100", name=op.f("ck_readings_tolerance")),
        sa.ForeignKeyConstraint(["first_id"], ["users.id"], name=op.f("fk_readings_first_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_readings_made_by_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_readings_programme_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["second_id"], ["users.id"], name=op.f("fk_readings_second_id")),
        sa.ForeignKeyConstraint(["third_id"], ["users.id"], name=op.f("fk_readings_third_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_readings_programme_id")),
    )
    for column in ("first_id", "second_id", "third_id"):
        op.create_index(op.f(f"ix_readings_{column}"), "readings", [column])


def _make_criteria() -> None:
    op.create_table(
        "reading_criteria",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 10", name=op.f("ck_reading_criteria_weight")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["readings.id"], name=op.f("fk_reading_criteria_reading_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_criteria")),
        sa.UniqueConstraint("reading_id", "position", name=op.f("uq_reading_criteria_reading_id")),
    )


def _make_scores() -> None:
    op.create_table(
        "reader_scores",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("total BETWEEN 0 AND 1000", name=op.f("ck_reader_scores_total")),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"], name=op.f("fk_reader_scores_application_id")),
        sa.ForeignKeyConstraint(["reader_id"], ["users.id"], name=op.f("fk_reader_scores_reader_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_reader_scores_reading_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_scores")),
        sa.UniqueConstraint("application_id", "reader_id", name=op.f("uq_reader_scores_application_id")),
    )
    op.create_index(op.f("ix_reader_scores_reading_id"), "reader_scores", ["reading_id", "application_id"])
    op.create_index(op.f("ix_reader_scores_reader_id"), "reader_scores", ["reader_id"])


def _make_choice_rounds() -> None:
    op.create_table(
        "choice_rounds",
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("closes_at", Moment(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)", name=op.f("ck_choice_rounds_decided_by_somebody")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_choice_rounds_decided_by_id")),
        sa.ForeignKeyConstraint(["host_id"], ["organisations.id"], name=op.f("fk_choice_rounds_host_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_choice_rounds_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_rounds")),
    )
    op.create_index(op.f("ix_choice_rounds_host_id"), "choice_rounds", ["host_id", "id"])


def _make_choice_programmes() -> None:
    op.create_table(
        "choice_programmes",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_choice_programmes_programme_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["choice_rounds.id"], name=op.f("fk_choice_programmes_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_programmes")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_choice_programmes_programme_id")),
    )
    op.create_index(op.f("ix_choice_programmes_round_id"), "choice_programmes", ["round_id"])


def _make_ranked_choices() -> None:
    op.create_table(
        "ranked_choices",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("rank BETWEEN 1 AND 3", name=op.f("ck_ranked_choices_rank")),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"], name=op.f("fk_ranked_choices_application_id")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["choice_rounds.id"], name=op.f("fk_ranked_choices_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranked_choices")),
        sa.UniqueConstraint("application_id", name=op.f("uq_ranked_choices_application_id")),
    )
    op.create_index(op.f("ix_ranked_choices_round_id"), "ranked_choices", ["round_id"])
