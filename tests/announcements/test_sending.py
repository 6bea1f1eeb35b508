"""Sending off, taking back, leaving: once, to whoever is meant when it leaves."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.announcements import jobs, leaving
from app.announcements.group import Group, Presence
from app.announcements.operations import undo
from app.announcements.problems import HasLeft, NobodyMeant
from app.core.changes import changes_of
from app.core.clock import now
from app.core.db import db
from app.core.jobs import Job, JobState
from app.events.registration.operations import cancel, register
from app.messages.models import Announcement, Message
from tests.announcements.conftest import STORM, WORDS, Scene
from tests.work import work_off


def told() -> list[str]:
    """Return who has a message, by the last sign of their names."""
    db.session.rollback()
    return sorted(one.person.name[-1] for one in db.session.scalars(select(Message).where(Message.announcement_id > 0)))


def stored(sent: Announcement) -> Announcement:
    """Return an announcement as it is now."""
    db.session.rollback()
    return db.session.get_one(Announcement, sent.id, populate_existing=True)


def test_nobody_hears_of_it_for_half_a_minute(inside: Flask, scene: Scene) -> None:
    sent = scene.send()
    work_off(inside)
    assert told() == []
    assert (sent.leaves_at - sent.made_at).total_seconds() == 30
    assert sent.people == 5


def test_then_everybody_meant_has_it_once(inside: Flask, scene: Scene) -> None:
    sent = scene.send(STORM, Group(presence=Presence.MISSING))
    scene.leave(sent)
    assert told() == ["丁", "丙", "乙"]
    (one, *_) = db.session.scalars(select(Message).where(Message.announcement_id == sent.id))
    assert (one.facts["subject"], one.facts["body"], one.is_urgent) == (STORM.subject, STORM.body, True)
    assert stored(sent).left_at


def test_who_is_meant_is_looked_up_when_it_leaves(inside: Flask, scene: Scene) -> None:
    sent = scene.send(group=Group(presence=Presence.MISSING))
    scene.make.arrival(scene.people["乙"])
    scene.make.do(cancel, scene.people["丙"].id, by=sent.made_by_id, at=scene.before)
    scene.make.registration(scene.today, name="钱己")
    scene.leave(sent)
    assert told() == ["丁", "己"]


def test_who_cancels_while_it_leaves_is_left_out(inside: Flask, scene: Scene) -> None:
    sent = scene.send()
    meant = leaving.readers_of(sent.id, now())
    scene.make.do(cancel, scene.people["丙"].id, by=sent.made_by_id, at=scene.before)
    scene.make.do(leaving.tell, sent.id, meant, at=now())
    assert told() == ["丁", "乙", "戊", "甲"]


def test_a_part_done_twice_tells_nobody_twice(inside: Flask, scene: Scene) -> None:
    sent = scene.send()
    scene.leave(sent)
    again = leaving.readers_of(sent.id, now())
    assert scene.make.do(leaving.tell, sent.id, again, at=now()) == 0
    assert len(told()) == 5


def test_whoever_has_two_places_is_told_once(inside: Flask, scene: Scene) -> None:
    one = scene.people["甲"]
    scene.make.do(register, one.person_id, scene.tomorrow.id, by=one.registered_by_id, at=now())
    scene.leave(scene.send())
    assert told() == ["丁", "丙", "乙", "戊", "甲"]


def test_many_leave_in_parts(inside: Flask, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PART", 2)
    scene.leave(scene.send())
    parts = db.session.scalars(select(Job).where(Job.kind == jobs.SEND_PART)).all()
    whole = db.session.scalars(select(Job).where(Job.kind == jobs.SEND)).one()
    assert [len(part.payload["registrations"]) for part in parts] == [2, 2, 1]
    assert (whole.state, whole.parts_done) == (JobState.DONE, 3)
    assert len(told()) == 5


def test_what_was_taken_back_reaches_nobody(inside: Flask, scene: Scene) -> None:
    sent = scene.send()
    for _ in range(2):
        scene.make.do(undo, sent.id, by=sent.made_by_id, at=now())
    scene.leave(sent)
    assert told() == []
    assert stored(sent).left_at is None
    noted = [change.what for change in changes_of("event", [scene.event.id])]
    assert noted[:2] == ["told_undone", "told"]


def test_what_has_left_cannot_be_taken_back(inside: Flask, scene: Scene) -> None:
    sent = scene.send()
    scene.leave(sent)
    with pytest.raises(HasLeft):
        scene.make.do(undo, sent.id, by=sent.made_by_id, at=now())
    assert stored(sent).undone_at is None


def test_pressing_twice_sends_once_and_after_undoing_it_can_be_sent_again(inside: Flask, scene: Scene) -> None:
    first, second = scene.send(), scene.send()
    assert first.id == second.id
    assert scene.send(STORM).id != first.id
    scene.make.do(undo, first.id, by=first.made_by_id, at=now())
    assert scene.send(WORDS).id != first.id


def test_a_group_without_anybody_is_refused(inside: Flask, scene: Scene) -> None:
    with pytest.raises(NobodyMeant):
        scene.send(group=Group(slot_ids=(999,)))
    assert db.session.scalars(select(Announcement)).all() == []


def test_who_has_not_seen_an_urgent_one_can_be_told_again(inside: Flask, scene: Scene) -> None:
    first = scene.send(STORM)
    scene.leave(first)
    scene.make.do(_read, first.id, ("甲", "乙"))
    scene.leave(scene.send(group=Group(unseen_id=first.id)))
    assert [told().count(name) for name in "甲乙丙丁戊"] == [1, 1, 2, 2, 2]


def _read(announcement_id: int, names: tuple[str, ...]) -> None:
    for one in db.session.scalars(select(Message).where(Message.announcement_id == announcement_id)):
        if one.person.name[-1] in names:
            one.read_at = now()
