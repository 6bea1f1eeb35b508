"""The demo county's inboxes: what the program would have told everybody by now, most of it read."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.core.db import db
from app.demo import county, sign_ins
from app.events.models import Registration, Slot, WayIn
from app.messages.models import Message, MessageKind
from app.messages.queries import how_many_unread, inbox
from app.messages.wording import worded
from app.people.queries import acted_for_by
from tests.demo.counties import demo_app

NOON = datetime(2026, 5, 16, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """What is in the county at noon."""
    app = demo_app(tmp_path_factory.mktemp("letters"))
    with app.app_context():
        county.fill("no hash", NOON)
        yield db.session()
        db.engine.dispose()


def test_everybody_who_signed_up_was_told_at_that_moment(filled: Session) -> None:
    first = (MessageKind.REGISTERED, MessageKind.CONSENT_ASKED, MessageKind.WAITING)
    told = filled.execute(select(Message.registration_id, Message.sent_at).where(Message.kind.in_(first)))
    at_once = select(Registration.id, Registration.registered_at).join(Registration.slot)
    places = {tuple(one) for one in filled.execute(at_once.where(Slot.way_in == WayIn.OPEN))}
    assert places <= {tuple(one) for one in told}, "who was asked again later was told at once, too"


def test_messages_lie_in_the_order_of_their_moments_and_none_in_the_future(filled: Session) -> None:
    moments = list(filled.scalars(select(Message.sent_at).order_by(Message.id)))
    assert moments == sorted(moments)
    assert moments[-1] <= NOON
    unread = filled.scalar(select(func.count()).where(Message.read_at.is_(None)))
    assert 0.02 * len(moments) < unread < 0.5 * len(moments)


def test_whose_sign_ins_are_printed_finds_messages_of_several_kinds(filled: Session) -> None:
    for who in (sign_ins.YOUNG, sign_ins.PARENT):
        user = filled.scalars(select(User).where(User.phone == who.identifier)).one()
        persons = [acting.person_id for acting in acted_for_by(user.id)]
        page, _following = inbox(user.id, persons, only_unread=False, before=None)
        assert len({message.kind for message in page}) >= 3
        assert all(worded(message, "zh_Hans_CN").body for message in page)
        assert 0 < how_many_unread(user.id) < 40
