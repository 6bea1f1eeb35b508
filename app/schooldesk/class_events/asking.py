"""From the one link in the chat group to the page of one child, for whoever knows name and birth date; unproven."""

from datetime import date, datetime

from sqlalchemy import select

from app.accounts import tries
from app.care.consents.asking import ask_about
from app.care.consents.models import GuardianLink
from app.core.crypto import keyed_hash
from app.core.db import db, transact
from app.events.models import Event, Registration, RegistrationState, Slot
from app.people.models import Person, SchoolClass
from app.schooldesk.class_events.problems import NothingToAnswer
from app.schooldesk.class_queries import ids_of


def ask_parent(
    one: SchoolClass, event: Event, name: str, born_on: date, *, browser_token: str, at: datetime
) -> GuardianLink:
    """Return the link to the page on which a parent answers for a child of a class about an event.

    The link in a chat group is known to fifty families, so wrong ones are counted, and whether there is such a child
    is not told apart from whether an answer is still wanted. Raises `NothingToAnswer`, `TriedTooOften`.
    """
    with tries.counted(f"class_link:{one.id}:{keyed_hash('tries', browser_token)}", at=at):
        held = db.session.scalar(
            select(Registration)
            .join(Registration.slot)
            .join(Registration.person)
            .where(
                Slot.event_id == event.id,
                Registration.state == RegistrationState.HELD,
                Registration.school_id == one.school_id,
                Registration.person_id.in_(ids_of(one)),
                Person.name == name,
                Person.born_on == born_on,
            )
            .order_by(Registration.id)
            .limit(1)
        )
        if held is None:
            raise NothingToAnswer
    return transact(ask_about, held.id, by=held.registered_by_id, at=at)
