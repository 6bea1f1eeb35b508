"""What organisers ask of everybody who takes part, and the answers."""

import sqlalchemy as sa
from alembic import op

from app.core.db import Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_QUESTION_CHECKS = {
    "kind": "kind IN ('text', 'choice', 'several', 'number', 'date', 'file', 'agreement')",
    "sensitive_is_optional": "NOT (is_sensitive AND is_required)",
    "sensitive_with_a_reason": "is_sensitive = (reason <> '')",
    "needs_an_answer": "(needs_id IS NULL) = (needs_answer = '')",
    "keep_days": "keep_days BETWEEN 1 AND 1095",
}


def upgrade() -> None:
    _make_questions()
    _make_answers()
    op.execute(
        "ALTER TABLE events ADD COLUMN question_set_id INTEGER "
        "CONSTRAINT fk_events_question_set_id REFERENCES question_sets (id)"
    )
    op.create_index(op.f("ix_events_question_set_id"), "events", ["question_set_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_events_question_set_id"), table_name="events")
    op.drop_column("events", "question_set_id")
    for table in ("answer_files", "answers", "answer_sheets", "questions", "question_sets"):
        op.drop_table(table)


def _make_questions() -> None:
    op.create_table(
        "question_sets",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("answers_until", Moment(), nullable=True),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_question_sets_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_sets")),
    )
    op.create_index(op.f("ix_question_sets_organisation_id"), "question_sets", ["organisation_id"])
    op.create_index(op.f("ix_question_sets_ends_at"), "question_sets", ["ends_at"])
    op.create_table(
        "questions",
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("choices", sa.String(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("needs_id", sa.Integer(), nullable=True),
        sa.Column("needs_answer", sa.String(), nullable=False),
        sa.Column("is_sensitive", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("archived_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_questions_{name}")) for name, rule in _QUESTION_CHECKS.items()),
        sa.ForeignKeyConstraint(["needs_id"], ["questions.id"], name=op.f("fk_questions_needs_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["set_id"], ["question_sets.id"], name=op.f("fk_questions_set_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index("ix_questions_set_id", "questions", ["set_id", "position"])
    op.create_index(op.f("ix_questions_needs_id"), "questions", ["needs_id"])


def _make_answers() -> None:
    op.create_table(
        "answer_sheets",
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=False),
        sa.Column("edited_at", Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("fk_answer_sheets_answered_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_answer_sheets_person_id")),
        sa.ForeignKeyConstraint(["set_id"], ["question_sets.id"], name=op.f("fk_answer_sheets_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_sheets")),
        sa.UniqueConstraint("set_id", "person_id", name=op.f("uq_answer_sheets_set_id_person_id")),
    )
    op.create_index(op.f("ix_answer_sheets_person_id"), "answer_sheets", ["person_id"])
    op.create_table(
        "answers",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_answers_question_id")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["answer_sheets.id"], name=op.f("fk_answers_sheet_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("sheet_id", "question_id", name=op.f("uq_answers_sheet_id_question_id")),
    )
    op.create_index(op.f("ix_answers_question_id"), "answers", ["question_id"])
    op.create_table(
        "answer_files",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_answer_files_answer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_files")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_answer_files_answer_id")),
    )
