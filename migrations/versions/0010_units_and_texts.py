"""Pictures, the profile of a unit, the classes of a school, and what the operator says publicly."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment
from app.core.search_keys import Key, initials, pinyin, written

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_WORDS = ("short_name", "contact", "introduction", "seal_keeper", "seal_text", "offers", "origin", "levels")
_KEYS = ("name_key", "name_pinyin", "name_initials", "short_key", "short_pinyin", "short_initials")


def upgrade() -> None:
    _make_pictures()
    _give_units_a_profile()
    _fill_in_the_keys()
    _make_classes()
    _make_site()


def downgrade() -> None:
    for table in ("verification_files", "site_texts", "site_operator", "school_classes"):
        op.drop_table(table)
    op.drop_index("ix_organisations_kind_name_pinyin_id", "organisations")
    op.drop_index("ix_organisations_name_pinyin_id", "organisations")
    for key in _KEYS:
        if key != "name_pinyin":
            op.drop_index(op.f(f"ix_organisations_{key}"), "organisations")
    for column in ("logo_digest", "capacity", *_WORDS, *_KEYS):
        op.drop_column("organisations", column)
    op.create_index(op.f("ix_organisations_kind"), "organisations", ["kind"], unique=False)
    op.drop_table("pictures")


def _make_pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures")),
        sa.UniqueConstraint("digest", name=op.f("uq_pictures_digest")),
    )


def _give_units_a_profile() -> None:
    for word in _WORDS:
        op.add_column("organisations", sa.Column(word, sa.String(), nullable=False, server_default=""))
    for key in _KEYS:
        op.add_column("organisations", sa.Column(key, Key, nullable=False, server_default=""))
    op.add_column("organisations", sa.Column("capacity", sa.Integer(), nullable=True))
    # as part of its column: SQLite cannot add the reference later without a new table
    op.execute(
        "ALTER TABLE organisations ADD COLUMN logo_digest VARCHAR(64)"
        " CONSTRAINT fk_organisations_logo_digest REFERENCES pictures (digest)"
    )
    op.drop_index(op.f("ix_organisations_kind"), "organisations")
    op.create_index("ix_organisations_kind_name_pinyin_id", "organisations", ["kind", "name_pinyin", "id"])
    op.create_index("ix_organisations_name_pinyin_id", "organisations", ["name_pinyin", "id"])
    for key in _KEYS:
        if key != "name_pinyin":
            op.create_index(op.f(f"ix_organisations_{key}"), "organisations", [key])


def _fill_in_the_keys() -> None:
    names = ("name", "name_key", "name_pinyin", "name_initials")
    units = sa.table("organisations", sa.column("id"), *(sa.column(name) for name in names))
    for number, name in op.get_bind().execute(sa.select(units.c.id, units.c.name)).all():
        keys = {"name_key": written(name), "name_pinyin": pinyin(name), "name_initials": initials(name)}
        op.execute(units.update().where(units.c.id == number).values(keys))


def _make_classes() -> None:
    op.create_table(
        "school_classes",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", Key, nullable=False),
        sa.Column("form_teacher", sa.String(), nullable=False),
        sa.Column("entered_year", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("archived_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["organisations.id"], name=op.f("fk_school_classes_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_classes")),
    )
    op.create_index("ix_school_classes_school_id_key", "school_classes", ["school_id", "key", "id"])
    op.create_index(
        "uq_school_classes_current",
        "school_classes",
        ["school_id", "key"],
        unique=True,
        postgresql_where=sa.text("archived_at IS NULL"),
        sqlite_where=sa.text("archived_at IS NULL"),
    )


def _make_site() -> None:
    op.create_table(
        "site_operator",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("icp_number", sa.String(), nullable=False),
        sa.Column("police_number", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_site_operator_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_operator")),
    )
    op.create_table(
        "site_texts",
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", Moment(), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("key IN ('privacy', 'terms', 'notice', 'about')", name=op.f("ck_site_texts_key")),
        sa.CheckConstraint(
            "reviewed_at IS NULL OR (body IS NOT NULL AND reviewed_by_id IS NOT NULL)",
            name=op.f("ck_site_texts_reviewed_words"),
        ),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["users.id"], name=op.f("fk_site_texts_reviewed_by_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["users.id"], name=op.f("fk_site_texts_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_texts")),
        sa.UniqueConstraint("key", "language", name=op.f("uq_site_texts_key")),
    )
    op.create_table(
        "verification_files",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_verification_files_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_files")),
        sa.UniqueConstraint("name", name=op.f("uq_verification_files_name")),
    )
