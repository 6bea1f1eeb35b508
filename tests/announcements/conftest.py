"""An event with people of every kind: two sessions, two schools, held and confirmed, arrived and missing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import has_app_context
from sqlalchemy import select

from app.announcements.group import Group
from app.announcements.jobs import SEND
from app.announcements.operations import UNDO, Words, send_off
from app.core.clock import now
from app.core.db import Base, db
from app.core.jobs import Job
from app.events.models import Event, Registration, Slot
from app.messages.models import Announcement
from app.organisations.models import Organisation
from tests.factories import Factory
from tests.signing_in import Personas
from tests.work import work_off

WORDS = Words("集合地点改了", "改到东门集合。")
STORM = Words("大风预警", "马上回到室内。", True)


@dataclass
class Scene:
    """The event, its sessions of today and of tomorrow, and the schools."""

    make: Factory
    event: Event
    today: Slot
    tomorrow: Slot
    first: Organisation
    second: Organisation
    people: dict[str, Registration]

    @property
    def before(self) -> datetime:
        """A moment at which places could still be given back."""
        return self.today.starts_at - timedelta(minutes=1)

    def send(self, words: Words = WORDS, group: Group | None = None) -> Announcement:
        """Send something off, as staff does."""
        by = self.event.created_by_id
        sent = self.make.do(send_off, self.event.id, group or Group(), words, by=by, at=now())
        _let_go(sent)
        return sent

    def leave(self, sent: Announcement) -> None:
        """Let half a minute go by, and a worker do what is due."""
        self.make.do(_make_due, sent.id)
        if has_app_context():
            work_off(self.make.app)
            return
        with self.make.app.app_context():
            work_off(self.make.app)


def _let_go(*records: Base) -> None:
    """Keep what is known of records as it is: a worker in the same context ends the session."""
    for one in records if has_app_context() else ():
        db.session.refresh(one)
        db.session.expunge(one)


def _make_due(announcement_id: int) -> None:
    row = db.session.get_one(Announcement, announcement_id)
    row.made_at, row.leaves_at = row.made_at - UNDO, row.leaves_at - UNDO
    for job in db.session.scalars(select(Job).where(Job.kind == SEND)):
        job.run_at -= UNDO


@pytest.fixture
def scene(personas: Personas, make: Factory) -> Scene:
    """Five people: 甲 and 乙 in one class, 丙 in the other school, 丁 of no school and held, 戊 tomorrow."""
    event = make.going_on(personas.host, capacity=100)
    today = event.slots[0]
    tomorrow = make.slot(
        event, title="第二天", starts_at=now() + timedelta(days=1), ends_at=now() + timedelta(hours=26)
    )
    first, second = make.school("清溪一中"), make.school("清溪二中")
    people = {
        "甲": make.registration(today, name="陈甲", school=first, class_name="高一（3）班"),
        "乙": make.registration(today, name="林乙", school=first, class_name="高一3班"),
        "丙": make.registration(today, name="王丙", school=second, class_name="高一（3）班"),
        "丁": make.registration(today, name="赵丁", age=9),
        "戊": make.registration(tomorrow, name="周戊", school=first, class_name="高二（1）班"),
    }
    make.arrival(people["甲"])
    _let_go(event, today, tomorrow, first, second, *people.values())
    return Scene(make, event, today, tomorrow, first, second, people)
