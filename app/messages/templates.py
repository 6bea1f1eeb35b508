"""A unit's own words: written, taken back, never changed in what was sent already."""

from datetime import datetime

from sqlalchemy import select

from app.core.changes import note_change
from app.core.db import db
from app.core.languages import CHINESE, ENGLISH
from app.messages.models import MessageKind, MessageTemplate
from app.messages.plans import RECORD
from app.messages.wording import Words, built_in, template_words


def current_template(organisation_id: int, kind: MessageKind) -> MessageTemplate | None:
    """Return a unit's own words for a kind of message, None where those of the program hold."""
    theirs = (MessageTemplate.organisation_id == organisation_id) & (MessageTemplate.kind == kind)
    return db.session.scalar(select(MessageTemplate).where(theirs, MessageTemplate.replaced_at.is_(None)))


def current_templates(organisation_id: int) -> dict[MessageKind, MessageTemplate]:
    """Return all of a unit's own words, by kind."""
    theirs = select(MessageTemplate).where(
        MessageTemplate.organisation_id == organisation_id, MessageTemplate.replaced_at.is_(None)
    )
    return {template.kind: template for template in db.session.scalars(theirs)}


def words_now(template: MessageTemplate | None, kind: MessageKind, language: str) -> Words:
    """Return the words that hold now, the unit's own or those of the program."""
    return template_words(template, language) if template else built_in(kind, language)


def write_words(
    organisation_id: int, kind: MessageKind, chinese: Words, english: Words, *, by: int, at: datetime
) -> None:
    """Let a kind of message say something else from now on; the words that hold already change nothing.

    English that is left empty, or as it came, is that of the program.
    """
    before, known = current_template(organisation_id, kind), built_in(kind, ENGLISH)
    english = Words(*("" if typed == ours else typed for typed, ours in zip(english, known, strict=True)))
    held = Words(before.subject_en, before.body_en) if before else Words("", "")
    if (chinese, english) == (words_now(before, kind, CHINESE), held):
        return
    if before:
        before.replaced_at = at
        db.session.flush()
    template = MessageTemplate(organisation_id=organisation_id, kind=kind, made_at=at, made_by_id=by)
    template.subject_zh, template.body_zh = chinese
    template.subject_en, template.body_en = english
    db.session.add(template)
    db.session.flush()
    note_change(RECORD, organisation_id, "rewritten", by=by, at=at, kind=kind)


def restore_words(organisation_id: int, kind: MessageKind, *, by: int, at: datetime) -> None:
    """Say again what comes with the program; twice is once."""
    before = current_template(organisation_id, kind)
    if before:
        before.replaced_at = at
        note_change(RECORD, organisation_id, "restored", by=by, at=at, kind=kind)
