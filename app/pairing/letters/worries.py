"""「我看了不舒服」: from the reader to the protection contact, with the letter; and what became of it."""

from datetime import datetime

from sqlalchemy import Select, select

from app.accounts.models import User
from app.core.access import Principal
from app.core.changes import note_change
from app.core.crypto import seal, unseal
from app.core.db import db
from app.pairing.letters.models import SEALED_FOR, Aftercare, LetterState, LetterWorry, OpenLetter
from app.pairing.letters.problems import LetterGone
from app.pairing.letters.readers import protection_of, rounds_helped_in
from app.pairing.letters.telling import tell_worry
from app.pairing.letters.writing import locked
from app.pairing.models import Pair

RECORD = "letter_worry"


def worry(letter_id: int, words: str, *, by: int, at: datetime) -> LetterWorry:
    """Turn to the protection contact; until it is answered nobody writes in this pair. A second time adds nothing.

    Raises `LetterGone` for a letter that nobody has handed on.
    """
    letter = locked(letter_id)
    if letter.state is not LetterState.HANDED_ON:
        raise LetterGone
    there = db.session.scalar(select(LetterWorry).where(LetterWorry.letter_id == letter_id))
    if there is not None:
        return there
    told = LetterWorry(letter_id=letter_id, told_at=at, told_by_id=by)
    told.words = seal(SEALED_FOR, words) if words else None
    told.letter = letter
    db.session.add(told)
    db.session.flush()
    contact = protection_of(letter.pair.round_id)
    if contact is not None:
        tell_worry(told, contact.id, at=at)
    note_change(RECORD, told.id, "told", by=by, at=at)
    return told


def answer(worry_id: int, words: str, *, by: int, at: datetime) -> LetterWorry:
    """Say what was done, so that the pair may write again; a second time changes nothing."""
    told = db.session.get_one(LetterWorry, worry_id, with_for_update={"of": LetterWorry}, populate_existing=True)
    if told.answered_at is None:
        told.answered_at, told.answered_by_id, told.answer = at, by, words
        note_change(RECORD, told.id, "answered", by=by, at=at)
    return told


def worries_for(principal: Principal) -> Select[LetterWorry]:
    """Return what one is told as the protection contact of a round: as long as one is, and works there."""
    found = select(LetterWorry).join(LetterWorry.letter).join(Pair, Pair.id == OpenLetter.pair_id)
    care = found.join(Aftercare, Aftercare.round_id == Pair.round_id)
    return care.where(Aftercare.protection_id == principal.actor, Pair.round_id.in_(rounds_helped_in(principal.actor)))


def contact_for(letter: OpenLetter) -> User | None:
    """Return whom the reader of a letter can turn to."""
    return protection_of(letter.pair.round_id)


def said_in(told: LetterWorry) -> str:
    """Return what the reader added."""
    return (unseal(SEALED_FOR, told.words) or "") if told.words else ""
