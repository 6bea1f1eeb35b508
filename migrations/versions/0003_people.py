"""People, for whom accounts act, and their schools."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_pinyin", sa.String(), nullable=False),
        sa.Column("name_initials", sa.String(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("fourteen_on", sa.Date(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("fourteen_on > born_on", name=op.f("ck_people_fourteen_after_birth")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("id", "fourteen_on", name="uq_people_id_fourteen_on"),
    )
    op.create_index(op.f("ix_people_name"), "people", ["name"], unique=False)
    op.create_index(op.f("ix_people_name_initials"), "people", ["name_initials"], unique=False)
    op.create_index("ix_people_name_pinyin_id", "people", ["name_pinyin", "id"], unique=False)
    op.create_index(op.f("ix_people_phone"), "people", ["phone"], unique=False)
    op.create_table(
        "acts_for",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(20), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("relation IN ('self', 'child')", name=op.f("ck_acts_for_relation")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_acts_for_person_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_acts_for_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts_for")),
        sa.UniqueConstraint("user_id", "person_id", name="uq_acts_for_user_id"),
    )
    op.create_index(op.f("ix_acts_for_person_id"), "acts_for", ["person_id"], unique=False)
    op.create_index(
        "uq_acts_for_oneself",
        "acts_for",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("relation = 'self'"),
        sqlite_where=sa.text("relation = 'self'"),
    )
    op.create_table(
        "enrolments",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("class_name", sa.String(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("refused_at", Moment(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("confirmed_at IS NULL OR refused_at IS NULL", name=op.f("ck_enrolments_one_answer")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("fk_enrolments_answered_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_enrolments_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisations.id"], name=op.f("fk_enrolments_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
    )
    op.create_index("ix_enrolments_school_id_person_id", "enrolments", ["school_id", "person_id"], unique=False)
    op.create_index(
        "uq_enrolments_current",
        "enrolments",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_enrolments_current",
        table_name="enrolments",
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index("ix_enrolments_school_id_person_id", table_name="enrolments")
    op.drop_table("enrolments")
    op.drop_index(
        "uq_acts_for_oneself",
        table_name="acts_for",
        postgresql_where=sa.text("relation = 'self'"),
        sqlite_where=sa.text("relation = 'self'"),
    )
    op.drop_index(op.f("ix_acts_for_person_id"), table_name="acts_for")
    op.drop_table("acts_for")
    op.drop_index(op.f("ix_people_phone"), table_name="people")
    op.drop_index("ix_people_name_pinyin_id", table_name="people")
    op.drop_index(op.f("ix_people_name_initials"), table_name="people")
    op.drop_index(op.f("ix_people_name"), table_name="people")
    op.drop_table("people")
