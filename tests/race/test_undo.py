"""Taking an announcement back at the very moment at which it leaves: one of the two wins, and only one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from app.announcements.group import Group
from app.announcements.leaving import begin
from app.announcements.operations import Words, send_off, undo
from app.announcements.problems import HasLeft
from app.core.clock import now
from app.core.db import db, transact
from app.messages.models import Announcement
from tests.factories import Factory

ROUNDS = 40


def at_once(app: Flask, *acts: Callable[[], bool]) -> list[bool]:
    """Let each run in a thread of its own, all from the same moment; return what they say."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], bool]) -> bool:
        with app.app_context():
            db.session.execute(select(1))  # connected before it counts
            ready.wait(30)
            return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def leaves(number: int) -> bool:
    """Let it leave; return whether it did."""
    return transact(begin, number, at=now())


def is_undone(number: int, by: int) -> bool:
    """Take it back; return whether that worked."""
    try:
        transact(undo, number, by=by, at=now())
    except HasLeft:
        return False
    return True


def test_exactly_one_of_leaving_and_taking_back_wins(app: Flask, make: Factory) -> None:
    event = make.going_on()
    make.registration(event.slots[0])
    by, outcomes = event.created_by_id, []
    for number in range(ROUNDS):
        words = Words(f"通知{number}", "内容")
        sent = make.do(send_off, event.id, Group(), words, by=by, at=now()).id
        acts = [lambda one=sent: leaves(one), lambda one=sent: is_undone(one, by)]
        outcomes.append(tuple(at_once(app, *(acts if number % 2 else acts[::-1]))))
    assert {one.count(True) for one in map(list, outcomes)} == {1}
    with app.app_context():
        left, undone = db.session.execute(
            select(func.count(Announcement.left_at), func.count(Announcement.undone_at))
        ).one()
    assert left + undone == ROUNDS
