"""What is written down about a person besides, for tests that walk over everything."""

from app.core.clock import now
from app.core.codes import new_code
from app.core.db import db
from app.events.models import FormerCode, Registration
from app.people.needs import Diet, Needs, write_needs
from tests.factories import Factory


def person_rows(make: Factory, registration: Registration, by: int) -> None:
    """Write down what has to be looked after, and let a second code lead to the registration."""
    make.do(write_needs, registration.person_id, Needs((Diet.HALAL,), "", "花粉过敏", ""), by=by, at=now())
    make.do(db.session.add, FormerCode(code=new_code(), registration_id=registration.id))
