"""The form teacher looks at answers that found no child by themselves."""

from datetime import datetime

from app.core.changes import note_change
from app.core.db import db
from app.events.models import Event
from app.people.classes import RECORD
from app.people.consents.models import Purpose
from app.people.models import Enrolment, SchoolClass
from app.schooldesk.class_events.models import ClassReply
from app.schooldesk.class_events.problems import NotOfClass
from app.schooldesk.class_events.replying import Heard, let_count
from app.schooldesk.class_queries import pupils_of


def settle(reply_id: int, person_id: int, *, by: int, at: datetime) -> None:
    """Say whose answer it was: it counts as the parent gave it, unproven, and takes no place. A second time changes
    nothing. Raises `NotOfClass`, and what `let_count` raises."""
    reply = db.session.get(ClassReply, reply_id, with_for_update=True)
    if reply is None:
        return
    one, event = db.session.get_one(SchoolClass, reply.class_id), db.session.get_one(Event, reply.event_id)
    heard = Heard(
        child=reply.child,
        aid="",
        slot_id=None,
        answers={Purpose.TAKING_PART: reply.takes_part},
        signer=reply.signer,
        relation=reply.relation,
    )
    let_count(one, event, _pupil(one, person_id), heard, at=at)
    _done(reply, "reply_found", by, at)


def drop(reply_id: int, *, by: int, at: datetime) -> None:
    """Say that it was nobody's of the class. A second time changes nothing."""
    reply = db.session.get(ClassReply, reply_id, with_for_update=True)
    if reply is not None:
        _done(reply, "reply_dropped", by, at)


def _pupil(one: SchoolClass, person_id: int) -> Enrolment:
    found = (pupil for pupil in db.session.scalars(pupils_of(one)) if pupil.person_id == person_id)
    pupil = next(found, None)
    if pupil is None:
        raise NotOfClass
    return pupil


def _done(reply: ClassReply, what: str, by: int, at: datetime) -> None:
    note_change(RECORD, reply.class_id, what, by=by, at=at)
    db.session.delete(reply)
