"""Reminding families of a travel document that is missing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.clock import end_of_day, local_day
from app.core.db import db
from app.messages.letters import only_while
from app.messages.models import Message, MessageKind
from app.messages.sending import News, Reader, tell_all
from app.programmes.models import Application, ApplicationState, Programme
from app.trips.documents.operations import Holder
from app.trips.documents.queries import filled_in, filled_in_at

DUE_BEFORE = timedelta(days=7)  # whoever insures, and books tickets, needs some days
_AGAIN = (10, 3)  # days before the first one


def due_reminders(at: datetime) -> Sequence[int]:
    """Return the programmes ahead in which somebody may still have to fill a document in."""
    needs = Programme.needs_insurance | Programme.needs_tickets | Programme.needs_rooms
    ahead = (Programme.starts_on >= local_day(at), Programme.cancelled_at.is_(None))
    return db.session.scalars(select(Programme.id).where(needs, *ahead).order_by(Programme.id)).all()


def remind(programme_id: int, *, at: datetime) -> int:
    """Tell those whose document is missing: once they take part, ten and three days before; returns how many."""
    programme = db.session.get_one(Programme, programme_id)
    days = (programme.starts_on - local_day(at)).days
    return _remind(programme, f"{sum(days <= one for one in _AGAIN)}", at)


def remind_now(programme_id: int, *, at: datetime) -> int:
    """Tell them because staff asks for it, once a day; returns how many were told."""
    return _remind(db.session.get_one(Programme, programme_id), local_day(at).isoformat(), at)


@only_while(MessageKind.DOCUMENT_ASKED)
def is_missing(message: Message, _at: datetime) -> bool:
    """Return whether somebody who takes part has still to fill a document in."""
    one = db.session.get(Application, message.facts["application"])
    if one is None or one.state is not ApplicationState.CONFIRMED:
        return False
    return filled_in_at(Holder(one.programme_id, one.person_id)) is None


def _remind(programme: Programme, which: str, at: datetime) -> int:
    facts = {
        "event": programme.title,
        "contact": programme.contact,
        "first_day": programme.starts_on.isoformat(),
        "last_day": programme.ends_on.isoformat(),
    }
    due_on = programme.starts_on - DUE_BEFORE
    if due_on >= local_day(at):
        facts["until"] = end_of_day(due_on).isoformat()
    readers = [
        Reader(one.person_id, facts={"application": one.id}, once=f"document {one.id} {which}")
        for one in filled_in(programme).missing
    ]
    return tell_all(News(MessageKind.DOCUMENT_ASKED, programme.host_id, facts), readers, at=at)
