"""Who asked to take part in a programme, and what became of it."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_TABLES = ("applications",)


def upgrade() -> None:
    _make_applications()


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)


def _make_applications() -> None:
    op.create_table(
        "applications",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fourteen_on", sa.Date(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("applied_at", Moment(), nullable=False),
        sa.Column("applied_by_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("class_name", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("endorsed_at", Moment(), nullable=True),
        sa.Column("endorsed_by_id", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(20), nullable=True),
        sa.Column("reason_words", sa.String(), nullable=False),
        sa.Column("confirm_by", Moment(), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("consent_id", sa.Integer(), nullable=True),
        sa.Column("consent_scope", sa.String(), nullable=True),
        sa.Column("consent_proven", sa.Boolean(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('accepted', 'held')) = (confirm_by IS NOT NULL)",
            name=op.f("ck_applications_answer_by_a_moment"),
        ),
        sa.CheckConstraint(
            "(state IN ('refused', 'declined', 'lapsed', 'cancelled')) = (ended_at IS NOT NULL)",
            name=op.f("ck_applications_ended_at"),
        ),
        sa.CheckConstraint(
            "(endorsed_at IS NULL) = (endorsed_by_id IS NULL)", name=op.f("ck_applications_endorsed_by_somebody")
        ),
        sa.CheckConstraint(
            "state <> 'confirmed' OR fourteen_on <= applied_on OR (consent_id IS NOT NULL AND consent_proven)",
            name=op.f("ck_applications_no_child_without_consent"),
        ),
        sa.CheckConstraint(
            "reason IN ('places', 'age', 'rules', 'incomplete', 'turn', 'other')", name=op.f("ck_applications_reason")
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR reason IS NOT NULL", name=op.f("ck_applications_refused_with_a_reason")
        ),
        sa.CheckConstraint("(state = 'reserve') = (rank IS NOT NULL)", name=op.f("ck_applications_reserve_has_a_rank")),
        sa.CheckConstraint("source IN ('school', 'family', 'host')", name=op.f("ck_applications_source")),
        sa.CheckConstraint(
            "state IN ('applied', 'reserve', 'accepted', 'held', 'confirmed', 'refused', 'declined', 'lapsed',"
            " 'cancelled')",
            name=op.f("ck_applications_state"),
        ),
        sa.CheckConstraint(
            "(consent_id IS NULL) = (consent_scope IS NULL) AND (consent_id IS NULL) = (consent_proven IS NULL)",
            name=op.f("ck_applications_whole_consent"),
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("fk_applications_answered_by_id")),
        sa.ForeignKeyConstraint(["applied_by_id"], ["users.id"], name=op.f("fk_applications_applied_by_id")),
        sa.ForeignKeyConstraint(
            ["consent_id", "person_id", "consent_scope", "consent_proven"],
            [
                "consents_in_force.id",
                "consents_in_force.person_id",
                "consents_in_force.scope",
                "consents_in_force.is_proven",
            ],
            name=op.f("fk_applications_consent"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_applications_decided_by_id")),
        sa.ForeignKeyConstraint(["endorsed_by_id"], ["users.id"], name=op.f("fk_applications_endorsed_by_id")),
        sa.ForeignKeyConstraint(
            ["person_id", "fourteen_on"],
            ["people.id", "people.fourteen_on"],
            name=op.f("fk_applications_person"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("fk_applications_programme_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisations.id"], name=op.f("fk_applications_school_id")),
        sa.ForeignKeyConstraint(
            ["side_id", "programme_id"], ["sides.id", "sides.programme_id"], name=op.f("fk_applications_side")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
    )
    where = sa.text("state IN ('accepted', 'held')")
    op.create_index(
        "ix_applications_confirm_by", "applications", ["confirm_by"], sqlite_where=where, postgresql_where=where
    )
    where = sa.text("consent_id IS NOT NULL")
    op.create_index(
        "ix_applications_consent_id", "applications", ["consent_id"], sqlite_where=where, postgresql_where=where
    )
    op.create_index(op.f("ix_applications_person_id"), "applications", ["person_id", "id"])
    op.create_index(op.f("ix_applications_programme_id"), "applications", ["programme_id", "id"])
    op.create_index(op.f("ix_applications_school_id"), "applications", ["school_id", "programme_id", "id"])
    op.create_index(op.f("ix_applications_side_id"), "applications", ["side_id", "state", "id"])
    where = sa.text("state IN ('applied', 'reserve', 'accepted', 'held', 'confirmed')")
    op.create_index(
        "uq_applications_open",
        "applications",
        ["programme_id", "person_id"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
    where = sa.text("rank IS NOT NULL")
    op.create_index(
        "uq_applications_rank",
        "applications",
        ["side_id", "rank"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
