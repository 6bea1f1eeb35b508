"""Writing to one's partner: kept as a draft, given to the teacher, taken back while the teacher has it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from app.accounts.models import User
from app.core.crypto import seal, unseal
from app.core.db import db
from app.pairing.letters.models import SEALED_FOR, LetterReader, LetterState, LetterWorry, OpenLetter
from app.pairing.letters.problems import LetterGone, NotOpenForLetters
from app.pairing.letters.readers import protection_of, reader_for, readers_at_work
from app.pairing.letters.telling import tell_teacher
from app.pairing.models import Pair, PairingMember
from app.pairing.states import PairState

MOST = 3000  # characters
UNFINISHED = (LetterState.DRAFT, LetterState.RETURNED)


@dataclass(frozen=True)
class Hands:
    """Through whose hands a letter goes: the teacher who reads it first, and whom its reader can turn to."""

    reader: LetterReader
    protection: User


def hands_of(member: PairingMember) -> Hands | None:
    """Return through whose hands somebody's letters go; None while none can be written.

    There are none without a teacher and a protection contact, outside of a pair, and while a letter is looked into.
    """
    pair = db.session.get_one(Pair, member.pair_id) if member.pair_id else None
    protection, reader = protection_of(member.round_id), reader_for(member, readers_at_work(member.round_id))
    if pair is None or pair.state is not PairState.FORMED or reader is None or protection is None:
        return None
    return None if _is_looked_into(pair.id) else Hands(reader, protection)


def teacher_of(member: PairingMember) -> str:
    """Return the name of the teacher to whom somebody's letters come first; "" where there is none yet."""
    reader = reader_for(member, readers_at_work(member.round_id))
    return reader.user.name if reader else ""


def keep(member_id: int, partner_id: int, words: str, *, by: int, at: datetime) -> OpenLetter:
    """Keep what an account has typed so far: in its draft to this partner, else in the letter that was given back, else
    in a new draft. Raises `NotOpenForLetters`."""
    member, partner = _both(member_id, partner_id)
    letter = _unfinished(member, partner, by) or _new(member, partner)
    letter.words, letter.typed_by_id, letter.changed_at = seal(SEALED_FOR, words), by, at
    db.session.add(letter)
    db.session.flush()
    return letter


def hand_in(member_id: int, partner_id: int, words: str, *, by: int, at: datetime) -> OpenLetter:
    """Give it to the teacher, who hands it on. Raises `NotOpenForLetters`."""
    letter = keep(member_id, partner_id, words, by=by, at=at)
    hands = hands_of(db.session.get_one(PairingMember, member_id))
    if hands is None:
        raise NotOpenForLetters
    letter.state, letter.sent_at, letter.teacher_id = LetterState.WITH_TEACHER, at, hands.reader.user_id
    letter.kind_word = None
    tell_teacher(letter, at=at)
    return letter


def take_back(letter_id: int, *, by: int, at: datetime) -> OpenLetter:
    """Take a letter back that the teacher still has: it is a draft again. Raises `LetterGone`."""
    letter = locked(letter_id)
    if letter.state is not LetterState.WITH_TEACHER or _has_draft(letter, by):
        raise LetterGone
    letter.state, letter.changed_at, letter.typed_by_id = LetterState.DRAFT, at, by
    return letter


def drop(letter_id: int) -> None:
    """Throw a draft away. Raises `LetterGone`."""
    letter = locked(letter_id)
    if letter.state not in UNFINISHED:
        raise LetterGone
    db.session.delete(letter)


def words_of(letter: OpenLetter) -> str:
    """Return what a letter says; "" where the key is lost."""
    return unseal(SEALED_FOR, letter.words) or ""


def kind_word_of(letter: OpenLetter) -> str:
    """Return what the teacher wrote who returned it."""
    return (unseal(SEALED_FOR, letter.kind_word) or "") if letter.kind_word else ""


def locked(letter_id: int) -> OpenLetter:
    """Return a letter that is about to be changed."""
    return db.session.get_one(OpenLetter, letter_id, with_for_update={"of": OpenLetter}, populate_existing=True)


def _both(member_id: int, partner_id: int) -> tuple[PairingMember, PairingMember]:
    member, partner = (db.session.get_one(PairingMember, one) for one in (member_id, partner_id))
    is_pair = member.id != partner.id and member.pair_id is not None and member.pair_id == partner.pair_id
    if not is_pair or hands_of(member) is None:
        raise NotOpenForLetters
    return member, partner


def _unfinished(member: PairingMember, partner: PairingMember, by: int) -> OpenLetter | None:
    own = (OpenLetter.pair_id == member.pair_id, OpenLetter.writer_id == member.person_id)
    draft = (OpenLetter.state == LetterState.DRAFT) & (OpenLetter.typed_by_id == by)
    unfinished = or_(draft, OpenLetter.state == LetterState.RETURNED)
    mine = select(OpenLetter).where(*own, OpenLetter.reader_id == partner.person_id, unfinished)
    return db.session.scalar(mine.order_by(OpenLetter.state, OpenLetter.id).limit(1).with_for_update(of=OpenLetter))


def _new(member: PairingMember, partner: PairingMember) -> OpenLetter:
    people = {"writer_id": member.person_id, "reader_id": partner.person_id}
    return OpenLetter(pair_id=member.pair_id, state=LetterState.DRAFT, **people)


def _has_draft(letter: OpenLetter, by: int) -> bool:
    two = (OpenLetter.writer_id == letter.writer_id, OpenLetter.reader_id == letter.reader_id)
    own = (OpenLetter.state == LetterState.DRAFT, OpenLetter.typed_by_id == by)
    there = select(OpenLetter.id).where(OpenLetter.pair_id == letter.pair_id, *two, *own)
    return db.session.scalar(there.limit(1)) is not None


def _is_looked_into(pair_id: int) -> bool:
    worried = select(LetterWorry.id).join(LetterWorry.letter)
    return (
        db.session.scalar(worried.where(OpenLetter.pair_id == pair_id, LetterWorry.answered_at.is_(None)).limit(1))
        is not None
    )
