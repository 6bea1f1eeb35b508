"""The trip of a programme: what is to be seen to, grown-ups, groups, buses, rooms."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_TABLES = (
    "trips",
    "trip_tasks",
    "trip_groups",
    "trip_buses",
    "trip_rooms",
    "trip_members",
    "trip_adults",
    "trip_steps",
)


def upgrade() -> None:
    _make_trips()
    _make_tasks()
    _make_groups()
    _make_buses()
    _make_rooms()
    _make_members()
    _make_adults()
    _make_steps()


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)


def _of_a_programme(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_programme_id")
    return sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=name, ondelete="CASCADE")


def _make_trips() -> None:
    op.create_table(
        "trips",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("youths_per_adult", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("youths_per_adult BETWEEN 1 AND 50", name=op.f("ck_trips_youths_per_adult")),
        _of_a_programme("trips"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trips")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_trips_programme_id")),
    )


def _make_tasks() -> None:
    op.create_table(
        "trip_tasks",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('plan', 'emergency_plan', 'filing', 'transport', 'insurance', 'duties', 'own')",
            name=op.f("ck_trip_tasks_kind"),
        ),
        sa.CheckConstraint("(kind = 'own') = (title <> '')", name=op.f("ck_trip_tasks_own_title")),
        sa.CheckConstraint("days_before BETWEEN -400 AND 400", name=op.f("ck_trip_tasks_days_before")),
        sa.CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name=op.f("ck_trip_tasks_done_by_somebody")),
        _of_a_programme("trip_tasks"),
        sa.ForeignKeyConstraint(["responsible_id"], ["users.id"], name=op.f("fk_trip_tasks_responsible_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_trip_tasks_document_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_trip_tasks_created_by_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["users.id"], name=op.f("fk_trip_tasks_done_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip_tasks")),
    )
    op.create_index(op.f("ix_trip_tasks_programme_id"), "trip_tasks", ["programme_id", "id"])
    op.create_index(op.f("ix_trip_tasks_document_id"), "trip_tasks", ["document_id"])
    usual = sa.text("kind <> 'own'")
    op.create_index(
        op.f("uq_trip_tasks_kind"),
        "trip_tasks",
        ["programme_id", "kind"],
        unique=True,
        postgresql_where=usual,
        sqlite_where=usual,
    )


def _make_groups() -> None:
    op.create_table(
        "trip_groups",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_trip_groups_name")),
        _of_a_programme("trip_groups"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip_groups")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_trip_groups_programme_id")),
    )


def _make_buses() -> None:
    op.create_table(
        "trip_buses",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("plate", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_trip_buses_name")),
        sa.CheckConstraint("seats BETWEEN 1 AND 100", name=op.f("ck_trip_buses_seats")),
        _of_a_programme("trip_buses"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip_buses")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_trip_buses_programme_id")),
    )


def _make_rooms() -> None:
    op.create_table(
        "trip_rooms",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("beds", sa.Integer(), nullable=False),
        sa.Column("gender", sa.String(20), nullable=False),
        sa.Column("is_for_minors", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_trip_rooms_name")),
        sa.CheckConstraint("beds BETWEEN 1 AND 100", name=op.f("ck_trip_rooms_beds")),
        sa.CheckConstraint("gender IN ('female', 'male')", name=op.f("ck_trip_rooms_gender")),
        _of_a_programme("trip_rooms"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip_rooms")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_trip_rooms_programme_id")),
        sa.UniqueConstraint("id", "gender", "is_for_minors", name=op.f("uq_trip_rooms_id")),
    )


def _travelling(table: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    return (
        sa.Column("gender", sa.String(20), nullable=True),
        sa.Column("is_minor", sa.Boolean(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("bus_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("gender IN ('female', 'male')", name=op.f(f"ck_{table}_gender")),
        sa.CheckConstraint("room_id IS NULL OR gender IS NOT NULL", name=op.f(f"ck_{table}_room_by_gender")),
        _of_a_programme(table),
        sa.ForeignKeyConstraint(
            ["group_id"], ["trip_groups.id"], name=op.f(f"fk_{table}_group_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["bus_id"], ["trip_buses.id"], name=op.f(f"fk_{table}_bus_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["room_id", "gender", "is_minor"],
            ["trip_rooms.id", "trip_rooms.gender", "trip_rooms.is_for_minors"],
            name=op.f(f"fk_{table}_room"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _index_places(table: str) -> None:
    for column in ("group_id", "bus_id", "room_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _make_members() -> None:
    op.create_table(
        "trip_members",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        *_travelling("trip_members"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_trip_members_person_id")),
        sa.UniqueConstraint("programme_id", "person_id", name=op.f("uq_trip_members_programme_id")),
    )
    _index_places("trip_members")
    op.create_index(op.f("ix_trip_members_person_id"), "trip_members", ["person_id"])


def _make_adults() -> None:
    op.create_table(
        "trip_adults",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        *_travelling("trip_adults"),
        sa.CheckConstraint("name <> ''", name=op.f("ck_trip_adults_name")),
        sa.CheckConstraint("(checked_on IS NULL) = (checked_by = '')", name=op.f("ck_trip_adults_checked_by_somebody")),
        sa.CheckConstraint("NOT is_minor", name=op.f("ck_trip_adults_grown_up")),
        sa.ForeignKeyConstraint(["side_id"], ["sides.id"], name=op.f("fk_trip_adults_side_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_trip_adults_user_id")),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_trip_adults_added_by_id")),
    )
    _index_places("trip_adults")
    op.create_index(op.f("ix_trip_adults_programme_id"), "trip_adults", ["programme_id", "id"])
    op.create_index(op.f("ix_trip_adults_user_id"), "trip_adults", ["user_id"])
    op.create_index(op.f("ix_trip_adults_side_id"), "trip_adults", ["side_id"])
    accounts = sa.text("user_id IS NOT NULL")
    op.create_index(
        op.f("uq_trip_adults_user"),
        "trip_adults",
        ["programme_id", "user_id"],
        unique=True,
        postgresql_where=accounts,
        sqlite_where=accounts,
    )


def _make_steps() -> None:
    op.create_table(
        "trip_steps",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("moves", sa.JSON(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("part IN ('groups', 'buses', 'rooms')", name=op.f("ck_trip_steps_part")),
        _of_a_programme("trip_steps"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_trip_steps_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip_steps")),
    )
    op.create_index(op.f("ix_trip_steps_programme_id"), "trip_steps", ["programme_id", "part", "id"])
