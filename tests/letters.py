"""What people were told, as tests read it; and a row of everything that messages need."""

from collections.abc import Sequence
from datetime import timedelta

from flask import has_app_context
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.core.languages import CHINESE
from app.messages import plans, templates
from app.messages.models import Announcement, Channel, Contact, Delivery, Message, MessageKind, UnopenedMessage
from app.messages.wording import Words, worded
from app.organisations.models import Organisation
from tests.factories import Factory


def letters(person_id: int, *kinds: MessageKind) -> Sequence[Message]:
    """Return what somebody was told, read anew, the first one first; of some kinds, or of all."""
    db.session.rollback()
    db.session.expire_all()
    found = select(Message).where(Message.person_id == person_id).order_by(Message.id)
    return db.session.scalars(found.where(Message.kind.in_(kinds)) if kinds else found).all()


def said(person_id: int, kind: MessageKind, language: str = CHINESE) -> Words:
    """Return the only message of a kind to somebody, in words."""
    (message,) = letters(person_id, kind)
    return worded(message, language)


def first_letter(make: Factory, person_id: int) -> int:
    """Return the id of the first message to somebody."""
    if has_app_context():
        return letters(person_id)[0].id
    with make.app.app_context():
        return letters(person_id)[0].id


def own_words(make: Factory, unit: Organisation, kind: MessageKind, subject: str, body: str = "请看。") -> None:
    """Let a unit say something in its own words."""
    words = Words(subject, body)
    make.do(templates.write_words, unit.id, kind, words, Words("", ""), by=make.user().id, at=now())


def message_rows(make: Factory, user_id: int, unit: Organisation, event_id: int) -> None:
    """A row in every table of messages beside the messages themselves."""
    own_words(make, unit, MessageKind.THANKS, "谢谢")
    make.do(plans.change_plan, unit.id, plans.Plan(days_before=1), by=user_id, at=now())
    make.do(_add_rows, user_id, unit.id, event_id)


def _add_rows(user_id: int, unit_id: int, event_id: int) -> None:
    db.session.add(Contact(user_id=user_id, channel=Channel.SMS, address="13800138000"))
    db.session.add(Delivery(user_id=user_id, channel=Channel.SMS, address="13800138000", made_at=now()))
    said_at, until = now(), now() + timedelta(seconds=30)
    words = {"subject": "请带伞", "body": "明天有雨。", "group": {}, "is_urgent": False, "people": 1}
    who = {"organisation_id": unit_id, "event_id": event_id, "made_by_id": user_id}
    opened = db.session.scalars(select(Message.id).order_by(Message.id).limit(1)).one()
    db.session.add(UnopenedMessage(message_id=opened, user_id=user_id))
    db.session.add(Announcement(**who, **words, made_at=said_at, leaves_at=until))
