"""Ranked choices in the browser: opened, ranked by a family, looked at, decided."""

import re
from datetime import timedelta

import pytest

from app.core.clock import local, now
from app.core.db import db
from app.programmes.applications import applying
from app.programmes.models import ChoiceRound, Programme
from tests.exchanges import a_programme, first_side, fresh
from tests.signing_in import Personas


@pytest.fixture
def camps(personas: Personas) -> list[Programme]:
    """Two programmes of the staff's host."""
    return [a_programme(personas.make, personas.host, places=1, title=title) for title in ("草原营", "海边营")]


def test_a_family_ranks_and_the_organiser_decides_as_shown(personas: Personas, camps: list[Programme]) -> None:
    make, user = personas.make, personas.make.user("林建国")
    child = make.person(user, age=15)
    ones = [make.do(applying.enter, first_side(make, each).id, child.id, by=user.id, at=now()) for each in camps]
    until = f"{local(now()) + timedelta(days=2):%Y-%m-%d} 20:00"
    data = {"title": "夏令营", "programmes": [str(each.id) for each in camps], "closes_at": until}
    refused = personas.staff.post("/desk/choices", data=data | {"programmes": data["programmes"][:1]})
    assert refused.status_code == 422
    assert "夏令营" in refused.text
    there = personas.staff.post("/desk/choices", data=data)
    assert there.status_code == 303
    family, page = personas.young(user), f"/applications/{ones[0].id}/choices"
    assert page in family.get(f"/applications/{ones[0].id}").text
    twice = {"rank1": str(ones[1].id), "rank2": str(ones[1].id)}
    assert family.post(page, data=twice).status_code == 422
    ranked = {"rank1": str(ones[1].id), "rank2": str(ones[0].id)}
    for _twice in range(2):
        assert family.post(page, data=ranked).status_code == 303
    shown = personas.staff.get(there.location)
    assert "第1志愿" in shown.text.replace(" ", "")
    assert personas.outsider.get(there.location).status_code == 404
    assert personas.young().get(page).status_code == 404
    with personas.app.app_context():
        number = db.session.scalars(db.select(ChoiceRound.id)).one()
    make.do(lambda: setattr(db.session.get_one(ChoiceRound, number), "closes_at", now() - timedelta(hours=1)))
    (mark,) = re.findall(r'name="mark" value="(\w+)"', personas.staff.get(there.location).text)
    for _twice in range(2):
        assert personas.staff.post(there.location + "/decision", data={"mark": mark}).status_code == 303
    with personas.app.app_context():
        assert [str(fresh(one).state) for one in ones] == ["refused", "accepted"]


def test_a_round_is_removed(personas: Personas, camps: list[Programme]) -> None:
    until = f"{local(now()) + timedelta(days=2):%Y-%m-%d} 20:00"
    data = {"title": "夏令营", "programmes": [str(each.id) for each in camps], "closes_at": until}
    there = personas.staff.post("/desk/choices", data=data).location
    assert personas.staff.post(there + "/removal").status_code == 303
    assert personas.staff.get(there).status_code == 404
