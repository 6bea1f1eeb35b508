"""What can happen to what the operator says publicly."""

from datetime import datetime

from sqlalchemy import select

from app.core.changes import note_change, note_edit
from app.core.db import db
from app.site.models import SiteOperator, SiteText, TextKey, VerificationFile
from app.site.operator import Operator
from app.site.problems import FileNameTaken, TextChanged
from app.site.queries import Words, words_of

SITE, TEXT = "site", "site_text"  # in the change log
_ONLY = 1


def name_operator(operator: Operator, *, by: int, at: datetime) -> SiteOperator:
    """Write down who runs this site."""
    row = db.session.get(SiteOperator, _ONLY) or SiteOperator(id=_ONLY, name="", contact="")
    after = vars(operator)
    note_edit(SITE, _ONLY, {field: getattr(row, field) or "" for field in after}, after, by=by, at=at)
    for field, value in after.items():
        setattr(row, field, value)
    db.session.add(row)
    return row


def write_text(key: TextKey, language: str, body: str, *, by: int, at: datetime) -> None:
    """Say something else; it waits for a review anew. Saying the same again changes nothing."""
    words = words_of(key, language)
    if body != words.body:
        _say(words, body, "rewritten", by=by, at=at)


def restore_text(key: TextKey, language: str, *, by: int, at: datetime) -> None:
    """Say again what comes with the program."""
    words = words_of(key, language)
    if words.row and words.row.body is not None:
        _say(words, None, "restored", by=by, at=at)


def review_text(key: TextKey, language: str, digest: str, *, by: int, at: datetime) -> None:
    """Confirm the words with this digest as they are; twice is once. Raises `TextChanged`."""
    words = words_of(key, language)
    if words.digest != digest:
        raise TextChanged
    if not words.is_reviewed:
        row = _say(words, words.body, "reviewed", by=by, at=at)
        row.reviewed_at, row.reviewed_by_id = at, by


def add_file(name: str, content: str, *, by: int, at: datetime) -> VerificationFile:
    """Serve a small file at the root. Raises `FileNameTaken`."""
    if db.session.scalar(select(VerificationFile.id).where(VerificationFile.name == name)):
        raise FileNameTaken
    file = VerificationFile(name=name, content=content, added_at=at, added_by_id=by)
    db.session.add(file)
    note_change(SITE, _ONLY, "file_added", by=by, at=at, name=name)
    return file


def delete_file(file_id: int, *, by: int, at: datetime) -> None:
    """Serve it no longer; doing so twice is once."""
    file = db.session.get(VerificationFile, file_id)
    if file:
        db.session.delete(file)
        note_change(SITE, _ONLY, "file_deleted", by=by, at=at, name=file.name)


def _say(words: Words, body: str | None, what: str, *, by: int, at: datetime) -> SiteText:
    row = words.row or SiteText(key=words.key, language=words.language)
    row.body, row.updated_at, row.updated_by_id = body, at, by
    row.reviewed_at = row.reviewed_by_id = None
    db.session.add(row)
    db.session.flush()
    note_change(TEXT, row.id, what, by=by, at=at)
    return row
