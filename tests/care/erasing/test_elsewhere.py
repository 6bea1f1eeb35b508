"""A name goes from what others were told and announcements, from what was typed, and from a shared account."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import User
from app.announcements.operations import Words
from app.care.erasing.operations import PARENT, erase
from app.care.erasing.replaying import empty_the_log
from app.core.clock import now
from app.core.db import METADATA, db
from app.events.acts import decisions, undoing
from app.events.models import BulkActItem, WayIn
from app.messages.models import Announcement, Message
from app.people.models import Relation
from app.schooldesk.models import Transfer
from app.schooldesk.transfers.operations import Newcomer, ask
from tests import announced
from tests.care.canary import CANARY, PHONE, traces
from tests.factories import Factory, born

SAID = Words(f"请{CANARY}同学的同组人注意", f"{CANARY}的水杯落在车上了。")


@pytest.fixture
def url(inside: Flask) -> str:
    """Where the database is."""
    return str(inside.config["SQLALCHEMY_DATABASE_URI"])


def gone(make: Factory, person_id: int) -> None:
    """Erase somebody."""
    make.do(erase, person_id, by=None, at=now())
    empty_the_log()
    db.session.expire_all()


def test_others_read_what_they_were_told_without_the_name(make: Factory, url: str, tmp_path: Path) -> None:
    event = make.event()
    erased, other = (make.registration(event.slots[0], name=name, age=20) for name in (CANARY, "陈思远"))
    sent = announced.told(make, event, SAID)
    gone(make, erased.person_id)
    left = db.session.get_one(Announcement, sent)
    assert (left.subject, left.body) == ("请＊＊同学的同组人注意", "＊＊的水杯落在车上了。")
    assert db.session.scalar(select(func.count()).where(Message.person_id == other.person_id))
    assert traces(url, tmp_path) == []


def test_another_events_words_and_a_namesakes_messages_stay(make: Factory, inside: Flask) -> None:
    event, elsewhere = make.event(), make.event()
    erased, namesake = (make.registration(event.slots[0], name="王芳", age=20) for _one in range(2))
    make.registration(elsewhere.slots[0], name="陈思远", age=20)
    sent = announced.told(make, elsewhere, Words("王芳老师请注意", "好"))
    before = [dict(one.facts) for one in db.session.scalars(select(Message).order_by(Message.id))]
    gone(make, erased.person_id)
    assert db.session.get_one(Announcement, sent).subject == "王芳老师请注意"
    left = db.session.scalars(select(Message).where(Message.person_id == namesake.person_id)).all()
    assert [one.facts for one in left if one.facts in before] == [one.facts for one in left]


def test_an_account_goes_on_for_the_children_without_the_parents_name(make: Factory, url: str, tmp_path: Path) -> None:
    account = make.user(CANARY)
    parent = make.person(account, name=CANARY, age=40, relation=Relation.ONESELF)
    make.person(account, name="周小满")
    phone = account.phone
    gone(make, parent.id)
    left = db.session.get_one(User, account.id)
    assert (left.name, left.phone) == (PARENT, phone)
    assert traces(url, tmp_path) == []


def test_who_works_for_a_unit_keeps_the_name_at_work(make: Factory, inside: Flask) -> None:
    account = make.member(make.organisation(), user=make.user("苏小禾", PHONE))
    person = make.person(account, name="苏小禾", age=30, relation=Relation.ONESELF)
    gone(make, person.id)
    assert db.session.get_one(User, account.id).name == "苏小禾"


def test_what_a_school_typed_that_found_nobody_goes_too(make: Factory, url: str, tmp_path: Path) -> None:
    school, other = make.school(), make.school()
    make.school_class(other, "一班")
    person = make.person(name=CANARY, born_on=born(10))
    words = (Newcomer(CANARY, born(10), school.id, "一班"), Newcomer("何晨", born(10), school.id, "一班"))
    for one in words:
        make.do(ask, one, other.id, by=make.user().id, at=now())
    gone(make, person.id)
    assert db.session.scalars(select(Transfer.name)).all() == ["何晨"]
    assert traces(url, tmp_path) == []


def test_an_act_on_several_keeps_no_reason_and_can_still_be_taken_back(make: Factory, url: str, tmp_path: Path) -> None:
    event = make.event(way_in=WayIn.APPROVAL)
    places = [make.registration(event.slots[0], name=name, age=20) for name in (CANARY, "陈思远")]
    by = make.user().id
    act = make.do(decisions.refuse, event.id, [one.id for one in places], f"{CANARY}来过了", "key", by=by, at=now())
    gone(make, places[0].person_id)
    items = db.session.scalars(select(BulkActItem).order_by(BulkActItem.registration_id)).all()
    assert [bool(one.before) for one in items] == [False, True]
    make.do(undoing.undo, act.id, by=by, at=now())
    assert traces(url, tmp_path) == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_every_table_with_a_name_that_was_typed_is_thought_of(inside: Flask) -> None:
    typed = {
        table.name
        for table in METADATA.sorted_tables
        if "person_id" in table.c and table.c.person_id.nullable and {"name", "born_on"} & set(table.c.keys())
    }
    assert typed == {"transfers"}
