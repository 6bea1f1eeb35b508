"""Somebody who asks for two shifts of the same time at the same moment gets one of them."""

from collections import Counter
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.events.models import PLACED, Registration
from tests.factories import Factory
from tests.race.crowd import AT_ONCE, at_once, gather, sign_up
from tests.servers import running
from tests.shifts import shift

PEOPLE = 8 * AT_ONCE


def test_nobody_gets_two_shifts_of_the_same_time_at_once(
    app: Flask, fresh_url: str, make: Factory, tmp_path: Path
) -> None:
    shifts = [shift(make, capacity=PEOPLE) for _ in range(2)]
    wishes = [(client, slot.id) for client in gather(app, PEOPLE) for slot in shifts]
    with running(fresh_url, tmp_path, app.config["SECRET_KEY"], processes=4) as server:
        answers = at_once(server, sign_up(server), wishes)
    assert Counter(answers) == Counter({303: PEOPLE, 422: PEOPLE})
    with app.app_context():
        places = select(func.count()).where(Registration.state.in_(PLACED)).group_by(Registration.person_id)
        assert list(db.session.scalars(places)) == [1] * PEOPLE
