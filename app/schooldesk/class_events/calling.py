"""已电话确认: the form teacher called the number on the roster and writes down what the parent said."""

from datetime import datetime

from app.care.consents.proving import confirm_by_call
from app.core.db import db
from app.events.models import Event
from app.events.registration.scopes import scope_of
from app.people.consents.models import Purpose


def note_call(person_id: int, guardian_id: int, event_id: int, *, takes_part: bool, by: int, at: datetime) -> None:
    """Write down what a guardian said on the phone about an event, just now; said again, the last words count.

    Only of taking part: photos and the like are asked on the parent's page. Raises as `confirm_by_call` does.
    """
    event = db.session.get_one(Event, event_id)
    for scope in sorted({scope_of(slot) for slot in event.slots}):
        confirm_by_call(person_id, scope, guardian_id, at, {Purpose.TAKING_PART: takes_part}, by=by, at=at)
