"""Noting letters by class in one go, what was noted twice, and counting no letter twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.core.clock import local_day, now
from app.core.db import db, transact
from app.organisations.models import Organisation
from app.pairing.ending.operations import Why, end_early
from app.pairing.journal import operations as journal
from app.pairing.journal.models import EntryKind, JournalEntry, Way
from app.pairing.journal.operations import Group
from app.pairing.journal.problems import AlreadyNoted, NotPublishedYet, NotToday, PairIsOver
from app.pairing.journal.showing import counted_of
from app.pairing.journal.totals import pairs_of_year, report_words, totals_of_year
from app.pairing.models import Pair, PairingRound
from tests.after_rows import formed, handed_on, look_after, members_of, what
from tests.factories import Factory
from tests.pairing_rows import a_round


@pytest.fixture
def host(inside: Flask, make: Factory) -> Organisation:
    """The unit that pairs."""
    return make.organisation()


@pytest.fixture
def pair(host: Organisation, make: Factory) -> Pair:
    """A pair that has come about."""
    return formed(make, host)


def test_letters_of_a_class_are_one_line_and_count_once_on_whichever_side(
    pair: Pair, host: Organisation, make: Factory
) -> None:
    by, note = make.member(host).id, journal.note_group
    make.do(note, pair.round_id, Group(0, "清溪一中", "七年级（1）班"), what(), by=by, at=now())
    make.do(note, pair.round_id, Group(0, "清溪一中", "七年级（2）班"), what(count=40), by=by, at=now())
    make.do(note, pair.round_id, Group(1), what(way=Way.RECEIVED, count=85), by=by, at=now())
    make.do(note, pair.round_id, Group(0), what(way=Way.RECEIVED, count=30), by=by, at=now())
    counted = counted_of(db.session.get_one(PairingRound, pair.round_id))
    assert counted.totals.letters == 88 + 30
    (month,) = counted.months.values()
    assert (month["sent"], month["received"]) == (88, 115)


def test_letters_handed_on_here_count_beside_those_on_paper(pair: Pair, host: Organisation, make: Factory) -> None:
    teacher = make.member(host)
    look_after(make, pair.round_id, teacher, make.member(host))
    own, partner = members_of(make, pair.id)
    handed_on(make, own, partner, teacher)
    make.do(journal.note_group, pair.round_id, Group(0), what(count=2), by=teacher.id, at=now())
    assert counted_of(pair.round).totals.letters == 3
    assert counted_of(pair.round).totals.handed_on == 1


def test_exactly_the_same_is_refused_unless_it_is_said_to_be_another(
    pair: Pair, host: Organisation, make: Factory
) -> None:
    by = make.member(host).id
    make.do(journal.note_group, pair.round_id, Group(0), what(), by=by, at=now())
    with pytest.raises(AlreadyNoted):
        transact(journal.note_group, pair.round_id, Group(0), what(), by=make.member(host).id, at=now())
    make.do(journal.note_group, pair.round_id, Group(0), what(), is_another=True, by=by, at=now())
    assert counted_of(pair.round).totals.paper == 96


def test_what_was_taken_back_stays_and_counts_no_more(pair: Pair, host: Organisation, make: Factory) -> None:
    by = make.member(host).id
    entry = make.do(journal.note_group, pair.round_id, Group(0), what(), by=by, at=now())
    first = make.do(journal.take_back, entry.id, by=by, at=now()).taken_back_at
    assert make.do(journal.take_back, entry.id, by=by, at=now()).taken_back_at == first
    assert counted_of(pair.round).totals.paper == 0
    make.do(journal.note_group, pair.round_id, Group(0), what(count=49), by=by, at=now())
    assert counted_of(pair.round).totals.paper == 49


def test_days_before_publication_and_to_come_are_refused(pair: Pair, host: Organisation, make: Factory) -> None:
    by, today = make.member(host).id, local_day(now())
    for day in (today - timedelta(days=2), today + timedelta(days=1)):
        with pytest.raises(NotToday):
            transact(journal.note_group, pair.round_id, Group(0), replace(what(), happened_on=day), by=by, at=now())
    draft = a_round(make, host, by)
    with pytest.raises(NotPublishedYet):
        transact(journal.note_group, draft.id, Group(0), what(), by=by, at=now())


def test_a_family_notes_calls_without_words_and_no_letters(pair: Pair, make: Factory) -> None:
    own, _partner = members_of(make, pair.id)
    call = replace(what(EntryKind.CALL, None, 1), words="加我微信")
    entry = make.do(journal.note_own, own, call, by=make.user().id, at=now())
    assert (entry.words, entry.is_family) == ("", True)
    with pytest.raises(PairIsOver):
        transact(journal.note_own, own, what(), by=make.user().id, at=now())


def test_the_database_itself_keeps_words_out_of_what_families_note(pair: Pair, make: Factory) -> None:
    own, _partner = members_of(make, pair.id)
    entry = make.do(journal.note_own, own, what(EntryKind.CALL, None, 1), by=make.user().id, at=now())
    with pytest.raises(Exception, match="families_without_words"):
        transact(db.session.execute, update(JournalEntry).where(JournalEntry.id == entry.id).values(words="加我微信"))


def test_the_report_counts_the_year_and_whoever_was_parted_once(pair: Pair, host: Organisation, make: Factory) -> None:
    by, today = make.member(host).id, local_day(now())
    make.do(journal.note_group, pair.round_id, Group(0), what(), by=by, at=now())
    make.do(journal.note_pair, pair.id, 0, what(EntryKind.VISIT, None, 1), by=by, at=now())
    parted = formed(make, host, "郑爽", "冯远")
    make.do(end_early, parted.id, Why(today, "转学"), by=by, at=now())
    found = totals_of_year([host.id], today.year)
    assert (found.letters, found.visits) == (48, 1)
    assert totals_of_year([host.id], today.year - 1).letters == 0
    assert pairs_of_year([host.id], today.year) == 1
    with make.app.test_request_context():
        assert report_words(found, 1) == "结对1对、往来书信48封、互访1次"
