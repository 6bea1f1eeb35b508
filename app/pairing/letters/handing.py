"""What a teacher does with a letter: hand it on, or give it back with a kind word."""

import re
from datetime import datetime

from app.core.clock import local_day
from app.core.crypto import seal
from app.core.typed import half_width
from app.pairing.journal.problems import PairIsOver
from app.pairing.letters.models import SEALED_FOR, LetterState, OpenLetter
from app.pairing.letters.problems import NotWithTeacher
from app.pairing.letters.telling import tell_back, tell_here
from app.pairing.letters.writing import locked
from app.pairing.states import PairState

_NUMBER = re.compile(r"\d(?:[ -]?\d){5,}")
_WAYS = re.compile(r"微信|vx|wechat|qq|抖音|快手|加我|手机号|住址|地址", re.IGNORECASE)


def hand_on(letter_id: int, *, by: int, at: datetime) -> OpenLetter:
    """Hand a letter on: from now on its reader reads it, and the teacher no more.

    Raises `NotWithTeacher`, and `PairIsOver` for one to whoever is no partner any more.
    """
    letter = _with(letter_id, by)
    if letter.pair.state is not PairState.FORMED or not _are_partners(letter):
        raise PairIsOver
    letter.state, letter.handed_on, letter.changed_at = LetterState.HANDED_ON, local_day(at), at
    tell_here(letter, at=at)
    return letter


def give_back(letter_id: int, kind_word: str, *, by: int, at: datetime) -> OpenLetter:
    """Give a letter back to its writer with a kind word, to be written anew. Raises `NotWithTeacher`."""
    letter = _with(letter_id, by)
    letter.state, letter.kind_word, letter.changed_at = LetterState.RETURNED, seal(SEALED_FOR, kind_word), at
    tell_back(letter, at=at)
    return letter


def what_to_look_at(words: str) -> list[str]:
    """Return what in a letter may be a way to reach somebody: numbers, and words for them."""
    plain = half_width(words)
    return [found[0] for pattern in (_NUMBER, _WAYS) for found in pattern.finditer(plain)]


def _are_partners(letter: OpenLetter) -> bool:
    """Return whether both are still of the pair: a group goes on without whoever left it."""
    return {letter.writer_id, letter.reader_id} <= {one.person_id for one in letter.pair.members}


def _with(letter_id: int, teacher_id: int) -> OpenLetter:
    letter = locked(letter_id)
    if letter.state is not LetterState.WITH_TEACHER or letter.teacher_id != teacher_id:
        raise NotWithTeacher
    return letter
