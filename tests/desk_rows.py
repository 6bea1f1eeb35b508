"""What the organiser's desk leaves behind: an act, a note, a printed list."""

from app.core.clock import now
from app.core.db import db
from app.events.acts import decisions
from app.events.acts.comments import comment
from app.events.acts.list_prints import note_print
from app.events.models import Event, WayIn
from tests.factories import Factory


def desk_rows(make: Factory, event: Event, by: int) -> dict[str, int]:
    """Decide on somebody in a slot of an event whose host decides, note something, print the list; return the ids of
    the act and the note, as the places of addresses."""
    slot = make.slot(event, title="审核场", way_in=WayIn.APPROVAL, has_waiting_list=True, capacity=1)
    people = [make.registration(slot, name=name) for name in ("何晨", "孙悦")]
    make.registration(slot, name="李强")
    act = make.do(decisions.approve, event.id, [one.id for one in people], f"form of {event.id}", by=by, at=now())
    note = make.do(_noted, people[0].id, by)
    make.do(note_print, event.id, by=by, at=now())
    return {"act": act.id, "comment": note}


def _noted(registration_id: int, by: int) -> int:
    made = comment(registration_id, "家长说会晚到", by=by, at=now())
    db.session.flush()
    return made.id
