"""What the school's desk lets go of at night."""

from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.core.jobs import enqueue
from app.people.consents.models import GuardianRelation
from app.schooldesk.class_events.models import ClassReply
from app.schooldesk.class_events.replying import Heard, hear
from app.schooldesk.jobs import TIDY
from app.schooldesk.rosters.models import RosterItem
from tests.factories import Factory, born
from tests.rosters import a_class, entered, typed
from tests.work import work_off

STRANGER = Heard("赵六", "13900139000", None, {}, "赵大", GuardianRelation.FATHER)


def what_is_left(inside: Flask, make: Factory, days: int) -> tuple[int, list[bool]]:
    """Let a night pass some days from now; return how many replies wait, and of which changes it is kept what was."""
    with time_machine.travel(now() + timedelta(days=days), tick=False):
        make.do(enqueue, TIDY, {}, at=now())
        work_off(inside)
    db.session.expire_all()
    items = db.session.scalars(select(RosterItem).order_by(RosterItem.id)).all()
    return len(db.session.scalars(select(ClassReply)).all()), [bool(item.before) for item in items]


def test_answers_go_a_month_after_the_event_and_what_a_list_changed_after_a_week(inside: Flask, make: Factory) -> None:
    one, event = a_class(make), make.event()
    entered(make, one, typed("王芳"), key="first")
    entered(make, one, typed("王芳", born(10), student_no="20260101"), key="second")
    make.do(hear, one.id, event.id, STRANGER, at=now())
    assert what_is_left(inside, make, 6) == (1, [False, True])
    assert what_is_left(inside, make, 8) == (1, [False, False])
    assert what_is_left(inside, make, 32) == (0, [False, False])
