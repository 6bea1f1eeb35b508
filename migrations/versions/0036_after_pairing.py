"""What pairs do after they are published, open letters and who looks after them, how pairs end; host families."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_TABLES = (
    "pairing_aftercare",
    "letter_readers",
    "journal_entries",
    "open_letters",
    "letter_worries",
    "letter_openings",
    "pair_endings",
    "pair_substitutions",
    "host_families",
    "host_adults",
    "placements",
)


def upgrade() -> None:
    _make_pairing_aftercare()
    _make_letter_readers()
    _make_journal_entries()
    _make_open_letters()
    _make_letter_worries()
    _make_letter_openings()
    _make_pair_endings()
    _make_pair_substitutions()
    _make_host_families()
    _make_host_adults()
    _make_placements()


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)


def _make_pairing_aftercare() -> None:
    op.create_table(
        "pairing_aftercare",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("protection_id", sa.Integer(), nullable=True),
        sa.Column("silent_days", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("silent_days BETWEEN 0 AND 365", name=op.f("ck_pairing_aftercare_silent_days")),
        sa.ForeignKeyConstraint(["protection_id"], ["users.id"], name=op.f("fk_pairing_aftercare_protection_id")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["pairing_rounds.id"], name=op.f("fk_pairing_aftercare_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_aftercare")),
        sa.UniqueConstraint("round_id", name=op.f("uq_pairing_aftercare_round_id")),
    )
    op.create_index(op.f("ix_pairing_aftercare_protection_id"), "pairing_aftercare", ["protection_id"])


def _make_letter_readers() -> None:
    op.create_table(
        "letter_readers",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Integer(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("class_name", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(checked_on IS NULL) = (checked_by = '')", name=op.f("ck_letter_readers_checked_by_somebody")
        ),
        sa.CheckConstraint("side BETWEEN 0 AND 99", name=op.f("ck_letter_readers_side")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["pairing_rounds.id"], name=op.f("fk_letter_readers_round_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_letter_readers_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_readers")),
        sa.UniqueConstraint("round_id", "side", "school", "class_name", name=op.f("uq_letter_readers_round_id")),
    )
    op.create_index(op.f("ix_letter_readers_user_id"), "letter_readers", ["user_id"])


def _make_journal_entries() -> None:
    op.create_table(
        "journal_entries",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("side", sa.Integer(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("class_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("way", sa.String(20), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("is_family", sa.Boolean(), nullable=False),
        sa.Column("noted_at", Moment(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.Column("taken_back_at", Moment(), nullable=True),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("count BETWEEN 1 AND 100000", name=op.f("ck_journal_entries_count")),
        sa.CheckConstraint(
            "NOT is_family OR (pair_id IS NOT NULL AND words = '')",
            name=op.f("ck_journal_entries_families_without_words"),
        ),
        sa.CheckConstraint("kind IN ('letter', 'call', 'visit', 'meeting')", name=op.f("ck_journal_entries_kind")),
        sa.CheckConstraint("(kind = 'letter') = (way IS NOT NULL)", name=op.f("ck_journal_entries_letters_have_a_way")),
        sa.CheckConstraint("side BETWEEN 0 AND 99", name=op.f("ck_journal_entries_side")),
        sa.CheckConstraint(
            "(taken_back_at IS NULL) = (taken_back_by_id IS NULL)",
            name=op.f("ck_journal_entries_taken_back_by_somebody"),
        ),
        sa.CheckConstraint("way IN ('sent', 'received')", name=op.f("ck_journal_entries_way")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["users.id"], name=op.f("fk_journal_entries_noted_by_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pairs.id"], name=op.f("fk_journal_entries_pair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["round_id"], ["pairing_rounds.id"], name=op.f("fk_journal_entries_round_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["taken_back_by_id"], ["users.id"], name=op.f("fk_journal_entries_taken_back_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entries")),
    )
    op.create_index(op.f("ix_journal_entries_pair_id"), "journal_entries", ["pair_id", "happened_on", "id"])
    op.create_index(op.f("ix_journal_entries_round_id"), "journal_entries", ["round_id", "id"])
    op.create_index(op.f("ix_journal_entries_round_id_happened_on"), "journal_entries", ["round_id", "happened_on"])


def _make_open_letters() -> None:
    op.create_table(
        "open_letters",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("typed_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("teacher_id", sa.Integer(), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("kind_word", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'handed_on') = (handed_on IS NOT NULL)", name=op.f("ck_open_letters_handed_on")),
        sa.CheckConstraint(
            "state = 'draft' OR (sent_at IS NOT NULL AND teacher_id IS NOT NULL)",
            name=op.f("ck_open_letters_sent_to_a_teacher"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'with_teacher', 'handed_on', 'returned')", name=op.f("ck_open_letters_state")
        ),
        sa.CheckConstraint("person_id <> reader_id", name=op.f("ck_open_letters_to_somebody_else")),
        sa.ForeignKeyConstraint(["pair_id"], ["pairs.id"], name=op.f("fk_open_letters_pair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_open_letters_person_id")),
        sa.ForeignKeyConstraint(["reader_id"], ["people.id"], name=op.f("fk_open_letters_reader_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["users.id"], name=op.f("fk_open_letters_teacher_id")),
        sa.ForeignKeyConstraint(["typed_by_id"], ["users.id"], name=op.f("fk_open_letters_typed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_letters")),
    )
    op.create_index(op.f("ix_open_letters_pair_id"), "open_letters", ["pair_id", "id"])
    op.create_index(op.f("ix_open_letters_person_id"), "open_letters", ["person_id", "id"])
    op.create_index(op.f("ix_open_letters_reader_id"), "open_letters", ["reader_id", "id"])
    op.create_index(op.f("ix_open_letters_teacher_id"), "open_letters", ["teacher_id", "state", "id"])
    where = sa.text("state = 'draft'")
    op.create_index(
        op.f("uq_open_letters_draft"),
        "open_letters",
        ["pair_id", "person_id", "reader_id", "typed_by_id"],
        unique=True,
        postgresql_where=where,
        sqlite_where=where,
    )


def _make_letter_worries() -> None:
    op.create_table(
        "letter_worries",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("told_at", Moment(), nullable=False),
        sa.Column("told_by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_letter_worries_answered_by_somebody")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("fk_letter_worries_answered_by_id")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["open_letters.id"], name=op.f("fk_letter_worries_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["told_by_id"], ["users.id"], name=op.f("fk_letter_worries_told_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_worries")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_letter_worries_letter_id")),
    )


def _make_letter_openings() -> None:
    op.create_table(
        "letter_openings",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["open_letters.id"], name=op.f("fk_letter_openings_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["opened_by_id"], ["users.id"], name=op.f("fk_letter_openings_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_openings")),
    )
    op.create_index(op.f("ix_letter_openings_letter_id"), "letter_openings", ["letter_id", "id"])


def _make_pair_endings() -> None:
    op.create_table(
        "pair_endings",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("is_early", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("noted_at", Moment(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.Column("taken_back_at", Moment(), nullable=True),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("NOT is_early OR reason <> ''", name=op.f("ck_pair_endings_early_with_a_reason")),
        sa.CheckConstraint(
            "(taken_back_at IS NULL) = (taken_back_by_id IS NULL)", name=op.f("ck_pair_endings_taken_back_by_somebody")
        ),
        sa.ForeignKeyConstraint(["noted_by_id"], ["users.id"], name=op.f("fk_pair_endings_noted_by_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pairs.id"], name=op.f("fk_pair_endings_pair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["taken_back_by_id"], ["users.id"], name=op.f("fk_pair_endings_taken_back_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_endings")),
    )
    op.create_index(op.f("ix_pair_endings_pair_id"), "pair_endings", ["pair_id"])
    where = sa.text("taken_back_at IS NULL")
    op.create_index(
        op.f("uq_pair_endings_current"),
        "pair_endings",
        ["pair_id"],
        unique=True,
        postgresql_where=where,
        sqlite_where=where,
    )


def _make_pair_substitutions() -> None:
    op.create_table(
        "pair_substitutions",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("left_id", sa.Integer(), nullable=False),
        sa.Column("new_pair_id", sa.Integer(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("noted_at", Moment(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("new_pair_id <> pair_id", name=op.f("ck_pair_substitutions_another_pair")),
        sa.ForeignKeyConstraint(
            ["left_id"], ["pairing_members.id"], name=op.f("fk_pair_substitutions_left_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["new_pair_id"], ["pairs.id"], name=op.f("fk_pair_substitutions_new_pair_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["noted_by_id"], ["users.id"], name=op.f("fk_pair_substitutions_noted_by_id")),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name=op.f("fk_pair_substitutions_pair_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_substitutions")),
    )
    op.create_index(op.f("ix_pair_substitutions_left_id"), "pair_substitutions", ["left_id"])
    op.create_index(op.f("ix_pair_substitutions_new_pair_id"), "pair_substitutions", ["new_pair_id"])
    op.create_index(op.f("ix_pair_substitutions_pair_id"), "pair_substitutions", ["pair_id"])


def _make_host_families() -> None:
    op.create_table(
        "host_families",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("guests", sa.String(20), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("visited_by", sa.String(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.Column("approved_at", Moment(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("is_approved = (approved_at IS NOT NULL)", name=op.f("ck_host_families_approved_at")),
        sa.CheckConstraint(
            "approved_by_id <> changed_by_id", name=op.f("ck_host_families_approved_by_a_second_person")
        ),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)", name=op.f("ck_host_families_approved_by_somebody")
        ),
        sa.CheckConstraint("capacity BETWEEN 1 AND 10", name=op.f("ck_host_families_capacity")),
        sa.CheckConstraint("guests IN ('girls', 'boys', 'any')", name=op.f("ck_host_families_guests")),
        sa.CheckConstraint(
            "NOT is_approved OR visited_on IS NOT NULL", name=op.f("ck_host_families_visited_before_approved")
        ),
        sa.CheckConstraint(
            "(visited_on IS NULL) = (visited_by = '')", name=op.f("ck_host_families_visited_by_somebody")
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["users.id"], name=op.f("fk_host_families_approved_by_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["users.id"], name=op.f("fk_host_families_changed_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("fk_host_families_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_families")),
        sa.UniqueConstraint("id", "is_approved", name=op.f("uq_host_families_id")),
    )
    op.create_index(op.f("ix_host_families_programme_id"), "host_families", ["programme_id", "id"])


def _make_host_adults() -> None:
    op.create_table(
        "host_adults",
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(checked_on IS NULL) = (checked_by = '')", name=op.f("ck_host_adults_checked_by_somebody")),
        sa.ForeignKeyConstraint(
            ["family_id"], ["host_families.id"], name=op.f("fk_host_adults_family_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_adults")),
    )
    op.create_index(op.f("ix_host_adults_family_id"), "host_adults", ["family_id"])


def _make_placements() -> None:
    op.create_table(
        "placements",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("family_is_approved", sa.Boolean(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("comes_on", sa.Date(), nullable=False),
        sa.Column("leaves_on", sa.Date(), nullable=False),
        sa.Column("placed_at", Moment(), nullable=False),
        sa.Column("placed_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (family_is_approved IS NOT NULL)", name=op.f("ck_placements_leans_while_it_lasts")
        ),
        sa.CheckConstraint("leaves_on >= comes_on", name=op.f("ck_placements_leaves_after_coming")),
        sa.CheckConstraint("family_is_approved", name=op.f("ck_placements_only_with_an_approved_family")),
        sa.ForeignKeyConstraint(
            ["family_id", "family_is_approved"],
            ["host_families.id", "host_families.is_approved"],
            name=op.f("fk_placements_approved_family"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_placements_person_id")),
        sa.ForeignKeyConstraint(["placed_by_id"], ["users.id"], name=op.f("fk_placements_placed_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("fk_placements_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placements")),
    )
    op.create_index(op.f("ix_placements_family_id"), "placements", ["family_id", "id"])
    op.create_index(op.f("ix_placements_person_id"), "placements", ["person_id"])
    op.create_index(op.f("ix_placements_programme_id"), "placements", ["programme_id", "id"])
    where = sa.text("ended_at IS NULL")
    op.create_index(
        op.f("uq_placements_current"),
        "placements",
        ["person_id", "programme_id"],
        unique=True,
        postgresql_where=where,
        sqlite_where=where,
    )
