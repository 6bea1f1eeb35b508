"""Papers of programmes and agreements: taken in, sealed, handed out again."""

from datetime import datetime

from app.core.changes import note_change
from app.core.crypto import unseal_bytes
from app.core.db import db
from app.programmes.models import SEALED_FOR, Document
from app.questions.files import FileToKeep


def add_to_programme(programme_id: int, file: FileToKeep, *, is_public: bool, by: int, at: datetime) -> Document:
    """Keep a paper of a programme; a public one is on its page."""
    return _add(Document(programme_id=programme_id, is_public=is_public), "programme", programme_id, file, by, at)


def add_to_agreement(agreement_id: int, file: FileToKeep, *, by: int, at: datetime) -> Document:
    """Keep a paper of an agreement."""
    return _add(Document(agreement_id=agreement_id), "agreement", agreement_id, file, by, at)


def remove(document_id: int, *, by: int, at: datetime) -> None:
    """Delete a paper; a second time changes nothing."""
    document = db.session.get(Document, document_id)
    if document is None:
        return
    if document.programme_id is not None:
        note_change("programme", document.programme_id, "document_removed", by=by, at=at, name=document.name)
    if document.agreement_id is not None:
        note_change("agreement", document.agreement_id, "document_removed", by=by, at=at, name=document.name)
    db.session.delete(document)


def content_of(document: Document) -> bytes | None:
    """Return what a paper says, or None if it was sealed with a key that is no longer there."""
    return unseal_bytes(SEALED_FOR, document.content)


def _add(document: Document, record: str, record_id: int, file: FileToKeep, by: int, at: datetime) -> Document:
    document.name, document.media_type, document.content = file.name, file.media_type, file.sealed
    document.added_at, document.added_by_id = at, by
    db.session.add(document)
    db.session.flush()
    note_change(record, record_id, "document_added", by=by, at=at, name=file.name)
    return document
