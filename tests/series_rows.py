"""A class series with somebody in it, and what was missed and explained, for tests that walk over everything."""

from datetime import datetime, timedelta

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.events.dates.slot_batches import make_batch
from app.events.leave import absences, leaving
from app.events.models import Registration, Slot
from app.events.registration import operations
from app.organisations.models import Organisation
from app.people.models import ActsFor, Person
from tests.factories import Factory

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def series_rows(make: Factory, host: Organisation, user: User) -> dict[str, int]:
    """Make a series of three dates, one with leave, and an event that was missed; returns their places."""
    event = make.event(host, title="竹笛公益课")
    begins = now() + 2 * DAY
    plans = [
        make.plan(title="竹笛课", starts_at=one, ends_at=one + HOUR, closes_at=one)
        for one in (begins, begins + 7 * DAY, begins + 14 * DAY)
    ]
    batch = make.do(make_batch, event.id, plans, f"series of {event.id}", is_series=True, by=user.id, at=now())
    person = make.person(user, name="何苗")
    place = make.do(_sign_up, batch.id, person.id, user.id)
    make.do(leaving.leave_date, place, "家里有事", by=user.id, at=now())
    for days in (30, 20):
        missed = miss(make, host, person, days)
    make.do(absences.plead, missed, "手机没电了", at=now())
    return {"batch": batch.id, "series_place": place, "missed_place": missed}


def miss(make: Factory, host: Organisation, person: Person, days_ago: int) -> int:
    """Let somebody miss an event of a host some days ago; returns the registration."""
    begins = now() - days_ago * DAY
    times = {"starts_at": begins, "ends_at": begins + HOUR, "opens_at": begins - 10 * DAY, "closes_at": begins}
    slot = make.event(host, **times).slots[0]
    return make.do(_miss, slot.id, person.id, begins)


def _miss(slot_id: int, person_id: int, begins: datetime) -> int:
    by = _account(person_id)
    registration = operations.register(person_id, slot_id, by=by, at=begins - HOUR)
    absences.note_no_shows(absences.missed_in(db.session.get_one(Slot, slot_id)), at=begins + DAY)
    return registration.id


def _sign_up(batch_id: int, person_id: int, by: int) -> int:
    """Sign somebody up for a series; returns the registration of its second date."""
    first, second, *_others = db.session.query(Slot).filter_by(batch_id=batch_id).order_by(Slot.starts_at)
    operations.register(person_id, first.id, by=by, at=now())
    return db.session.query(Registration).filter_by(slot_id=second.id).one().id


def _account(person_id: int) -> int:
    return db.session.query(ActsFor).filter_by(person_id=person_id).one().user_id
