"""What caring for people's data leaves behind."""

from app.care.erasing.requests import ask
from app.care.merging.two_people import say_two
from app.care.models import Keeping, PurgeRun
from app.care.retention.rules import set_days
from app.core.clock import now
from app.core.db import db
from tests.factories import Factory


def care_rows(make: Factory, user_id: int) -> None:
    """A request to erase somebody, two of one name, a rule of how long something is kept, a night that has passed."""
    make.do(ask, make.person(name="孙悦").id, by=user_id, at=now())
    make.do(say_two, make.person().id, make.person().id, by=user_id, at=now())
    make.do(set_days, {Keeping.MESSAGES: 200})
    make.do(_night)


def _night() -> None:
    db.session.add(PurgeRun(began_at=now(), ended_at=now(), counts={"messages": 1}))
