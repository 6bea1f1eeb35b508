"""How families reach each other is deleted thirty days after their pair has ended; that of others stays."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import local_day, now
from app.core.db import db
from app.core.jobs import enqueue
from app.core.schedules import turns
from app.organisations.models import Organisation
from app.pairing.accepting import contacts
from app.pairing.accepting.answering import Signer
from app.pairing.accepting.contacts import Reachable
from app.pairing.accepting.models import PairContact
from app.pairing.ending import keeping, operations
from app.pairing.ending.jobs import CONTACTS
from app.pairing.ending.operations import Why
from app.pairing.models import Pair
from tests.after_rows import formed, members_of
from tests.factories import Factory
from tests.work import work_off

DAY = timedelta(days=1)


@pytest.fixture
def host(inside: Flask, make: Factory) -> Organisation:
    """The unit that pairs."""
    return make.organisation()


def shared(make: Factory, host: Organisation) -> Pair:
    """Make a pair both of whom share how to be reached."""
    pair = formed(make, host)
    for member_id in members_of(make, pair.id):
        make.do(contacts.share, pair.id, member_id, Signer(), Reachable("13800001111"), at=now())
    return pair


def kept() -> int:
    """Return how many ways to be reached there are."""
    return len(db.session.scalars(select(PairContact.id)).all())


def test_thirty_days_after_the_end_they_go(host: Organisation, make: Factory) -> None:
    pair, at = shared(make, host), now()
    make.do(operations.end_in_time, pair.id, Why(local_day(at)), by=make.user().id, at=at)
    assert make.do(keeping.drop_old_contacts, at=at + 29.9 * DAY) == 0
    assert make.do(keeping.drop_old_contacts, at=at + 30 * DAY) == 2
    assert kept() == 0


def test_of_a_pair_that_goes_on_after_all_they_stay(host: Organisation, make: Factory) -> None:
    pair, by = shared(make, host), make.user().id
    ending = make.do(operations.end_in_time, pair.id, Why(local_day(now())), by=by, at=now())
    make.do(operations.go_on, ending.id, by=by, at=now())
    assert make.do(keeping.drop_old_contacts, at=now() + 400 * DAY) == 0


def test_the_night_deletes_them_some_at_a_time_and_leaves_the_others(
    inside: Flask, host: Organisation, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_AT_ONCE", 1)
    pair, _going_on = shared(make, host), shared(make, host)
    long_ago = now() - 31 * DAY
    make.do(operations.end_in_time, pair.id, Why(local_day(now())), by=make.user().id, at=now())
    make.do(lambda: setattr(db.session.get_one(Pair, pair.id), "ended_at", long_ago))
    make.do(enqueue, CONTACTS, {}, at=now())
    work_off(inside)
    assert kept() == 2
    assert CONTACTS in {kind for hour in range(24) for kind, _turn in turns(now() + timedelta(hours=hour))}
