"""Something urgent that the people of an event were told, and something that is about to leave."""

from sqlalchemy import select

from app.announcements.group import Group
from app.announcements.leaving import begin, readers_of, tell
from app.announcements.operations import Words, send_off
from app.core.clock import now
from app.core.db import db
from app.events.models import Event
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.operations import confirm_enrolments
from app.people.queries import current_enrolment
from tests.factories import Factory

STORM = Words("大风预警", "马上回到室内。", True)
RAIN_COAT = Words("请带雨衣", "明天有雨。")


def pupil(make: Factory, event: Event, school: Organisation, class_name: str = "高二（3）班") -> int:
    """Sign a pupil up whom the school has confirmed; return the person's id."""
    person_id = make.registration(event.slots[0], name="周一诺", school=school, class_name=class_name).person_id
    make.do(_confirm, person_id)
    return person_id


def waiting(make: Factory, event: Event, words: Words = RAIN_COAT) -> int:
    """Send something off that can still be taken back; return its id."""
    return make.do(send_off, event.id, Group(), words, by=event.created_by_id, at=now()).id


def told(make: Factory, event: Event, words: Words = STORM) -> int:
    """Tell the people of an event something, without the half minute; return the announcement's id."""
    number = waiting(make, event, words)
    leave(make, number)
    return number


def leave(make: Factory, announcement_id: int) -> None:
    """Let an announcement leave now."""
    make.do(_leave, announcement_id)


def message_to(make: Factory, announcement_id: int, person_id: int) -> int:
    """Return the id of what somebody was told by an announcement."""
    return make.do(_message_to, announcement_id, person_id)


def _confirm(person_id: int) -> None:
    enrolment = current_enrolment(person_id)
    assert enrolment
    confirm_enrolments([enrolment.id], enrolment.school_id, by=1, at=now())


def _leave(number: int) -> None:
    begin(number, at=now())
    tell(number, readers_of(number, now()), at=now())


def _message_to(announcement_id: int, person_id: int) -> int:
    theirs = select(Message.id).where(Message.announcement_id == announcement_id, Message.person_id == person_id)
    return db.session.scalars(theirs).one()
