"""Events inside a programme, and those who take part in it, for tests."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.core.clock import SHANGHAI, now
from app.core.db import db
from app.events.inside import put_into
from app.events.models import Event, Registration
from app.events.registration.operations import register
from app.people.models import ActsFor
from app.programmes.applications import applying
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application, Programme
from tests.exchanges import decide, entered, first_side, said_by
from tests.factories import Factory


def noon(day: date) -> datetime:
    """Return twelve o'clock in Shanghai on a day."""
    return datetime.combine(day, time(12), SHANGHAI)


def an_event(make: Factory, programme: Programme, *, day: int = 1, hours: int = 2, **slot: Any) -> Event:
    """Make an event on a day of a programme and put it into that."""
    begins = noon(programme.starts_on + timedelta(days=day))
    made = make.event(
        programme.host,
        **({"starts_at": begins, "ends_at": begins + timedelta(hours=hours), "closes_at": begins} | slot),
    )
    make.do(put_into, made.id, programme.id, by=make.user().id, at=now())
    return fresh_event(made)


def fresh_event(event: Event) -> Event:
    """Return an event as it is now."""
    db.session.expire_all()
    return db.session.get_one(Event, event.id)


def taking_part(make: Factory, programme: Programme, *, is_proven: bool = True, **person: Any) -> Application:
    """Let somebody be chosen, and a guardian agree to the programme."""
    one = entered(make, programme, **({"age": 12} | person))
    decide(make, Verdict.ACCEPT, one)
    said_by(make, one, is_called=is_proven)
    return one


def signed_up(make: Factory, one: Application, event: Event) -> Registration:
    """Sign somebody up who takes part in a programme."""
    family = db.session.scalars(select(ActsFor.user_id).where(ActsFor.person_id == one.person_id)).first()
    return make.do(register, one.person_id, event.slots[0].id, by=family, at=now())


def now_of(one: Registration) -> Registration:
    """Return a place as it is now."""
    return db.session.get_one(Registration, one.id, populate_existing=True)


def chosen_of(make: Factory, programme: Programme, family: User) -> Application:
    """Let a child of a family be chosen for a programme."""
    child = make.person(family, age=12)
    one = make.do(applying.enter, first_side(make, programme).id, child.id, by=family.id, at=now())
    return decide(make, Verdict.ACCEPT, one)[0]
