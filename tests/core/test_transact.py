"""The one way to write."""

import pytest
from flask import Flask
from sqlalchemy import delete, event, func, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from app.accounts.models import User
from app.core.clock import now
from app.core.db import RERUNS, RERUNS_IN_A_CROWD, db, transact
from app.core.problems import Busy, Problem
from app.organisations.models import MembershipRole, Organisation, OrganisationKind
from app.organisations.operations import add_member
from tests.factories import Factory

STRAY = "rows are changed by operations"


class Refused(Exception):
    """What a driver raises, with PostgreSQL's word for why."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def units() -> int:
    """Return how many units are stored."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Organisation)) or 0


def unit(name: str = "青少年宫") -> Organisation:
    """Return a unit that is not stored yet."""
    return Organisation(name=name, kind=OrganisationKind.HOST, created_at=now())


def store_unit(name: str = "青少年宫") -> None:
    """Store one; an operation."""
    db.session.add(unit(name))
    db.session.flush()


class Stumbling:
    """An operation that stores a unit and then fails a number of times before it succeeds."""

    def __init__(self, times: int, error: Exception) -> None:
        self.left, self.error, self.runs = times, error, 0

    def __call__(self) -> str:
        self.runs += 1
        store_unit()
        if self.left:
            self.left -= 1
            raise self.error
        return "done"


def test_what_an_operation_does_is_kept(inside: Flask) -> None:
    transact(store_unit)
    assert units() == 1


@pytest.mark.parametrize("error", [Problem(), KeyError("a mistake of ours")])
def test_a_problem_or_a_mistake_takes_everything_back_and_is_not_tried_again(inside: Flask, error: Exception) -> None:
    operation = Stumbling(1, error)
    with pytest.raises(type(error)):
        transact(operation)
    assert units() == 0
    assert operation.runs == 1


def test_a_problem_that_is_returned_is_raised_without_taking_anything_back(inside: Flask) -> None:
    taken_back: list[object] = []
    note = taken_back.append

    def refuse() -> Problem:
        db.session.scalar(select(func.count()).select_from(Organisation))
        event.listen(db.engine, "rollback", note)
        return Problem()

    try:
        with pytest.raises(Problem):
            transact(refuse)
    finally:
        event.remove(db.engine, "rollback", note)
    assert taken_back == [], "after a rollback psycopg prepares every statement of the connection anew"


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("UPDATE", {}, Refused("40001")),
        OperationalError("UPDATE", {}, Refused("40P01")),
        OperationalError("UPDATE", {}, Refused("57P01"), connection_invalidated=True),
    ],
    ids=["serialization", "deadlock", "lost connection"],
)
def test_what_others_caused_is_tried_again_from_the_start(inside: Flask, error: Exception) -> None:
    operation = Stumbling(RERUNS, error)
    assert transact(operation) == "done"
    assert operation.runs == RERUNS + 1
    assert units() == 1


def test_after_three_reruns_it_gives_up(inside: Flask) -> None:
    lost = OperationalError("UPDATE", {}, Refused("57P01"), connection_invalidated=True)
    operation = Stumbling(RERUNS + 1, lost)
    with pytest.raises(OperationalError):
        transact(operation)
    assert operation.runs == RERUNS + 1
    assert units() == 0


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_in_a_crowd_it_is_tried_more_often_and_at_last_asks_to_press_once_more(inside: Flask, sqlstate: str) -> None:
    error = OperationalError("UPDATE", {}, Refused(sqlstate))
    patient, unlucky = Stumbling(RERUNS_IN_A_CROWD, error), Stumbling(RERUNS_IN_A_CROWD + 1, error)
    with pytest.raises(Busy):
        transact(unlucky)
    assert unlucky.runs == RERUNS_IN_A_CROWD + 1
    assert units() == 0
    assert transact(patient) == "done"


def test_other_errors_of_the_database_are_not_tried_again(inside: Flask) -> None:
    operation = Stumbling(1, OperationalError("UPDATE", {}, Refused("42P01")))
    with pytest.raises(OperationalError):
        transact(operation)
    assert operation.runs == 1


def test_a_row_that_somebody_else_stored_first_makes_it_run_again(inside: Flask, make: Factory) -> None:
    make.organisation(name="青少年宫")
    runs = []

    def store_or_find() -> int:
        runs.append(1)
        if len(runs) == 1:
            store_unit("青少年宫")
        return db.session.scalars(select(Organisation.id).where(Organisation.name == "青少年宫")).one()

    transact(store_or_find)
    assert len(runs) == 2
    assert units() == 1


def test_a_broken_rule_of_a_table_is_not_tried_again(inside: Flask) -> None:
    runs = []

    def nobody() -> None:
        runs.append(1)
        db.session.add(User(name="无名", password_hash="-", created_at=now()))
        db.session.flush()

    with pytest.raises(IntegrityError, match="has_a_way_to_sign_in"):
        transact(nobody)
    assert len(runs) == 1


def test_an_operation_sees_what_was_stored_after_the_request_began_to_read(inside: Flask, make: Factory) -> None:
    seen_before = make.organisation(name="旧名")
    assert seen_before.name == "旧名"
    with db.engine.begin() as elsewhere:
        elsewhere.execute(text("UPDATE organisations SET name = '新名'"))
    assert transact(lambda: db.session.get_one(Organisation, seen_before.id).name) == "新名"


def test_rows_added_outside_an_operation_are_refused(inside: Flask) -> None:
    db.session.add(unit())
    with pytest.raises(RuntimeError, match=STRAY):
        db.session.flush()
    assert units() == 0


def test_statements_that_change_rows_outside_an_operation_are_refused(inside: Flask, make: Factory) -> None:
    make.organisation(name="旧名")
    for statement in (update(Organisation).values(name="新名"), delete(Organisation)):
        with pytest.raises(RuntimeError, match=STRAY):
            db.session.execute(statement)
    assert units() == 1


def test_after_an_operation_the_door_is_closed_again(inside: Flask) -> None:
    with pytest.raises(Problem):
        transact(Stumbling(1, Problem()))
    db.session.add(unit())
    with pytest.raises(RuntimeError, match=STRAY):
        db.session.commit()


def test_a_row_that_another_one_deleted_meanwhile_reruns_the_operation(inside: Flask, make: Factory) -> None:
    user, unit_row, runs = make.user(), make.organisation(), []

    def join() -> None:
        runs.append(1)
        unit_id = unit_row.id if len(runs) > 1 else unit_row.id + 1000
        add_member(user.id, unit_id, MembershipRole.STAFF, at=now())

    transact(join)
    assert len(runs) == 2
