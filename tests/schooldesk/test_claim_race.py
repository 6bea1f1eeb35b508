"""Several accounts hold a copy of one slip and use it at the same moment: one of them gets the pupil."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import select

from app.accounts.problems import SlipOver
from app.core.clock import now
from app.core.db import db, transact
from app.people.models import ActsFor, Person
from app.schooldesk.claims import slips
from app.schooldesk.models import ClaimSlip
from tests.factories import Factory, born
from tests.rosters import a_class, entered, typed

AT_ONCE = 6


def test_one_slip_is_used_once(app: Flask, make: Factory) -> None:
    one, parents = a_class(make), [make.user().id for _ in range(AT_ONCE)]
    entered(make, one, typed(born_on=born(10)))
    with app.app_context():
        person_id = db.session.scalars(select(Person.id)).one()
    make.do(slips.make_slips, one.id, {person_id}, by=parents[0], at=now())
    with app.app_context():
        code = slips.code_of(db.session.scalars(select(ClaimSlip)).one())
    together = Barrier(AT_ONCE)

    def claim(user_id: int) -> bool:
        with app.app_context():
            together.wait()
            try:
                transact(slips.claim, code, born(10), user_id, at=now())
            except SlipOver:
                return False
            return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        won = list(pool.map(claim, parents))
    assert won.count(True) == 1
    with app.app_context():
        assert db.session.scalars(select(ActsFor.user_id)).all() == [parents[won.index(True)]]
