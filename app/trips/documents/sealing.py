"""What a travel document says, sealed and opened: opened for three lists and nowhere else."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select

from app.core.crypto import seal_bytes, unseal_bytes
from app.core.db import db
from app.people.models import Gender
from app.trips.documents.models import SEALED_FOR, TravelDocument
from app.trips.documents.numbers import DocumentKind


@dataclass(frozen=True)
class DocumentWords:
    """A travel document; number and name stand in no trace of an error."""

    kind: DocumentKind
    number: str = field(repr=False)
    name: str = field(repr=False)  # as on the document
    born_on: date = field(repr=False)
    gender: Gender | None = None


def sealed(words: DocumentWords) -> bytes:
    """Return a document as nobody without the key can read it."""
    told = {**vars(words), "born_on": words.born_on.isoformat()}
    return seal_bytes(SEALED_FOR, json.dumps(told, ensure_ascii=False).encode())


def opened(programme_id: int, people: Collection[int], adults: Collection[int]) -> dict[str, DocumentWords]:
    """Return the documents of some who travel: ``"p12"`` is a person, ``"a3"`` a grown-up of the trip.

    One that was sealed with a key that is no longer there is missing.
    """
    theirs = or_(TravelDocument.person_id.in_(people), TravelDocument.adult_id.in_(adults))
    columns = (TravelDocument.person_id, TravelDocument.adult_id, TravelDocument.sealed)
    rows = db.session.execute(select(*columns).where(TravelDocument.programme_id == programme_id, theirs))
    found = {f"p{row.person_id}" if row.person_id else f"a{row.adult_id}": _opened(row.sealed) for row in rows}
    return {who: words for who, words in found.items() if words}


def _opened(content: bytes) -> DocumentWords | None:
    told = unseal_bytes(SEALED_FOR, content)
    try:
        read = json.loads(told or b"")
    except ValueError:
        return None
    return DocumentWords(
        DocumentKind(read["kind"]),
        read["number"],
        read["name"],
        date.fromisoformat(read["born_on"]),
        Gender(read["gender"]) if read["gender"] else None,
    )
