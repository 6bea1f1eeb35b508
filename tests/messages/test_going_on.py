"""Every message that leads somewhere opens, and says where it leads."""

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.messages.models import Message, MessageKind
from app.messages.sending import News, Reader, tell
from app.messages.wording import onwards
from tests.factories import Factory
from tests.signing_in import signed_in

FACTS = ("application", "pair", "agreement", "programme", "worry", "round", "shared_round")


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_message_of_any_kind_and_about_anything_opens(app: Flask, make: Factory) -> None:
    user, host = make.user("周建国"), make.organisation()
    person = make.person(user, name="周小满")
    for kind in MessageKind:
        for fact in FACTS:
            make.do(tell, News(kind, host.id, {fact: 1, "subject": "好"}), Reader(person.id), at=now())
    with app.app_context():
        told = {message.id: onwards(message) for message in db.session.query(Message)}
    reader, seen = signed_in(app, user), set[str]()
    for number, target in told.items():
        if target and target[0] not in seen:
            seen.add(target[0])
            assert reader.get(f"/messages/{number}").status_code == 200
    assert {"pairs.show", "trip_desk.show", "letter_teacher.worry", "persons.edit", "agreement_desk.show"} <= seen
