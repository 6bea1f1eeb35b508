"""What a message says: in the reader's language, in the words of its unit or of the program, from frozen facts."""

import pytest
from flask import Flask
from sqlalchemy import update

from app.core.clock import now
from app.core.db import db
from app.core.languages import CHINESE, ENGLISH
from app.events.models import Event, Registration
from app.messages import templates
from app.messages.models import MessageKind
from app.messages.sending import News, Reader, tell, tell_all
from app.messages.wording import Words, worded
from tests.factories import Factory
from tests.letters import letters, own_words, said

REGISTERED = MessageKind.REGISTERED


def rename(event_id: int, title: str) -> None:
    """Call an event something else; an operation."""
    db.session.execute(update(Event).where(Event.id == event_id).values(title=title))


def test_a_message_speaks_the_language_of_whoever_reads_it(inside: Flask, make: Factory) -> None:
    person = make.registration(name="林晓雨").person_id
    assert said(person, REGISTERED, CHINESE).subject == "报名成功：古镇文化交流日"
    assert said(person, REGISTERED, ENGLISH).subject == "You are in: 古镇文化交流日"
    assert "林晓雨" in said(person, REGISTERED).body


def test_its_link_leads_to_the_code_also_where_nobody_asks_for_a_page(inside: Flask, make: Factory) -> None:
    registration = make.registration()
    address = f"{inside.config['PUBLIC_URL']}/registrations/{registration.id}"
    assert address in said(registration.person_id, REGISTERED).body.splitlines()


def test_facts_are_frozen(inside: Flask, make: Factory) -> None:
    registration = make.registration()
    make.do(rename, db.session.get_one(Registration, registration.id).slot.event_id, "改了名")
    assert "古镇文化交流日" in said(registration.person_id, REGISTERED).subject


def test_own_words_hold_from_then_on_and_old_messages_read_as_they_did(inside: Flask, make: Factory) -> None:
    event = make.event()
    before = make.registration(event.slots[0]).person_id
    own_words(make, event.host, REGISTERED, "来啦，{姓名}")
    between = make.registration(event.slots[0], name="陈思远").person_id
    own_words(make, event.host, REGISTERED, "又换了")
    after = make.registration(event.slots[0]).person_id
    subjects = [said(person, REGISTERED).subject for person in (before, between, after)]
    assert subjects == ["报名成功：古镇文化交流日", "来啦，陈思远", "又换了"]


def test_english_that_a_unit_left_out_is_that_of_the_program(inside: Flask, make: Factory) -> None:
    event = make.event()
    own_words(make, event.host, REGISTERED, "来啦")
    person = make.registration(event.slots[0]).person_id
    assert said(person, REGISTERED, ENGLISH).subject.startswith("You are in: ")


def test_words_of_another_unit_and_words_taken_back_do_not_hold(inside: Flask, make: Factory) -> None:
    event = make.event()
    own_words(make, make.organisation(), REGISTERED, "别人的话")
    own_words(make, event.host, REGISTERED, "来啦")
    make.do(templates.restore_words, event.host_id, REGISTERED, by=make.user().id, at=now())
    make.do(templates.restore_words, event.host_id, REGISTERED, by=make.user().id, at=now())
    assert said(make.registration(event.slots[0]).person_id, REGISTERED).subject.startswith("报名成功")


def test_many_who_are_told_the_same_get_the_words_of_the_unit_too(inside: Flask, make: Factory) -> None:
    unit, people = make.organisation(), [make.person(name=name).id for name in ("林晓雨", "陈思远")]
    own_words(make, unit, MessageKind.THANKS, "谢谢{姓名}")
    make.do(tell_all, News(MessageKind.THANKS, unit.id), [Reader(one) for one in people], at=now())
    assert [said(one, MessageKind.THANKS).subject for one in people] == ["谢谢林晓雨", "谢谢陈思远"]


def test_an_announcement_says_what_was_typed(inside: Flask, make: Factory) -> None:
    facts = {"subject": "带伞\n来", "body": "{姓名}也带。\n谢谢"}
    person = make.person().id
    make.do(tell, News(MessageKind.ANNOUNCEMENT, make.organisation().id, facts), Reader(person), at=now())
    assert said(person, MessageKind.ANNOUNCEMENT) == Words("带伞 来", "{姓名}也带。\n谢谢")


def test_a_subject_is_one_line_whatever_its_facts_are(inside: Flask, make: Factory) -> None:
    facts = {"event": "文化日\nBcc: somebody@example.com"}
    person = make.person().id
    make.do(tell, News(REGISTERED, make.organisation().id, facts), Reader(person), at=now())
    assert "\n" not in said(person, REGISTERED).subject


def test_nobody_is_told_twice_under_one_name(inside: Flask, make: Factory) -> None:
    news, person = News(MessageKind.THANKS, make.organisation().id), make.person().id
    counts = [make.do(tell_all, news, [Reader(person, once="thanks:1")], at=now()) for _ in range(2)]
    assert counts == [1, 0]
    assert len(letters(person)) == 1


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_a_message_without_any_facts_still_says_something(inside: Flask, make: Factory, language: str) -> None:
    person, unit = make.person().id, make.organisation().id
    for kind in MessageKind:
        make.do(tell, News(kind, unit, {"subject": "好"}), Reader(person), at=now())
    assert all(worded(message, language).subject for message in letters(person))
    assert {message.kind for message in letters(person)} == set(MessageKind)
