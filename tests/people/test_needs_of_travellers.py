"""What has to be looked after stays while somebody has a place in a programme, and thirty days after it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.core.clock import local_day, now
from app.core.db import db
from app.events.needs import drop_old_needs
from app.people.needs import Needs, PersonNeeds, write_needs
from app.programmes.models import Programme
from tests.factories import Factory
from tests.travel import a_trip, travelling


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(("days_ago", "left"), [(-40, 1), (30, 1), (31, 0)])
def test_they_outlast_a_programme_by_thirty_days(make: Factory, days_ago: int, left: int) -> None:
    trip = a_trip(make)
    one = travelling(make, trip)
    long_ago = now() - timedelta(days=50)
    make.do(write_needs, one.person_id, Needs(health="哮喘"), by=make.user().id, at=long_ago)
    last = local_day(now()) - timedelta(days=days_ago)
    make.do(lambda: db.session.execute(update(Programme).values(starts_on=last, ends_on=last)))
    make.do(drop_old_needs, at=now())
    assert db.session.scalar(select(func.count()).select_from(PersonNeeds)) == left
