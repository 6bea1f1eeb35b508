"""Events, slots and registrations."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("cancelled_at", Moment(), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (cancel_reason IS NULL)", name=op.f("ck_events_cancelled_with_a_reason")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_events_ends_after_start")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_events_created_by_id")),
        sa.ForeignKeyConstraint(["host_id"], ["organisations.id"], name=op.f("fk_events_host_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_ends_at", "events", ["ends_at", "id"], unique=False)
    op.create_index("ix_events_host_id", "events", ["host_id", "starts_at", "id"], unique=False)
    op.create_table(
        "slots",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=False),
        sa.Column("max_age", sa.Integer(), nullable=False),
        sa.Column("opens_at", Moment(), nullable=False),
        sa.Column("closes_at", Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("form IN ('session', 'shift')", name=op.f("ck_slots_form")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_slots_closes_after_opening")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_slots_ends_after_start")),
        sa.CheckConstraint("min_age <= max_age", name=op.f("ck_slots_ages")),
        sa.CheckConstraint("taken BETWEEN 0 AND capacity", name=op.f("ck_slots_never_oversold")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_slots_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
    )
    op.create_index(op.f("ix_slots_event_id"), "slots", ["event_id"], unique=False)
    op.create_table(
        "registrations",
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fourteen_on", sa.Date(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("registered_at", Moment(), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("class_name", sa.String(), nullable=False),
        sa.Column("cancelled_at", Moment(), nullable=True),
        sa.Column("cancelled_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)", name=op.f("ck_registrations_cancelled_at")
        ),
        sa.CheckConstraint(
            "state <> 'confirmed' OR fourteen_on <= registered_on",
            name=op.f("ck_registrations_no_child_without_consent"),
        ),
        sa.CheckConstraint("state IN ('confirmed', 'held', 'cancelled')", name=op.f("ck_registrations_state")),
        sa.ForeignKeyConstraint(["cancelled_by_id"], ["users.id"], name=op.f("fk_registrations_cancelled_by_id")),
        sa.ForeignKeyConstraint(
            ["person_id", "fourteen_on"],
            ["people.id", "people.fourteen_on"],
            name="fk_registrations_person",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["registered_by_id"], ["users.id"], name=op.f("fk_registrations_registered_by_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisations.id"], name=op.f("fk_registrations_school_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_registrations_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("code", name=op.f("uq_registrations_code")),
    )
    op.create_index("ix_registrations_person_id", "registrations", ["person_id"], unique=False)
    op.create_index("ix_registrations_school_id", "registrations", ["school_id", "id"], unique=False)
    op.create_index("ix_registrations_slot_id", "registrations", ["slot_id", "id"], unique=False)
    op.create_index(
        "uq_registrations_active",
        "registrations",
        ["slot_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('confirmed', 'held')"),
        sqlite_where=sa.text("state IN ('confirmed', 'held')"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_registrations_active",
        table_name="registrations",
        postgresql_where=sa.text("state IN ('confirmed', 'held')"),
        sqlite_where=sa.text("state IN ('confirmed', 'held')"),
    )
    op.drop_index("ix_registrations_slot_id", table_name="registrations")
    op.drop_index("ix_registrations_school_id", table_name="registrations")
    op.drop_index("ix_registrations_person_id", table_name="registrations")
    op.drop_table("registrations")
    op.drop_index(op.f("ix_slots_event_id"), table_name="slots")
    op.drop_table("slots")
    op.drop_index("ix_events_host_id", table_name="events")
    op.drop_index("ix_events_ends_at", table_name="events")
    op.drop_table("events")
