"""People who are told something, and want it by a channel."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.messages.models import Channel, Contact, Delivery, Message, MessageKind
from app.messages.sending import News, Reader, tell, tell_all
from tests.factories import Factory

ADDRESS = "reader@example.cn"
NOON = datetime.fromisoformat("2026-11-25T12:00:00+08:00")


def contact(make: Factory, user: User, address: str = ADDRESS, channel: Channel = Channel.EMAIL) -> Contact:
    """Let an account have a proven address that is switched on."""

    def add() -> Contact:
        row = Contact(user_id=user.id, channel=channel, address=address, is_on=True, proven_at=now(), code_hash="")
        db.session.add(row)
        db.session.flush()
        return row

    return make.do(add)


def reader(make: Factory, address: str = ADDRESS, channel: Channel = Channel.EMAIL, name: str = "林晓雨") -> Reader:
    """Make a person whose account wants messages at an address."""
    user = make.user("周建国")
    person = make.person(user, name=name)
    contact(make, user, address, channel)
    return Reader(person.id)


def news(make: Factory, kind: MessageKind = MessageKind.CHANGED, *, is_urgent: bool = False) -> News:
    """Return something to tell."""
    facts = {"event": "古镇文化交流日", "slot": "上午场", "place": "古镇游客中心", "reason": "有暴雨"}
    return News(kind, make.organisation().id, facts, is_urgent=is_urgent)


def told(make: Factory, *readers: Reader, is_urgent: bool = False) -> list[int]:
    """Tell some people the same; returns the messages' ids."""
    what = news(make, is_urgent=is_urgent)
    if len(readers) == 1:
        return [make.do(tell, what, readers[0], at=now())]
    make.do(tell_all, what, readers, at=now())
    people = [one.person_id for one in readers]
    return list(db.session.scalars(select(Message.id).where(Message.person_id.in_(people)).order_by(Message.id)))


def deliveries() -> Sequence[Delivery]:
    """Return all deliveries as they are now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Delivery).order_by(Delivery.id)).all()


def states() -> list[str]:
    """Return how all deliveries stand."""
    return [str(one.state) for one in deliveries()]
