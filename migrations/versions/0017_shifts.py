"""Rules of signing up, skills, risky and insured shifts, and shifts that change hands."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_SLOT_COLUMNS = {
    "skill_id": "INTEGER",
    "teaches_skill_id": "INTEGER",
    "is_risky": "BOOLEAN NOT NULL DEFAULT {false}",
    "insured_for": "{moment}",
    "insured_at": "{moment}",
    "insured_by_id": "INTEGER",
    "insurance_note": "VARCHAR NOT NULL DEFAULT ''",
    "allows_swaps": "BOOLEAN NOT NULL DEFAULT {true}",
}
_REFERENCES = {"skill_id": "skills", "teaches_skill_id": "skills", "insured_by_id": "users"}
_INSURED = "(insured_at IS NULL) = (insured_by_id IS NULL) AND (insured_at IS NULL) = (insured_for IS NULL)"
_SHIFT, _TEACHES = sa.text("form = 'shift'"), sa.text("teaches_skill_id IS NOT NULL")


def upgrade() -> None:
    _make_sign_up_rules()
    _make_skills()
    _add_to_slots()
    _make_shift_swaps()


def downgrade() -> None:
    op.drop_table("shift_swaps")
    op.drop_index("ix_slots_shifts", table_name="slots")
    op.drop_index("ix_slots_teaching", table_name="slots")
    with op.batch_alter_table("slots") as slots:
        slots.drop_constraint(op.f("ck_slots_insured"), type_="check")
        for column in _REFERENCES:
            slots.drop_constraint(op.f(f"fk_slots_{column}"), type_="foreignkey")
        for column in _SLOT_COLUMNS:
            slots.drop_column(column)
    for table in ("person_skills", "skills", "sign_up_rules"):
        op.drop_table(table)


def _add_to_slots() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    sqlite = {"moment": "DATETIME", "false": "0", "true": "1"}
    words = sqlite if is_sqlite else {"moment": "TIMESTAMPTZ", "false": "false", "true": "true"}
    for name, kind in _SLOT_COLUMNS.items():
        op.execute(f"ALTER TABLE slots ADD COLUMN {name} {kind.format(**words)}")
    with op.batch_alter_table("slots") as slots:
        slots.create_check_constraint(op.f("ck_slots_insured"), _INSURED)
        for column, table in _REFERENCES.items():
            slots.create_foreign_key(op.f(f"fk_slots_{column}"), table, [column], ["id"])
    op.create_index("ix_slots_shifts", "slots", ["starts_at", "id"], postgresql_where=_SHIFT, sqlite_where=_SHIFT)
    op.create_index(
        "ix_slots_teaching",
        "slots",
        ["teaches_skill_id", "starts_at"],
        postgresql_where=_TEACHES,
        sqlite_where=_TEACHES,
    )


def _make_sign_up_rules() -> None:
    op.create_table(
        "sign_up_rules",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in (
                "latest_hour",
                "hours_a_day",
                "travel_minutes",
                "youngest_volunteer",
                "missed_until_later",
                "later_hours",
                "missed_within_days",
            )
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("latest_hour BETWEEN 12 AND 24", name=op.f("ck_sign_up_rules_latest_hour")),
        sa.CheckConstraint("hours_a_day BETWEEN 1 AND 24", name=op.f("ck_sign_up_rules_hours_a_day")),
        sa.CheckConstraint("travel_minutes BETWEEN 0 AND 600", name=op.f("ck_sign_up_rules_travel_minutes")),
        sa.CheckConstraint("youngest_volunteer >= 10", name=op.f("ck_sign_up_rules_youngest_volunteer")),
        sa.CheckConstraint(
            "missed_until_later >= 0 AND later_hours >= 1 AND missed_within_days >= 1",
            name=op.f("ck_sign_up_rules_missed"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_sign_up_rules_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up_rules")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_sign_up_rules_organisation_id")),
    )


def _make_skills() -> None:
    op.create_table(
        "skills",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("retired_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_skills_made_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_skills_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skills")),
    )
    op.create_index(op.f("ix_skills_organisation_id"), "skills", ["organisation_id"])
    _unique_where("uq_skills_current", "skills", ["organisation_id", "name"], "retired_at IS NULL")
    op.create_table(
        "person_skills",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", Moment(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_person_skills_ended_by")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["users.id"], name=op.f("fk_person_skills_confirmed_by_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["users.id"], name=op.f("fk_person_skills_ended_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_skills_person_id")),
        sa.ForeignKeyConstraint(["skill_id"], ["skills.id"], name=op.f("fk_person_skills_skill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_skills")),
    )
    op.create_index(op.f("ix_person_skills_person_id"), "person_skills", ["person_id"])
    op.create_index(op.f("ix_person_skills_skill_id"), "person_skills", ["skill_id"])
    _unique_where("uq_person_skills_current", "person_skills", ["person_id", "skill_id"], "ended_at IS NULL")


def _make_shift_swaps() -> None:
    op.create_table(
        "shift_swaps",
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("is_for_all", sa.Boolean(), nullable=False),
        sa.Column("offered_at", Moment(), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", Moment(), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_registration_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_shift_swaps_taken_or_withdrawn")),
        sa.CheckConstraint(
            "(taken_at IS NULL) = (taken_by_id IS NULL) AND (taken_at IS NULL) = (taken_registration_id IS NULL)",
            name=op.f("ck_shift_swaps_taken_by_somebody"),
        ),
        sa.ForeignKeyConstraint(["offered_by_id"], ["users.id"], name=op.f("fk_shift_swaps_offered_by_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registrations.id"], name=op.f("fk_shift_swaps_registration_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_shift_swaps_slot_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["users.id"], name=op.f("fk_shift_swaps_taken_by_id")),
        sa.ForeignKeyConstraint(
            ["taken_registration_id"], ["registrations.id"], name=op.f("fk_shift_swaps_taken_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_swaps")),
        sa.UniqueConstraint("code", name=op.f("uq_shift_swaps_code")),
    )
    op.create_index("ix_shift_swaps_slot_id", "shift_swaps", ["slot_id", "id"])
    _unique_where(
        "uq_shift_swaps_open", "shift_swaps", ["registration_id"], "taken_at IS NULL AND withdrawn_at IS NULL"
    )


def _unique_where(name: str, table: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, unique=True, postgresql_where=only, sqlite_where=only)
