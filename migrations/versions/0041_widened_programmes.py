"""When a programme last came to go further: what was agreed to before that covers none of its events."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("programmes", sa.Column("widened_at", Moment(), nullable=True))


def downgrade() -> None:
    op.drop_column("programmes", "widened_at")
