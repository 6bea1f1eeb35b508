"""Sessions on the server, known browsers, wrong tries, reset slips, the second factor, invitations."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment
from app.core.search_keys import Key, written

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _change_users()
    _make_browsers_and_sessions()
    _make_tries()
    _make_reset_slips()
    _make_second_factors()
    _make_invitations()


def downgrade() -> None:
    for table in (
        "invitations",
        "one_time_codes",
        "authenticators",
        "reset_slips",
        "tries",
        "sessions",
        "browsers",
    ):
        op.drop_table(table)
    op.drop_column("organisations", "requires_second_factor")
    op.drop_index("ix_users_name_key_id", "users")
    op.drop_column("users", "name_key")
    op.drop_column("users", "second_factor_at")
    op.drop_column("users", "language")
    op.add_column("users", sa.Column("locked_until", Moment(), nullable=True))
    op.add_column("users", sa.Column("failed_sign_ins", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("users", sa.Column("session_key", sa.String(), nullable=False, server_default=""))


def _change_users() -> None:
    op.drop_column("users", "session_key")
    op.drop_column("users", "failed_sign_ins")
    op.drop_column("users", "locked_until")
    op.add_column("users", sa.Column("language", sa.String(), nullable=True))
    op.add_column("users", sa.Column("second_factor_at", Moment(), nullable=True))
    op.add_column("users", sa.Column("name_key", Key, nullable=False, server_default=""))
    _fill_in_the_keys()
    op.create_index("ix_users_name_key_id", "users", ["name_key", "id"])
    op.add_column(
        "organisations",
        sa.Column("requires_second_factor", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def _fill_in_the_keys() -> None:
    users = sa.table("users", sa.column("id"), sa.column("name"), sa.column("name_key"))
    for number, name in op.get_bind().execute(sa.select(users.c.id, users.c.name)).all():
        op.execute(users.update().where(users.c.id == number).values(name_key=written(name)))


def _make_browsers_and_sessions() -> None:
    op.create_table(
        "browsers",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("remembered_until", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_browsers_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browsers")),
        sa.UniqueConstraint("user_id", "token_hash", name=op.f("uq_browsers_user_id")),
    )
    op.create_table(
        "sessions",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("browser_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("last_seen_at", Moment(), nullable=False),
        sa.Column("proven_at", Moment(), nullable=True),
        sa.Column("view", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["browser_id"], ["browsers.id"], name=op.f("fk_sessions_browser_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"], unique=False)


def _make_tries() -> None:
    op.create_table(
        "tries",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("last_at", Moment(), nullable=False),
        sa.Column("closed_until", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tries")),
        sa.UniqueConstraint("key", name=op.f("uq_tries_key")),
    )
    op.create_index(op.f("ix_tries_last_at"), "tries", ["last_at"], unique=False)


def _make_reset_slips() -> None:
    is_open = "used_at IS NULL AND voided_at IS NULL"
    op.create_table(
        "reset_slips",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("voided_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_reset_slips_made_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_reset_slips_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reset_slips")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_reset_slips_code_hash")),
    )
    op.create_index(
        "uq_reset_slips_open",
        "reset_slips",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text(is_open),
        sqlite_where=sa.text(is_open),
    )


def _make_second_factors() -> None:
    op.create_table(
        "authenticators",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_authenticators_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authenticators")),
    )
    op.create_index(op.f("ix_authenticators_user_id"), "authenticators", ["user_id"], unique=False)
    op.create_index(
        "uq_authenticators_confirmed",
        "authenticators",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("confirmed_at IS NOT NULL"),
        sqlite_where=sa.text("confirmed_at IS NOT NULL"),
    )
    op.create_table(
        "one_time_codes",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_one_time_codes_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_codes")),
        sa.UniqueConstraint("user_id", "number", name=op.f("uq_one_time_codes_user_id")),
    )


def _make_invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", Moment(), nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role IN ('staff', 'manager', 'auditor', 'administrator')", name=op.f("ck_invitations_role")
        ),
        sa.CheckConstraint("accepted_at IS NULL OR revoked_at IS NULL", name=op.f("ck_invitations_one_end")),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["users.id"], name=op.f("fk_invitations_accepted_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_invitations_made_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_invitations_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitations_code_hash")),
    )
    op.create_index(op.f("ix_invitations_organisation_id"), "invitations", ["organisation_id"], unique=False)
