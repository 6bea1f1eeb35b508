"""What has to be seen to before a trip: the usual things, the days, done and not done, reminders."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import local_day, now
from app.core.db import db, transact
from app.messages.models import Message, MessageKind
from app.organisations.models import MembershipRole
from app.people.models import Relation
from app.programmes import planning
from app.programmes.models import Document, Programme
from app.trips.models import TaskKind, TripTask
from app.trips.problems import DueTooFarAway, NotResponsible
from app.trips.tasks import operations
from app.trips.tasks.operations import TaskWords
from app.trips.tasks.queries import standing_of, tasks_of
from app.trips.tasks.reminding import due_tasks, remind
from tests.exchanges import a_paper, a_programme, words
from tests.factories import Factory


@pytest.fixture
def programme(inside: Flask, make: Factory) -> Programme:
    """A programme in a month."""
    return a_programme(make)


def test_the_usual_things_come_once_each_with_its_day(programme: Programme, make: Factory) -> None:
    by = make.user().id
    counts = [make.do(operations.add_usual, programme.id, by=by, at=now()) for _twice in range(2)]
    assert counts == [6, 0]
    found = tasks_of(programme.id)
    assert [one.kind for one in found][:2] == [TaskKind.PLAN, TaskKind.EMERGENCY_PLAN]
    assert found[0].due_on == programme.starts_on - timedelta(days=45)


def test_what_was_taken_off_comes_back_with_the_next_press(programme: Programme, make: Factory) -> None:
    by = make.user().id
    make.do(operations.add_usual, programme.id, by=by, at=now())
    bus = next(one for one in tasks_of(programme.id) if one.kind is TaskKind.TRANSPORT)
    for _twice in range(2):
        make.do(operations.remove_task, bus.id, by=by, at=now())
    assert make.do(operations.add_usual, programme.id, by=by, at=now()) == 1


def test_the_days_move_with_the_programme(programme: Programme, make: Factory) -> None:
    by, due = make.user().id, programme.starts_on - timedelta(days=5)
    task = make.do(operations.add_task, programme.id, TaskWords("营服", due), by=by, at=now())
    later = words(starts_on=programme.starts_on + timedelta(days=7), ends_on=programme.ends_on + timedelta(days=7))
    make.do(planning.edit_programme, programme.id, later, by=by, at=now())
    assert db.session.get_one(TripTask, task.id, populate_existing=True).due_on == due + timedelta(days=7)


def test_it_is_done_by_somebody_and_not_done_after_all(programme: Programme, make: Factory) -> None:
    by, other = make.user().id, make.user().id
    task = make.do(operations.add_task, programme.id, TaskWords("营服", local_day(now())), by=by, at=now())
    make.do(operations.finish, task.id, by=by, at=now())
    make.do(operations.finish, task.id, by=other, at=now())
    assert tasks_of(programme.id)[0].done_by_id == by
    for _twice in range(2):
        make.do(operations.reopen, task.id, by=other, at=now())
    assert not tasks_of(programme.id)[0].is_done


def test_what_should_have_been_done_by_now_is_overdue(programme: Programme, make: Factory) -> None:
    make.do(operations.add_usual, programme.id, by=make.user().id, at=now())
    standing = standing_of(tasks_of(programme.id), local_day(now()))
    assert [one.kind for one in standing.overdue] == [TaskKind.PLAN]


def test_a_paper_is_one_of_the_programmes_and_of_no_other(programme: Programme, make: Factory) -> None:
    by, due = make.user().id, local_day(now())
    own = make.do(operations.add_task, programme.id, TaskWords("方案稿", due, file=a_paper()), by=by, at=now())
    paper = db.session.get_one(Document, own.document_id)
    assert (paper.programme_id, paper.is_public) == (programme.id, False)
    foreign = TaskWords("别人的", due, document_id=paper.id)
    other = make.do(operations.add_task, a_programme(make).id, foreign, by=by, at=now())
    assert other.document_id is None


def test_only_who_works_for_the_host_is_responsible(programme: Programme, make: Factory) -> None:
    stranger = TaskWords("营服", local_day(now()), responsible_id=make.user().id)
    with pytest.raises(NotResponsible):
        transact(operations.add_task, programme.id, stranger, by=make.user().id, at=now())


def test_a_day_that_has_nothing_to_do_with_the_trip_is_a_slip_of_the_hand(programme: Programme, make: Factory) -> None:
    years_off = TaskWords("营服", programme.starts_on + timedelta(days=500))
    with pytest.raises(DueTooFarAway):
        transact(operations.add_task, programme.id, years_off, by=make.user().id, at=now())


def test_who_sees_to_it_is_reminded_before_and_once_more_when_it_is_overdue(
    programme: Programme, make: Factory
) -> None:
    user = make.member(make.do(lambda: db.session.get_one(Programme, programme.id).host), MembershipRole.STAFF)
    person = make.person(user, relation=Relation.ONESELF)
    due = local_day(now()) + timedelta(days=2)
    task = make.do(operations.add_task, programme.id, TaskWords("营服", due, user.id), by=user.id, at=now())
    for days in (-5, 0, 1, 4, 5):
        at = now() + timedelta(days=days)
        for task_id in due_tasks(at):
            make.do(remind, task_id, at=at)
    told = select(Message).where(Message.person_id == person.id, Message.kind == MessageKind.TRIP_TASK)
    assert len(db.session.scalars(told).all()) == 2
    make.do(operations.finish, task.id, by=user.id, at=now())
    assert due_tasks(now()) == []
