"""The places that were given back, found without looking at all the others."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_CANCELLED = sa.text("state = 'cancelled'")


def upgrade() -> None:
    op.create_index(
        "ix_registrations_cancelled",
        "registrations",
        ["slot_id"],
        postgresql_where=_CANCELLED,
        sqlite_where=_CANCELLED,
    )


def downgrade() -> None:
    op.drop_index("ix_registrations_cancelled", table_name="registrations")
