"""Parties, the waiting list, offers, and the ways into a slot."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_OPEN = "state IN ('confirmed', 'held', 'offered', 'waiting', 'applied')"
_PENDING = "state IN ('offered', 'waiting', 'applied')"
_STATES = "'confirmed', 'held', 'offered', 'waiting', 'applied', 'cancelled', 'refused', 'lapsed'"
_SLOT_COLUMNS = {
    "reserved": "INTEGER NOT NULL DEFAULT 0",
    "waiting": "INTEGER NOT NULL DEFAULT 0",
    "last_in_line": "INTEGER NOT NULL DEFAULT 0",
    "way_in": "VARCHAR(20) NOT NULL DEFAULT 'open'",
    "has_waiting_list": "BOOLEAN NOT NULL DEFAULT {false}",  # nobody was promised one
    "smaller_may_pass": "BOOLEAN NOT NULL DEFAULT {false}",
    "counts_groups": "BOOLEAN NOT NULL DEFAULT {false}",
    "largest_party": "INTEGER NOT NULL DEFAULT 1",
    "most_companions": "INTEGER NOT NULL DEFAULT 0",
    "offer_hours": "INTEGER NOT NULL DEFAULT 24",
    "leave_hours": "INTEGER NOT NULL DEFAULT 0",
    "draws_at": "{moment}",
    "drawn_at": "{moment}",
    "draw_seed": "VARCHAR NOT NULL DEFAULT ''",
}
_REGISTRATION_COLUMNS = {
    "source": "VARCHAR(20) NOT NULL DEFAULT 'form'",
    "companions": "INTEGER NOT NULL DEFAULT 0",
    "line": "INTEGER",
    "party_id": "INTEGER",
    "offer_id": "INTEGER",
    "allotment_id": "INTEGER",
    "invitation_id": "INTEGER",
    "decided_by_id": "INTEGER",
    "application_no": "VARCHAR",
    "held_until": "{moment}",
    "decided_at": "{moment}",
    "reason": "VARCHAR NOT NULL DEFAULT ''",
}
_REFERENCES = {
    "party_id": "parties",
    "offer_id": "offers",
    "allotment_id": "allotments",
    "invitation_id": "invitation_links",
    "decided_by_id": "users",
}
_SLOT_CHECKS = {
    "never_oversold": "taken >= 0 AND reserved >= 0 AND taken + reserved <= capacity",
    "waiting": "waiting BETWEEN 0 AND last_in_line",
    "way_in": "way_in IN ('open', 'approval', 'lottery', 'invitation')",
    "lottery_with_its_moment": "(way_in = 'lottery') = (draws_at IS NOT NULL)",
    "drawn_with_its_seed": "(drawn_at IS NULL) = (draw_seed = '')",
    "parties_and_offers": "largest_party >= 1 AND most_companions >= 0 AND offer_hours >= 1",
}
_REGISTRATION_CHECKS = {
    "state": f"state IN ({_STATES})",
    "cancelled_at": "(state IN ('cancelled', 'refused', 'lapsed')) = (cancelled_at IS NOT NULL)",
    "waits_in_line": "(state = 'waiting') = (line IS NOT NULL)",
    "offered_with_an_offer": "state <> 'offered' OR offer_id IS NOT NULL",
    "companions": "companions >= 0",
}
_PARTIAL = {
    "pending": (["slot_id", "state", "line"], _PENDING),
    "held_until": (["held_until"], "state = 'held'"),
    "party_id": (["party_id"], "party_id IS NOT NULL"),
    "offer_id": (["offer_id"], "offer_id IS NOT NULL"),
}


def upgrade() -> None:
    _make_tables()
    _add("people", {"opens_later_until": "{moment}"})
    _add("enrolments", {"boards": "BOOLEAN NOT NULL DEFAULT {false}"})
    _let_act_for("'self', 'child', 'friend'")
    _add("slots", _SLOT_COLUMNS)
    _add("registrations", _REGISTRATION_COLUMNS)
    op.drop_index("uq_registrations_active", table_name="registrations")
    op.drop_index("ix_registrations_cancelled", table_name="registrations")
    with op.batch_alter_table("slots") as slots:
        slots.drop_constraint(op.f("ck_slots_never_oversold"), type_="check")
        for name, rule in _SLOT_CHECKS.items():
            slots.create_check_constraint(op.f(f"ck_slots_{name}"), rule)
    with op.batch_alter_table("registrations") as registrations:
        registrations.drop_constraint(op.f("ck_registrations_state"), type_="check")
        registrations.drop_constraint(op.f("ck_registrations_cancelled_at"), type_="check")
        for name, rule in _REGISTRATION_CHECKS.items():
            registrations.create_check_constraint(op.f(f"ck_registrations_{name}"), rule)
        for column, table in _REFERENCES.items():
            registrations.create_foreign_key(op.f(f"fk_registrations_{column}"), table, [column], ["id"])
    _index_active(_OPEN)
    for name, (columns, where) in _PARTIAL.items():
        _index(f"ix_registrations_{name}", columns, where)


def downgrade() -> None:
    op.drop_index("uq_registrations_active", table_name="registrations")
    for name in (*_PARTIAL, "cancelled"):
        op.drop_index(f"ix_registrations_{name}", table_name="registrations")
    op.execute(
        "DELETE FROM messages WHERE registration_id IN "  # noqa: S608 - constants
        f"(SELECT id FROM registrations WHERE {_PENDING} OR state IN ('refused', 'lapsed'))"
    )
    op.execute(f"DELETE FROM registrations WHERE {_PENDING} OR state IN ('refused', 'lapsed')")  # noqa: S608 - constants
    with op.batch_alter_table("registrations") as registrations:
        for name in _REGISTRATION_CHECKS:
            registrations.drop_constraint(op.f(f"ck_registrations_{name}"), type_="check")
        for column in _REFERENCES:
            registrations.drop_constraint(op.f(f"fk_registrations_{column}"), type_="foreignkey")
        for column in _REGISTRATION_COLUMNS:
            registrations.drop_column(column)
        registrations.create_check_constraint(
            op.f("ck_registrations_state"), "state IN ('confirmed', 'held', 'cancelled')"
        )
        registrations.create_check_constraint(
            op.f("ck_registrations_cancelled_at"), "(state = 'cancelled') = (cancelled_at IS NOT NULL)"
        )
    with op.batch_alter_table("slots") as slots:
        for name in _SLOT_CHECKS:
            slots.drop_constraint(op.f(f"ck_slots_{name}"), type_="check")
        for column in _SLOT_COLUMNS:
            slots.drop_column(column)
        slots.create_check_constraint(op.f("ck_slots_never_oversold"), "taken BETWEEN 0 AND capacity")
    op.execute("UPDATE acts_for SET relation = 'child' WHERE relation = 'friend'")
    _let_act_for("'self', 'child'")
    op.drop_column("people", "opens_later_until")
    op.drop_column("enrolments", "boards")
    _index_active("state IN ('confirmed', 'held')")
    for table in ("invitation_links", "allotted_schools", "allotments", "offers", "parties"):
        op.drop_table(table)


def _let_act_for(relations: str) -> None:
    op.drop_index("uq_acts_for_oneself", table_name="acts_for")
    with op.batch_alter_table("acts_for") as acts_for:
        acts_for.drop_constraint(op.f("ck_acts_for_relation"), type_="check")
        acts_for.create_check_constraint(op.f("ck_acts_for_relation"), f"relation IN ({relations})")
    oneself = sa.text("relation = 'self'")
    op.create_index(
        "uq_acts_for_oneself", "acts_for", ["user_id"], unique=True, postgresql_where=oneself, sqlite_where=oneself
    )


def _add(table: str, columns: dict[str, str]) -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    words = {"moment": "DATETIME", "false": "0"} if is_sqlite else {"moment": "TIMESTAMPTZ", "false": "false"}
    for name, kind in columns.items():
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind.format(**words)}")


def _index_active(where: str) -> None:
    _index("uq_registrations_active", ["slot_id", "person_id"], where, unique=True)
    _index("ix_registrations_cancelled", ["slot_id"], "state = 'cancelled'")


def _index(name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    only = sa.text(where)
    op.create_index(name, "registrations", columns, unique=unique, postgresql_where=only, sqlite_where=only)


def _make_tables() -> None:
    op.create_table(
        "parties",
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_parties_made_by_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_parties_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parties")),
    )
    op.create_index(op.f("ix_parties_slot_id"), "parties", ["slot_id"])
    op.create_table(
        "offers",
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("lapses_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_offers_answered_at")),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_offers_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
    )
    op.create_index(op.f("ix_offers_slot_id"), "offers", ["slot_id"])
    unanswered = sa.text("answered_at IS NULL")
    op.create_index("ix_offers_open", "offers", ["lapses_at"], postgresql_where=unanswered, sqlite_where=unanswered)
    _make_allotments()
    _make_invitation_links()


def _make_allotments() -> None:
    op.create_table(
        "allotments",
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("release_at", Moment(), nullable=False),
        sa.Column("released_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("used BETWEEN 0 AND places", name=op.f("ck_allotments_never_overused")),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_allotments_slot_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allotments")),
    )
    op.create_index(op.f("ix_allotments_slot_id"), "allotments", ["slot_id"])
    op.create_table(
        "allotted_schools",
        sa.Column("allotment_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["allotment_id"], ["allotments.id"], name=op.f("fk_allotted_schools_allotment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["organisations.id"], name=op.f("fk_allotted_schools_school_id")),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["slots.id"], name=op.f("fk_allotted_schools_slot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allotted_schools")),
        sa.UniqueConstraint("slot_id", "school_id", name=op.f("uq_allotted_schools_slot_id")),
    )
    op.create_index(op.f("ix_allotted_schools_allotment_id"), "allotted_schools", ["allotment_id"])


def _make_invitation_links() -> None:
    op.create_table(
        "invitation_links",
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("most_uses", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("uses BETWEEN 0 AND most_uses", name=op.f("ck_invitation_links_counted")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_invitation_links_made_by_id")),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["slots.id"], name=op.f("fk_invitation_links_slot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_links")),
        sa.UniqueConstraint("code", name=op.f("uq_invitation_links_code")),
    )
    op.create_index(op.f("ix_invitation_links_slot_id"), "invitation_links", ["slot_id"])
