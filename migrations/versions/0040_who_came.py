"""Who came into a pair or group for whoever left it; of before it is not known who of a group that was."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_FOREIGN_KEY = "fk_pair_substitutions_came_id"
_INDEX = "ix_pair_substitutions_came_id"


def upgrade() -> None:
    with op.batch_alter_table("pair_substitutions") as substitutions:
        substitutions.add_column(sa.Column("came_id", sa.Integer(), nullable=True))
        substitutions.create_foreign_key(
            op.f(_FOREIGN_KEY), "pairing_members", ["came_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index(op.f(_INDEX), "pair_substitutions", ["came_id"])


def downgrade() -> None:
    op.drop_index(op.f(_INDEX), "pair_substitutions")
    with op.batch_alter_table("pair_substitutions") as substitutions:
        substitutions.drop_constraint(op.f(_FOREIGN_KEY), type_="foreignkey")
        substitutions.drop_column("came_id")
