"""What caring for people's data leaves behind."""

from app.care.correcting.models import DataCorrection
from app.care.erasing.requests import ask
from app.care.merging.two_people import say_two
from app.care.models import Keeping, PurgeRun
from app.care.retention.rules import set_days
from app.core.clock import now
from app.core.db import db
from app.people.consents.guardians import GuardianWords, typed
from app.people.consents.models import GuardianRelation
from tests.factories import Factory


def care_rows(make: Factory, user_id: int) -> None:
    """A request to erase somebody, two of one name, a rule of how long something is kept, a night that has passed, and
    a name to be put right."""
    make.do(ask, make.person(name="孙悦").id, by=user_id, at=now())
    make.do(say_two, make.person().id, make.person().id, by=user_id, at=now())
    make.do(set_days, {Keeping.MESSAGES: 200})
    make.do(_night)
    make.do(_wrong_name, make.person(name="孙月").id)


def _wrong_name(person_id: int) -> None:
    who = typed(person_id, GuardianWords("孙建国", GuardianRelation.FATHER), by=None, at=now())
    db.session.add(DataCorrection(person_id=person_id, guardian_id=who.id, name="孙悦", asked_at=now()))


def _night() -> None:
    db.session.add(PurgeRun(began_at=now(), ended_at=now(), counts={"messages": 1}))
