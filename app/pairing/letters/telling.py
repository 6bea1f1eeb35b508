"""Telling whom a letter concerns: never what it says."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from app.core.clock import local_day
from app.core.db import db
from app.messages.models import MessageKind
from app.messages.sending import News, Reader, tell_all
from app.pairing.letters.models import LetterWorry, OpenLetter
from app.pairing.models import PairingRound
from app.people.models import ActsFor, Relation


def tell_teacher(letter: OpenLetter, *, at: datetime) -> None:
    """Tell the teacher that letters wait; once a day, however many they are."""
    one = _round_of(letter)
    news = News(MessageKind.LETTER_WAITS, one.host_id, {"event": one.title, "teacher": letter.teacher_id})
    day = local_day(at).isoformat()
    tell_all(news, own_readers([letter.teacher_id], f"letters-wait-{one.id}-{day}"), at=at)


def tell_here(letter: OpenLetter, *, at: datetime) -> None:
    """Tell somebody that there is a letter to read."""
    _tell(MessageKind.LETTER_HERE, letter, [letter.reader_id], at=at)


def tell_back(letter: OpenLetter, *, at: datetime) -> None:
    """Tell the writer that the teacher gave the letter back, with a kind word."""
    _tell(MessageKind.LETTER_BACK, letter, [letter.writer_id], at=at)


def tell_opened(letter: OpenLetter, *, at: datetime) -> None:
    """Tell both families that the letter was opened in an emergency."""
    _tell(MessageKind.LETTER_OPENED, letter, [letter.writer_id, letter.reader_id], at=at)


def tell_worry(worry: LetterWorry, protection_id: int, *, at: datetime) -> None:
    """Tell the protection contact at once, at any hour, that somebody is troubled by a letter."""
    one = _round_of(worry.letter)
    facts = {"event": one.title, "worry": worry.id}
    news = News(MessageKind.LETTER_WORRY, one.host_id, facts, is_urgent=True)
    tell_all(news, own_readers([protection_id], f"letter-worry-{worry.id}"), at=at)


def own_readers(user_ids: Iterable[int | None], once: str) -> list[Reader]:
    """Return the people that these accounts themselves are, each told once under a name."""
    ids = {one for one in user_ids if one is not None}
    own = select(ActsFor.person_id).where(ActsFor.user_id.in_(ids), ActsFor.relation == Relation.ONESELF)
    return [Reader(person_id, once=f"{once}-{person_id}") for person_id in db.session.scalars(own.order_by(ActsFor.id))]


def _tell(kind: MessageKind, letter: OpenLetter, person_ids: list[int], *, at: datetime) -> None:
    one = _round_of(letter)
    facts = {"event": one.title, "pair": letter.pair_id}
    tell_all(News(kind, one.host_id, facts), [Reader(person_id) for person_id in person_ids], at=at)


def _round_of(letter: OpenLetter) -> PairingRound:
    return letter.pair.round
