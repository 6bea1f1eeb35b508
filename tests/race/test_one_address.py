"""A class of forty in the school's computer room: one address, and everybody comes for the first time."""

from http.client import HTTPConnection
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import User
from app.core.db import db
from app.events.models import PLACED, Registration
from tests.factories import PASSWORD, Factory, born
from tests.race.crowd import at_once
from tests.race.families import Answer, Post
from tests.servers import running
from tests.sessions import session_of

PUPILS = 40


def test_forty_pupils_behind_one_address_sign_up_for_the_first_time_and_none_is_refused(
    app: Flask, fresh_url: str, make: Factory, tmp_path: Path
) -> None:
    slot = make.slot(capacity=PUPILS)
    school = make.school()
    with app.app_context():
        accounts = db.session.scalar(select(func.count(User.id))) or 0
    with running(fresh_url, tmp_path, app.config["SECRET_KEY"], processes=4) as server:
        post, path = Post(server), f"/slots/{slot.id}/registration/self"

        def come(connection: HTTPConnection, number: int) -> tuple[int, Answer]:
            connection.request("GET", path)
            page = connection.getresponse()
            page.read()
            typed = {
                "name": f"林{chr(0x4E00 + number)}",
                "born_on": f"{born(18):%Y%m%d}",
                "school_id": school.id,
                "class_name": "高一（2）班",
                "phone": f"187{number:08d}",
                "password": PASSWORD,
            }
            return page.status, post.send(connection, session_of(app), path, **typed)

        came = at_once(server, come, range(PUPILS), abreast=PUPILS)
    assert {page for page, _ in came} == {200}
    assert {answer.status for _, answer in came} == {303}
    assert len({answer.location for _, answer in came}) == PUPILS
    with app.app_context():
        placed = select(func.count()).where(Registration.slot_id == slot.id, Registration.state.in_(PLACED))
        assert db.session.scalar(placed) == PUPILS
        assert db.session.scalar(select(func.count(User.id))) == accounts + PUPILS
