"""Devices at the door, scans, corrections, attendance."""

import sqlalchemy as sa
from alembic import op

from app.core import append_only
from app.core.db import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "devices",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_devices_event_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["users.id"], name=op.f("fk_devices_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_devices_token_hash")),
    )
    op.create_index(op.f("ix_devices_event_id"), "devices", ["event_id"], unique=False)
    op.create_table(
        "attendances",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("arrived_at", Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_attendances_event_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registrations.id"], name=op.f("fk_attendances_registration_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_attendances_registration_id")),
    )
    op.create_index(op.f("ix_attendances_event_id"), "attendances", ["event_id"], unique=False)
    op.create_table(
        "corrections",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("arrived_at", Moment(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'present') = (arrived_at IS NOT NULL)", name=op.f("ck_corrections_present_since")),
        sa.CheckConstraint("kind IN ('present', 'absent')", name=op.f("ck_corrections_kind")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_corrections_made_by_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registrations.id"], name=op.f("fk_corrections_registration_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_registration_id"), "corrections", ["registration_id"], unique=False)
    op.create_table(
        "scans",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("happened_at", Moment(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("source IN ('camera', 'photo', 'typed', 'lookup', 'staff')", name=op.f("ck_scans_source")),
        sa.CheckConstraint("(device_id IS NULL) <> (user_id IS NULL)", name=op.f("ck_scans_by_one")),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_scans_device_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_scans_event_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registrations.id"], name=op.f("fk_scans_registration_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_scans_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scans")),
        sa.UniqueConstraint("device_id", "key", name="uq_scans_device_id"),
    )
    op.create_index(op.f("ix_scans_event_id"), "scans", ["event_id"], unique=False)
    op.create_index("ix_scans_registration_id", "scans", ["registration_id", "received_at"], unique=False)
    append_only.guard("scans")
    append_only.guard("corrections")


def downgrade() -> None:
    append_only.unguard("corrections")
    append_only.unguard("scans")
    op.drop_index("ix_scans_registration_id", table_name="scans")
    op.drop_index(op.f("ix_scans_event_id"), table_name="scans")
    op.drop_table("scans")
    op.drop_index(op.f("ix_corrections_registration_id"), table_name="corrections")
    op.drop_table("corrections")
    op.drop_index(op.f("ix_attendances_event_id"), table_name="attendances")
    op.drop_table("attendances")
    op.drop_index(op.f("ix_devices_event_id"), table_name="devices")
    op.drop_table("devices")
