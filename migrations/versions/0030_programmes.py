"""Programmes, their sides, agreements, documents; events may belong to a programme."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment
from app.core.search_keys import Key

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_TABLES = (
    "agreements",
    "promises",
    "programmes",
    "itinerary_items",
    "sides",
    "quotas",
    "documents",
)


def upgrade() -> None:
    _make_agreements()
    _make_promises()
    _make_programmes()
    _make_itinerary_items()
    _make_sides()
    _make_quotas()
    _make_documents()
    op.execute(
        "ALTER TABLE events ADD COLUMN programme_id INTEGER "
        "CONSTRAINT fk_events_programme_id REFERENCES programmes (id)"
    )
    op.create_index(op.f("ix_events_programme_id"), "events", ["programme_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_events_programme_id"), table_name="events")
    op.drop_column("events", "programme_id")
    for table in reversed(_TABLES):
        op.drop_table(table)


def _make_agreements() -> None:
    op.create_table(
        "agreements",
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("partner_name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("reminded_at", Moment(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_agreements_ends_after_start")),
        sa.CheckConstraint("partner_id IS NULL OR partner_id <> host_id", name=op.f("ck_agreements_two_parties")),
        sa.CheckConstraint("(partner_id IS NULL) = (partner_name <> '')", name=op.f("ck_agreements_unit_or_name")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_agreements_created_by_id")),
        sa.ForeignKeyConstraint(["host_id"], ["organisations.id"], name=op.f("fk_agreements_host_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["organisations.id"], name=op.f("fk_agreements_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
    )
    op.create_index(op.f("ix_agreements_ends_on"), "agreements", ["ends_on", "id"])
    op.create_index(op.f("ix_agreements_host_id"), "agreements", ["host_id", "ends_on", "id"])
    op.create_index(op.f("ix_agreements_partner_id"), "agreements", ["partner_id"])


def _make_promises() -> None:
    op.create_table(
        "promises",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("measure", sa.String(20), nullable=False),
        sa.Column("per_year", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(20), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(measure = 'words') = (per_year IS NULL)", name=op.f("ck_promises_a_number_that_is_counted")
        ),
        sa.CheckConstraint(
            "kind IN ('theme', 'practice', 'volunteering', 'pairing', 'series', 'visit')", name=op.f("ck_promises_kind")
        ),
        sa.CheckConstraint("measure IN ('programmes', 'people', 'words')", name=op.f("ck_promises_measure")),
        sa.CheckConstraint("per_year > 0", name=op.f("ck_promises_per_year")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_promises_agreement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_index(op.f("ix_promises_agreement_id"), "promises", ["agreement_id"])


def _make_programmes() -> None:
    op.create_table(
        "programmes",
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("campaigns", sa.String(), nullable=False),
        sa.Column("reach", sa.String(20), nullable=False),
        sa.Column("direction", sa.String(20), nullable=True),
        sa.Column("introduction", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=False),
        sa.Column("max_age", sa.Integer(), nullable=False),
        sa.Column("levels", sa.String(), nullable=False),
        sa.Column("entry", sa.String(20), nullable=False),
        sa.Column("confirm_days", sa.Integer(), nullable=False),
        sa.Column("nights_away", sa.Boolean(), nullable=False),
        sa.Column("needs_documents", sa.Boolean(), nullable=False),
        sa.Column("picture", sa.String(64), nullable=True),
        sa.Column("question_set_id", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("cancelled_at", Moment(), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.Column("title_key", Key, nullable=False),
        sa.Column("title_pinyin", Key, nullable=False),
        sa.Column("title_initials", Key, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("max_age >= min_age", name=op.f("ck_programmes_ages")),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (cancel_reason IS NULL)", name=op.f("ck_programmes_cancelled_with_a_reason")
        ),
        sa.CheckConstraint("confirm_days BETWEEN 1 AND 30", name=op.f("ck_programmes_confirm_days")),
        sa.CheckConstraint("direction IN ('out', 'in')", name=op.f("ck_programmes_direction")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_programmes_ends_after_start")),
        sa.CheckConstraint("entry IN ('nomination', 'application')", name=op.f("ck_programmes_entry")),
        sa.CheckConstraint(
            "kind IN ('theme', 'practice', 'volunteering', 'pairing', 'series', 'visit')",
            name=op.f("ck_programmes_kind"),
        ),
        sa.CheckConstraint("reach IN ('provinces', 'cities', 'counties', 'local')", name=op.f("ck_programmes_reach")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_programmes_agreement_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_programmes_created_by_id")),
        sa.ForeignKeyConstraint(["host_id"], ["organisations.id"], name=op.f("fk_programmes_host_id")),
        sa.ForeignKeyConstraint(["picture"], ["pictures.digest"], name=op.f("fk_programmes_picture")),
        sa.ForeignKeyConstraint(["question_set_id"], ["question_sets.id"], name=op.f("fk_programmes_question_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
    )
    op.create_index(op.f("ix_programmes_agreement_id"), "programmes", ["agreement_id"])
    where = sa.text("published_at IS NULL")
    op.create_index(
        "ix_programmes_drafts", "programmes", ["host_id", "starts_on", "id"], sqlite_where=where, postgresql_where=where
    )
    op.create_index(op.f("ix_programmes_ends_on"), "programmes", ["ends_on", "id"])
    op.create_index(op.f("ix_programmes_host_id"), "programmes", ["host_id", "starts_on", "id"])
    op.create_index(op.f("ix_programmes_picture"), "programmes", ["picture"])
    op.create_index(op.f("ix_programmes_question_set_id"), "programmes", ["question_set_id"])
    op.create_index(op.f("ix_programmes_starts_on"), "programmes", ["starts_on", "id"])
    op.create_index(op.f("ix_programmes_title_initials"), "programmes", ["title_initials"])
    op.create_index(op.f("ix_programmes_title_key"), "programmes", ["title_key"])
    op.create_index(op.f("ix_programmes_title_pinyin"), "programmes", ["title_pinyin"])


def _make_itinerary_items() -> None:
    op.create_table(
        "itinerary_items",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("from_time", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["organisations.id"], name=op.f("fk_itinerary_items_base_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_itinerary_items_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_itinerary_items")),
    )
    op.create_index(op.f("ix_itinerary_items_programme_id"), "itinerary_items", ["programme_id", "on", "id"])


def _make_sides() -> None:
    op.create_table(
        "sides",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("opens_at", Moment(), nullable=False),
        sa.Column("closes_at", Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("accepted BETWEEN 0 AND places", name=op.f("ck_sides_accepted_within_places")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_sides_closes_after_it_opens")),
        sa.CheckConstraint("places >= 0", name=op.f("ck_sides_places")),
        sa.CheckConstraint("(organisation_id IS NULL) = (name <> '')", name=op.f("ck_sides_unit_or_name")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_sides_organisation_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_sides_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sides")),
        sa.UniqueConstraint("id", "programme_id", name=op.f("uq_sides_id")),
    )
    op.create_index(op.f("ix_sides_organisation_id"), "sides", ["organisation_id", "id"])
    op.create_index(op.f("ix_sides_programme_id"), "sides", ["programme_id"])
    where = sa.text("name <> ''")
    op.create_index(
        "uq_sides_name", "sides", ["programme_id", "name"], unique=True, sqlite_where=where, postgresql_where=where
    )
    where = sa.text("organisation_id IS NOT NULL")
    op.create_index(
        "uq_sides_organisation",
        "sides",
        ["programme_id", "organisation_id"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


def _make_quotas() -> None:
    op.create_table(
        "quotas",
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_quotas_places")),
        sa.ForeignKeyConstraint(["school_id"], ["organisations.id"], name=op.f("fk_quotas_school_id")),
        sa.ForeignKeyConstraint(["side_id"], ["sides.id"], name=op.f("fk_quotas_side_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotas")),
        sa.UniqueConstraint("side_id", "school_id", name=op.f("uq_quotas_side_id")),
    )
    op.create_index(op.f("ix_quotas_school_id"), "quotas", ["school_id", "id"])


def _make_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(programme_id IS NULL) <> (agreement_id IS NULL)", name=op.f("ck_documents_of_one_thing")),
        sa.CheckConstraint(
            "NOT is_public OR programme_id IS NOT NULL", name=op.f("ck_documents_public_of_a_programme")
        ),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_documents_added_by_id")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_documents_agreement_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_documents_programme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index(op.f("ix_documents_agreement_id"), "documents", ["agreement_id"])
    op.create_index(op.f("ix_documents_programme_id"), "documents", ["programme_id"])
