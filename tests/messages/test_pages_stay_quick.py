"""Whatever a mail server does, nobody who signs up waits for it: no page speaks to a channel."""

import socket

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import db
from app.core.jobs import Job
from app.messages.models import Message, MessageKind
from tests.events.registration.test_signing_up import MYSELF
from tests.factories import Factory
from tests.messages.readers import contact
from tests.post_office import channels
from tests.signing_in import Personas, signed_in


def was_called(listening: socket.socket) -> bool:
    """Return whether anybody has connected."""
    listening.setblocking(False)
    try:
        listening.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@pytest.fixture
def mute() -> socket.socket:
    """A mail server that would never answer."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    return listening


def told_and_to_do(app: Flask) -> tuple[list[str], list[str]]:
    """Return the messages there are, and the kinds of work that wait."""
    with app.app_context():
        kinds = db.session.scalars(select(Message.kind).order_by(Message.id)).all()
        return list(kinds), list(db.session.scalars(select(Job.kind)))


def test_a_sign_up_leaves_a_message_and_work_and_calls_nobody(app: Flask, make: Factory, mute: socket.socket) -> None:
    slot, user = make.slot(), make.user()
    person = make.person(user)
    contact(make, user)
    with mute, channels(app, mail_port=mute.getsockname()[1]):
        answer = signed_in(app, user).post(f"/slots/{slot.id}/registration", data={"person_id": person.id})
        assert answer.status_code == 303
        assert not was_called(mute)
    assert told_and_to_do(app) == ([MessageKind.REGISTERED], ["messages.deliver"])


def test_whoever_has_no_address_finds_it_in_the_inbox_and_leaves_no_work(
    app: Flask, client: FlaskClient, make: Factory, mute: socket.socket
) -> None:
    slot = make.slot()
    with mute, channels(app, mail_port=mute.getsockname()[1]):
        assert client.post(f"/slots/{slot.id}/registration/self", data=MYSELF).status_code == 303
        assert not was_called(mute)
    assert told_and_to_do(app) == ([MessageKind.REGISTERED], [])


def test_calling_an_event_off_calls_no_server_either(
    app: Flask, personas: Personas, make: Factory, mute: socket.socket
) -> None:
    event = make.event(personas.host)
    make.registration(event.slots[0])
    with mute, channels(app, mail_port=mute.getsockname()[1]):
        answer = personas.staff.post(f"/desk/events/{event.id}/cancellation", data={"reason": "台风来了"})
        assert answer.status_code == 303
        assert not was_called(mute)
    told, to_do = told_and_to_do(app)
    assert told[-1] is MessageKind.CANCELLED
    assert "messages.deliver" in to_do
