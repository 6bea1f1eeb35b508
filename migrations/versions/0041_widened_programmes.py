"""When a programme last came to go further, and what those were told who had agreed before: that covers it no more."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("programmes", sa.Column("widened_at", Moment(), nullable=True))
    op.add_column("programmes", sa.Column("told", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("programmes", "told")
    op.drop_column("programmes", "widened_at")
