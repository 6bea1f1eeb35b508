"""Guardians, the letter to parents, consent, and the places that lean on it."""

import sqlalchemy as sa
from alembic import op

from app.core.append_only import guard
from app.core.db import Moment

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_STRENGTHS = "strength IN ('roster_phone', 'called', 'paper', 'unverified')"
_ONCE = "state <> 'confirmed' OR fourteen_on <= registered_on"
_CHECKS = {
    "no_child_without_consent": f"{_ONCE} OR (consent_id IS NOT NULL AND consent_proven)",
    "whole_consent": "(consent_id IS NULL) = (consent_scope IS NULL) "
    "AND (consent_id IS NULL) = (consent_proven IS NULL)",
}
_LEANING = ("consent_id", "person_id", "consent_scope", "consent_proven")
_LEANED_ON = ("id", "person_id", "scope", "is_proven")
_TABLES = ("consents_in_force", "consent_signers", "consents", "notices", "guardian_contacts", "guardians")


def upgrade() -> None:
    _make_guardians()
    _make_notices()
    _make_evidence()
    _make_in_force()
    op.execute("ALTER TABLE slots ADD COLUMN consent_term VARCHAR")
    no, yes = ("0", "1") if op.get_bind().dialect.name == "sqlite" else ("false", "true")
    op.execute(f"ALTER TABLE events ADD COLUMN leaves_county BOOLEAN NOT NULL DEFAULT {no}")
    op.execute(f"ALTER TABLE sign_up_rules ADD COLUMN asks_guardians BOOLEAN NOT NULL DEFAULT {yes}")
    for column, kind in (("consent_id", "INTEGER"), ("consent_scope", "VARCHAR"), ("consent_proven", "BOOLEAN")):
        op.execute(f"ALTER TABLE registrations ADD COLUMN {column} {kind}")
    with op.batch_alter_table("registrations") as registrations:
        registrations.drop_constraint(op.f("ck_registrations_no_child_without_consent"), type_="check")
        for name, rule in _CHECKS.items():
            registrations.create_check_constraint(op.f(f"ck_registrations_{name}"), rule)
        registrations.create_foreign_key(
            "fk_registrations_consent", "consents_in_force", list(_LEANING), list(_LEANED_ON), onupdate="CASCADE"
        )
    known = sa.text("consent_id IS NOT NULL")
    op.create_index(
        "ix_registrations_consent_id",
        "registrations",
        ["consent_id"],
        postgresql_where=known,
        sqlite_where=known,
    )


def downgrade() -> None:
    op.execute(  # nobody knows of consent any more: a child's place is held, as before
        "UPDATE registrations SET state = 'held', consent_id = NULL, consent_scope = NULL, consent_proven = NULL "
        "WHERE state = 'confirmed' AND fourteen_on > registered_on"
    )
    op.drop_index("ix_registrations_consent_id", table_name="registrations")
    with op.batch_alter_table("registrations") as registrations:
        registrations.drop_constraint("fk_registrations_consent", type_="foreignkey")
        for name in _CHECKS:
            registrations.drop_constraint(op.f(f"ck_registrations_{name}"), type_="check")
        for column in ("consent_id", "consent_scope", "consent_proven"):
            registrations.drop_column(column)
        registrations.create_check_constraint(op.f("ck_registrations_no_child_without_consent"), _ONCE)
    op.drop_column("sign_up_rules", "asks_guardians")
    op.drop_column("events", "leaves_county")
    op.drop_column("slots", "consent_term")
    for table in _TABLES:
        op.drop_table(table)


def _make_guardians() -> None:
    op.create_table(
        "guardians",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(20), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("relation IN ('mother', 'father', 'guardian', 'carer')", name=op.f("ck_guardians_relation")),
        sa.CheckConstraint(
            "(source = 'roster') = (school_id IS NOT NULL)", name=op.f("ck_guardians_roster_of_a_school")
        ),
        sa.CheckConstraint(
            "(source = 'account') = (user_id IS NOT NULL)", name=op.f("ck_guardians_account_of_somebody")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_guardians_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisations.id"], name=op.f("fk_guardians_school_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_guardians_user_id")),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_guardians_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardians")),
    )
    op.create_index("ix_guardians_person_id", "guardians", ["person_id"])
    own = sa.text("user_id IS NOT NULL AND removed_at IS NULL")
    op.create_index(
        "uq_guardians_account",
        "guardians",
        ["person_id", "user_id"],
        unique=True,
        postgresql_where=own,
        sqlite_where=own,
    )
    op.create_table(
        "guardian_contacts",
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardians.id"], name=op.f("fk_guardian_contacts_guardian_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian_contacts")),
        sa.UniqueConstraint("guardian_id", name=op.f("uq_guardian_contacts_guardian_id")),
    )
    op.create_index("ix_guardian_contacts_phone", "guardian_contacts", ["phone"])


def _make_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_zh", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", Moment(), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(reviewed_at IS NULL) = (reviewed_by_id IS NULL)", name=op.f("ck_notices_reviewed_by_somebody")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_notices_organisation_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_notices_made_by_id")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["users.id"], name=op.f("fk_notices_reviewed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("organisation_id", "version", name="uq_notices_organisation_id"),
    )


def _make_evidence() -> None:
    op.create_table(
        "consents",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.Column("strength", sa.String(20), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("notice_hash", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("proven_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('taking_part', 'health', 'photos', 'sharing', 'pairing')", name=op.f("ck_consents_purpose")
        ),
        sa.CheckConstraint("answer IN ('yes', 'no', 'withdrawn')", name=op.f("ck_consents_answer")),
        sa.CheckConstraint(_STRENGTHS, name=op.f("ck_consents_strength")),
        sa.CheckConstraint(
            "strength NOT IN ('called', 'paper') OR (by_id IS NOT NULL AND proven_at IS NOT NULL)",
            name=op.f("ck_consents_proven_by_somebody"),
        ),
        sa.CheckConstraint(
            "strength <> 'paper' OR (entered_by_id IS NOT NULL AND entered_by_id <> by_id)",
            name=op.f("ck_consents_paper_second_person"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_person_id")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardians.id"], name=op.f("fk_consents_guardian_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_consents_notice_id")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_consents_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["users.id"], name=op.f("fk_consents_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_person_id_scope", "consents", ["person_id", "scope", "id"])
    op.create_index("ix_consents_sheet", "consents", ["sheet"])
    op.create_table(
        "consent_signers",
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("browser_hash", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_signers")),
        sa.UniqueConstraint("sheet", name=op.f("uq_consent_signers_sheet")),
    )
    guard("consents")


def _make_in_force() -> None:
    op.create_table(
        "consents_in_force",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("strength", sa.String(20), nullable=False),
        sa.Column("is_proven", sa.Boolean(), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(_STRENGTHS, name=op.f("ck_consents_in_force_strength")),
        sa.CheckConstraint(
            "is_proven = (strength <> 'unverified')", name=op.f("ck_consents_in_force_proven_by_its_strength")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_in_force_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents_in_force")),
        sa.UniqueConstraint("id", "person_id", "scope", "is_proven", name="uq_consents_in_force_id"),
        sa.UniqueConstraint("person_id", "scope", name="uq_consents_in_force_person_id"),
    )
