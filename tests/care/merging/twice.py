"""Two records of one person, for tests."""

from datetime import date
from typing import Any

from sqlalchemy import select

from app.care.merging.operations import merge
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, Slot
from app.events.registration.operations import register
from app.people.models import ActsFor, Person
from tests.factories import Factory

BORN = date(2008, 2, 29)


def two(make: Factory, **more: Any) -> tuple[Person, Person]:
    """Return two records of one person, each with an account of its own."""
    return make.person(make.user("妈妈"), born_on=BORN), make.person(make.user("爸爸"), born_on=BORN, **more)


def merged(make: Factory, kept: Person, other: Person) -> Person:
    """Merge two records and return the kept one."""
    by = make.user("管理员").id
    person: Person = make.do(merge, kept.id, other.id, by=by, at=now())
    db.session.expire_all()
    return person


def place(make: Factory, person: Person, slot: Slot) -> Registration:
    """Sign somebody up by whoever acts for the person."""
    by = db.session.scalars(select(ActsFor.user_id).where(ActsFor.person_id == person.id)).first()
    return make.do(register, person.id, slot.id, by=by, at=now())
