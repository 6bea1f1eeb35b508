"""A letter's way: kept, given to the teacher, handed on or given back; and who reads it when."""

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from app.accounts.models import User
from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db, transact
from app.messages.models import Message, MessageKind
from app.organisations.models import Organisation
from app.pairing.accepting.rearranging import end_pair
from app.pairing.journal.operations import Group
from app.pairing.journal.problems import PairIsOver
from app.pairing.letters import handing, opening, queries, readers, worries, writing
from app.pairing.letters.models import LetterState, OpenLetter
from app.pairing.letters.problems import (
    LetterGone,
    NobodySuchWorksHere,
    NotHandedOn,
    NotOpenForLetters,
    NotWithTeacher,
)
from app.pairing.letters.readers import Checked
from app.pairing.models import Pair
from tests.after_rows import LETTER, formed, handed_on, look_after, members_of
from tests.factories import Factory


@pytest.fixture
def host(inside: Flask, make: Factory) -> Organisation:
    """The unit that pairs."""
    return make.organisation()


@pytest.fixture
def pair(host: Organisation, make: Factory) -> Pair:
    """A pair that has come about."""
    return formed(make, host)


@pytest.fixture
def teacher(host: Organisation, pair: Pair, make: Factory) -> User:
    """Who hands letters on."""
    teacher = make.member(host)
    look_after(make, pair.round_id, teacher, make.member(host))
    return teacher


@pytest.fixture
def two(pair: Pair, make: Factory) -> tuple[int, int]:
    """The members of the pair."""
    return members_of(make, pair.id)


def told(kind: MessageKind) -> list[int]:
    """Return who was told something of a kind."""
    return list(db.session.scalars(select(Message.person_id).where(Message.kind == kind).order_by(Message.id)))


def test_no_letter_without_a_teacher_and_somebody_to_turn_to(
    pair: Pair, two: tuple[int, int], host: Organisation, make: Factory
) -> None:
    by = make.user().id
    with pytest.raises(NotOpenForLetters):
        transact(writing.keep, *two, LETTER, by=by, at=now())
    make.do(readers.name_reader, pair.round_id, Group(0), make.member(host).id, Checked(), by=by, at=now())
    with pytest.raises(NotOpenForLetters):
        transact(writing.hand_in, *two, LETTER, by=by, at=now())
    make.do(readers.settle, pair.round_id, make.member(host).id, 30, by=by, at=now())
    assert make.do(writing.hand_in, *two, LETTER, by=by, at=now()).state is LetterState.WITH_TEACHER


def test_what_is_written_is_sealed_and_the_same_draft_goes_on(
    two: tuple[int, int], teacher: User, make: Factory
) -> None:
    by = make.user().id
    first = make.do(writing.keep, *two, "你好", by=by, at=now())
    again = make.do(writing.keep, *two, LETTER, by=by, at=now())
    assert first.id == again.id
    assert writing.words_of(again) == LETTER
    stored = db.session.execute(text("SELECT words FROM open_letters")).scalar_one()
    assert "画画" not in stored


def test_a_letter_is_handed_on_once_and_its_reader_is_told(
    pair: Pair, two: tuple[int, int], teacher: User, make: Factory
) -> None:
    letter = make.do(writing.hand_in, *two, LETTER, by=make.user().id, at=now())
    with pytest.raises(NotWithTeacher):
        transact(handing.hand_on, letter.id, by=make.user().id, at=now())
    handed = make.do(handing.hand_on, letter.id, by=teacher.id, at=now())
    assert handed.handed_on is not None
    assert told(MessageKind.LETTER_HERE) == [letter.reader_id]
    with pytest.raises(NotWithTeacher):
        transact(handing.hand_on, letter.id, by=teacher.id, at=now())
    with pytest.raises(LetterGone):
        transact(writing.take_back, letter.id, by=make.user().id, at=now())


def test_a_letter_given_back_is_written_anew_and_the_kind_word_goes(
    two: tuple[int, int], teacher: User, make: Factory
) -> None:
    by = make.user().id
    letter = make.do(writing.hand_in, *two, "我的电话 13800138000", by=by, at=now())
    assert handing.what_to_look_at(writing.words_of(letter)) == ["13800138000"]
    back = make.do(handing.give_back, letter.id, "写得真好，只是请不要写电话。", by=teacher.id, at=now())
    assert writing.kind_word_of(back) == "写得真好，只是请不要写电话。"
    again = make.do(writing.hand_in, *two, LETTER, by=by, at=now())
    assert (again.id, again.state, again.kind_word) == (letter.id, LetterState.WITH_TEACHER, None)


def test_a_letter_is_taken_back_while_the_teacher_has_it(two: tuple[int, int], teacher: User, make: Factory) -> None:
    by = make.user().id
    letter = make.do(writing.hand_in, *two, LETTER, by=by, at=now())
    assert make.do(writing.take_back, letter.id, by=by, at=now()).state is LetterState.DRAFT
    with pytest.raises(NotWithTeacher):
        transact(handing.hand_on, letter.id, by=teacher.id, at=now())
    make.do(writing.drop, letter.id)
    assert db.session.scalar(select(OpenLetter.id)) is None


def test_to_whom_is_no_partner_any_more_nothing_is_handed_on(
    pair: Pair, two: tuple[int, int], teacher: User, make: Factory
) -> None:
    letter = make.do(writing.hand_in, *two, LETTER, by=make.user().id, at=now())
    make.do(end_pair, pair.id, by=make.user().id, at=now())
    with pytest.raises(PairIsOver):
        transact(handing.hand_on, letter.id, by=teacher.id, at=now())


def test_who_reads_badly_reaches_the_protection_contact_and_nobody_writes_until_then(
    pair: Pair, two: tuple[int, int], teacher: User, make: Factory
) -> None:
    own, partner = two
    letter = handed_on(make, own, partner, teacher)
    worry = make.do(worries.worry, letter.id, "我有点害怕", by=make.user().id, at=now())
    assert make.do(worries.worry, letter.id, "", by=make.user().id, at=now()).id == worry.id
    with pytest.raises(NotOpenForLetters):
        transact(writing.keep, *two, LETTER, by=make.user().id, at=now())
    make.do(worries.answer, worry.id, "都谈过了", by=make.user().id, at=now())
    assert make.do(writing.keep, *two, LETTER, by=make.user().id, at=now()).state is LetterState.DRAFT


def test_an_emergency_opening_is_logged_and_both_families_are_told(
    pair: Pair, two: tuple[int, int], teacher: User, make: Factory
) -> None:
    waiting = make.do(writing.hand_in, *two, LETTER, by=make.user().id, at=now())
    by = make.user().id
    with pytest.raises(NotHandedOn):
        transact(opening.open_in_emergency, waiting.id, "好奇", by=by, at=now())
    letter = make.do(handing.hand_on, waiting.id, by=teacher.id, at=now())
    assert make.do(opening.open_in_emergency, letter.id, "孩子联系不上", by=by, at=now()) == LETTER
    entry = db.session.scalars(select(AccessEntry).where(AccessEntry.record == "open_letter")).one()
    assert (entry.action, entry.people, entry.purpose, entry.user_id) == ("unmask", 2, "孩子联系不上", by)
    assert sorted(told(MessageKind.LETTER_OPENED)) == sorted([letter.writer_id, letter.reader_id])
    assert [one.opened_by_id for one in queries.openings_of([letter.id])[letter.id]] == [by]


def test_what_waits_goes_to_the_teacher_of_now(
    pair: Pair, two: tuple[int, int], teacher: User, host: Organisation, make: Factory
) -> None:
    letter = make.do(writing.hand_in, *two, LETTER, by=make.user().id, at=now())
    new = make.member(host)
    make.do(readers.name_reader, pair.round_id, Group(0), new.id, Checked(), by=make.user().id, at=now())
    assert make.do(handing.hand_on, letter.id, by=new.id, at=now()).state is LetterState.HANDED_ON


def test_a_stranger_hands_nothing_on(pair: Pair, make: Factory) -> None:
    stranger = make.member(make.organisation())
    with pytest.raises(NobodySuchWorksHere):
        transact(readers.name_reader, pair.round_id, Group(0), stranger.id, Checked(), by=stranger.id, at=now())
    with pytest.raises(NobodySuchWorksHere):
        transact(readers.settle, pair.round_id, stranger.id, 30, by=stranger.id, at=now())


def test_the_database_itself_keeps_a_letter_from_being_handed_on_without_a_day(
    two: tuple[int, int], teacher: User, make: Factory
) -> None:
    letter = make.do(writing.hand_in, *two, LETTER, by=make.user().id, at=now())
    wrong = update(OpenLetter).where(OpenLetter.id == letter.id).values(state=LetterState.HANDED_ON)
    with pytest.raises(Exception, match="handed_on"):
        transact(db.session.execute, wrong)
