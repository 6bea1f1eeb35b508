"""Messages, their words, and how they leave the house."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_message_templates()
    _make_message_plans()
    _make_announcements()
    _make_messages()
    _make_contacts()
    _make_deliveries()


def downgrade() -> None:
    for table in ("deliveries", "contacts", "messages", "announcements", "message_plans", "message_templates"):
        op.drop_table(table)


def _make_message_templates() -> None:
    op.create_table(
        "message_templates",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_zh", sa.String(), nullable=False),
        sa.Column("body_zh", sa.String(), nullable=False),
        sa.Column("subject_en", sa.String(), nullable=False),
        sa.Column("body_en", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("replaced_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_message_templates_made_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_message_templates_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_templates")),
    )
    op.create_index(
        "uq_message_templates_current",
        "message_templates",
        ["organisation_id", "kind"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
        sqlite_where=sa.text("replaced_at IS NULL"),
    )


def _make_message_plans() -> None:
    op.create_table(
        "message_plans",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("hours_before", sa.Integer(), nullable=False),
        sa.Column("sends_thanks", sa.Boolean(), nullable=False),
        sa.Column("asks_after_no_shows", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_message_plans_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_plans")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_message_plans_organisation_id")),
    )


def _make_announcements() -> None:
    op.create_table(
        "announcements",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("group", sa.JSON(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("leaves_at", Moment(), nullable=False),
        sa.Column("left_at", Moment(), nullable=True),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("undone_at IS NULL OR left_at IS NULL", name=op.f("ck_announcements_undone_or_left")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_announcements_event_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_announcements_made_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_announcements_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
    )
    op.create_index("ix_announcements_event_id", "announcements", ["event_id", "id"], unique=False)


def _make_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("announcement_id", sa.Integer(), nullable=True),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("once", sa.String(), nullable=True),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.Column("read_at", Moment(), nullable=True),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"], name=op.f("fk_messages_announcement_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_messages_event_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_messages_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_messages_person_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registrations.id"], name=op.f("fk_messages_registration_id")),
        sa.ForeignKeyConstraint(["template_id"], ["message_templates.id"], name=op.f("fk_messages_template_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["users.id"], name=op.f("fk_messages_told_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("once", name=op.f("uq_messages_once")),
    )
    op.create_index("ix_messages_announcement_id", "messages", ["announcement_id", "id"], unique=False)
    op.create_index("ix_messages_event_id", "messages", ["event_id", "kind", "id"], unique=False)
    op.create_index("ix_messages_person_id", "messages", ["person_id", "id"], unique=False)
    op.create_index(
        "ix_messages_unread",
        "messages",
        ["person_id"],
        unique=False,
        postgresql_where=sa.text("read_at IS NULL"),
        sqlite_where=sa.text("read_at IS NULL"),
    )


def _make_contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("proven_at", Moment(), nullable=True),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("code_ends_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("channel IN ('email', 'sms')", name=op.f("ck_contacts_channel")),
        sa.CheckConstraint("NOT is_on OR proven_at IS NOT NULL", name=op.f("ck_contacts_proven")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_contacts_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("user_id", "channel", name="uq_contacts_user_id"),
    )


def _make_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("channel IN ('email', 'sms')", name=op.f("ck_deliveries_channel")),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'failed', 'parked')", name=op.f("ck_deliveries_state")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_deliveries_job_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_deliveries_message_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_deliveries_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("message_id", "channel", "address", name="uq_deliveries_message_id"),
    )
    op.create_index(
        "ix_deliveries_troubled",
        "deliveries",
        ["state", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('failed', 'parked')"),
        sqlite_where=sa.text("state IN ('failed', 'parked')"),
    )
    op.create_index("ix_deliveries_job_id", "deliveries", ["job_id"], unique=False)
    op.create_index("ix_deliveries_user_id", "deliveries", ["user_id", "id"], unique=False)
