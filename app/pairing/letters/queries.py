"""Who finds which letters: families their own, a teacher what waits, the organiser that there are some."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.core.access import Principal, Role
from app.core.db import db
from app.pairing.letters.models import LetterOpening, LetterReader, LetterState, LetterWorry, OpenLetter
from app.pairing.letters.readers import rounds_helped_in
from app.pairing.models import Pair, PairingMember, PairingRound
from app.people.models import ActsFor, Relation

PAGE = 50
SHOWN = 20  # letters of one pair on one page


def family(user_id: int) -> Select[int]:
    """Return who an account is, or is the parent of; not who comes along as a friend."""
    close = ActsFor.relation.in_([Relation.ONESELF, Relation.CHILD])
    return select(ActsFor.person_id).where(ActsFor.user_id == user_id, close)


def family_of(user_id: int) -> frozenset[int]:
    """Return the same as numbers."""
    return frozenset(db.session.scalars(family(user_id)))


def pairs_with_letters(user_id: int) -> Select[Pair]:
    """Return the pairs of one's family whose letters one reads: those that came about, also once their time is over."""
    own = select(PairingMember.pair_id).where(PairingMember.person_id.in_(family(user_id)))
    return select(Pair).where(Pair.id.in_(own), Pair.formed_at.is_not(None))


def letters_written(user_id: int) -> Select[OpenLetter]:
    """Return the letters that one's family wrote; a draft is there for the account alone that typed it."""
    typed = or_(OpenLetter.state != LetterState.DRAFT, OpenLetter.typed_by_id == user_id)
    return select(OpenLetter).where(OpenLetter.writer_id.in_(family(user_id)), typed)


def letters_received(user_id: int) -> Select[OpenLetter]:
    """Return the letters to one's family that a teacher has handed on."""
    to_us = (OpenLetter.reader_id.in_(family(user_id)), OpenLetter.state == LetterState.HANDED_ON)
    return select(OpenLetter).where(*to_us)


def unfinished_of(user_id: int, pair_id: int) -> OpenLetter | None:
    """Return the draft of an account in a pair, else the letter that was given back."""
    unfinished = OpenLetter.state.in_([LetterState.DRAFT, LetterState.RETURNED])
    own = letters_written(user_id).where(OpenLetter.pair_id == pair_id, unfinished)
    return db.session.scalar(own.order_by(OpenLetter.state, OpenLetter.id).limit(1))


def letters_of_pair(user_id: int, pair_id: int, after: int | None) -> tuple[Sequence[OpenLetter], int | None]:
    """Return a page of both of one pair, the latest first, and after which the next one starts."""
    ours = (query(user_id).with_only_columns(OpenLetter.id) for query in (letters_written, letters_received))
    own = select(OpenLetter).where(OpenLetter.pair_id == pair_id, or_(*(OpenLetter.id.in_(ids) for ids in ours)))
    return _page(own.options(joinedload(OpenLetter.teacher)), after, SHOWN)


def letters_of_child(person_id: int, pair_id: int, after: int | None) -> tuple[Sequence[OpenLetter], int | None]:
    """Return a page of what somebody wrote in a pair, drafts aside, and of what was handed on to them, the latest
    first, and after which the next one starts."""
    own = select(OpenLetter).where(OpenLetter.pair_id == pair_id, _is_of(person_id))
    whole = own.options(joinedload(OpenLetter.writer), joinedload(OpenLetter.reader))
    return _page(whole, after, SHOWN)


def pairs_with_letters_of(person_id: int) -> Select[int]:
    """Return in which pairs somebody has such letters."""
    return select(OpenLetter.pair_id).where(_is_of(person_id))


def letters_to_hand_on(principal: Principal) -> Select[OpenLetter]:
    """Return what waits with a teacher who still works there, and nothing else: what is handed on is not for teachers
    any more."""
    waiting = (OpenLetter.teacher_id == principal.actor, OpenLetter.state == LetterState.WITH_TEACHER)
    pairs = select(Pair.id).where(Pair.round_id.in_(rounds_helped_in(principal.actor)))
    return select(OpenLetter).where(*waiting, OpenLetter.pair_id.in_(pairs))


def letters_run_by(principal: Principal) -> Select[OpenLetter]:
    """Return the letters of the rounds of the hosts somebody works for, drafts aside: that they are, not what they
    say."""
    own = PairingRound.host_id.in_(principal.units(Role.STAFF))
    found = select(OpenLetter).join(Pair, Pair.id == OpenLetter.pair_id).join(PairingRound)
    return found.where(own, OpenLetter.state != LetterState.DRAFT)


def readers_run_by(principal: Principal) -> Select[LetterReader]:
    """Return who hands letters on in the rounds of the hosts somebody works for."""
    own = PairingRound.host_id.in_(principal.units(Role.STAFF))
    return select(LetterReader).join(LetterReader.round).where(own)


def page_of_round(principal: Principal, round_id: int, after: int | None) -> tuple[Sequence[OpenLetter], int | None]:
    """Return a page of a round's letters, the latest first, and after which the next one starts."""
    own = letters_run_by(principal).where(Pair.round_id == round_id)
    return _page(own.options(joinedload(OpenLetter.pair), joinedload(OpenLetter.teacher)), after, PAGE)


def openings_of(letter_ids: Collection[int]) -> dict[int, list[LetterOpening]]:
    """Return when which letter was opened in an emergency."""
    found: dict[int, list[LetterOpening]] = {}
    for one in db.session.scalars(select(LetterOpening).where(LetterOpening.letter_id.in_(letter_ids))):
        found.setdefault(one.letter_id, []).append(one)
    return found


def worried_in(letter_ids: Collection[int]) -> dict[int, LetterWorry]:
    """Return about which letters somebody has turned to the protection contact."""
    found = db.session.scalars(select(LetterWorry).where(LetterWorry.letter_id.in_(letter_ids)))
    return {one.letter_id: one for one in found}


def states_of(round_id: int) -> dict[LetterState, int]:
    """Return how many letters of a round are in which state, drafts aside."""
    counted = select(OpenLetter.state, func.count()).join(Pair, Pair.id == OpenLetter.pair_id)
    counted = counted.where(Pair.round_id == round_id, OpenLetter.state != LetterState.DRAFT)
    rows = db.session.execute(counted.group_by(OpenLetter.state)).all()
    return {row[0]: row[1] for row in rows}


def _is_of(person_id: int) -> ColumnElement[bool]:
    wrote = (OpenLetter.writer_id == person_id) & (OpenLetter.state != LetterState.DRAFT)
    received = (OpenLetter.reader_id == person_id) & (OpenLetter.state == LetterState.HANDED_ON)
    return or_(wrote, received)


def _page(wanted: Select[OpenLetter], after: int | None, size: int) -> tuple[Sequence[OpenLetter], int | None]:
    if after:
        wanted = wanted.where(OpenLetter.id < after)
    found = db.session.scalars(wanted.order_by(OpenLetter.id.desc()).limit(size + 1)).all()
    return found[:size], found[size - 1].id if len(found) > size else None
