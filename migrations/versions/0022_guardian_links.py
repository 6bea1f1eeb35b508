"""How guardians are asked: links, codes to the school's number, paper."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guardian_links",
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("is_page", sa.Boolean(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("browser_hash", sa.String(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("is_page OR expires_at IS NOT NULL", name=op.f("ck_guardian_links_ends")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_guardian_links_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian_links")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_guardian_links_code_hash")),
    )
    op.create_index("ix_guardian_links_made_by_id", "guardian_links", ["made_by_id", "id"])
    op.create_table(
        "guardian_asks",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["guardian_links.id"], name=op.f("fk_guardian_asks_link_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_guardian_asks_person_id")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardians.id"], name=op.f("fk_guardian_asks_guardian_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian_asks")),
        sa.UniqueConstraint("link_id", "person_id", "scope", name="uq_guardian_asks_link_id"),
    )
    op.create_index("ix_guardian_asks_person_id", "guardian_asks", ["person_id"])
    op.create_table(
        "guardian_codes",
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardians.id"], name=op.f("fk_guardian_codes_guardian_id")),
        sa.ForeignKeyConstraint(["link_id"], ["guardian_links.id"], name=op.f("fk_guardian_codes_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian_codes")),
    )
    op.create_index("ix_guardian_codes_guardian_id", "guardian_codes", ["guardian_id"])
    op.create_table(
        "paper_answers",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("dropped_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id <> entered_by_id",
            name=op.f("ck_paper_answers_second_person"),
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name=op.f("ck_paper_answers_confirmed_by_somebody")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_paper_answers_person_id")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardians.id"], name=op.f("fk_paper_answers_guardian_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["users.id"], name=op.f("fk_paper_answers_entered_by_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["users.id"], name=op.f("fk_paper_answers_confirmed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_answers")),
    )
    op.create_index("ix_paper_answers_person_id", "paper_answers", ["person_id"])


def downgrade() -> None:
    for table in ("paper_answers", "guardian_codes", "guardian_asks", "guardian_links"):
        op.drop_table(table)
