"""A signature drawn with a finger for nights away: kept sealed, shown on the record, asked for nowhere else."""

import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import undefer

from app.care.consents.asking import ask_about
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration
from app.people.consents.drawn import path_of, read_lines
from app.people.consents.models import ConsentSigner
from tests.consents import code_of_link
from tests.factories import Factory
from tests.signing_in import Personas, signed_in

DAY = timedelta(days=1)
DRAWN = json.dumps([[10, 20, 30, 40, 50, 60, 70, 80], [300, 100, 320, 90]])
PATH = "M10 20L30 40L50 60L70 80M300 100L320 90"


@pytest.fixture
def camp(personas: Personas, make: Factory) -> Registration:
    """A child's place in something with nights away."""
    begins = now() + 10 * DAY
    event = make.event(personas.host, starts_at=begins, ends_at=begins + 2 * DAY)
    return make.registration(event.slots[0], age=12, name="何小禾")


def asked(make: Factory, one: Registration) -> str:
    """Return the address at which a guardian is asked."""
    link = make.do(ask_about, one.id, by=one.registered_by_id, at=now())
    return f"/G/{code_of_link(make, link)}"


def answer(client: FlaskClient, address: str, **typed: str) -> int:
    fields = re.findall(r'name="(take_\d+)"', client.get(address).text)
    said = {"name": "何建平", "relation": "father", **dict.fromkeys(fields, "yes"), **typed}
    return client.post(address, data=said).status_code


def kept(app: Flask) -> bytes | None:
    with app.app_context():
        return db.session.scalars(select(ConsentSigner).options(undefer(ConsentSigner.drawn))).one().drawn


def test_it_is_kept_sealed_and_stands_on_the_record(
    app: Flask, client: FlaskClient, personas: Personas, make: Factory, camp: Registration
) -> None:
    assert answer(client, asked(make, camp), drawn=DRAWN) == 303
    sealed = kept(app)
    assert sealed
    assert b"320" not in sealed
    with app.app_context():
        assert path_of(sealed) == PATH
    record = personas.staff.get(f"/registrations/{camp.id}/guardian/record")
    assert f'd="{PATH}"' in record.text
    assert "何建平" in record.text
    assert record.headers["Cache-Control"] == "no-store"
    assert personas.outsider.get(f"/registrations/{camp.id}/guardian/record").status_code == 404


def test_without_a_drawing_the_typed_name_signs(
    app: Flask, client: FlaskClient, make: Factory, camp: Registration
) -> None:
    assert answer(client, asked(make, camp), drawn="") == 303
    assert kept(app) is None


def test_what_is_no_drawing_is_asked_for_anew_and_the_rest_stays(
    client: FlaskClient, make: Factory, camp: Registration
) -> None:
    address = asked(make, camp)
    for wrong in ("[[1]]", "[[601, 1]]", "x", '{"a": 1}', "[" * 2000, "[[1.5, 2]]", "[[true, 2]]"):
        assert answer(client, address, drawn=wrong) == 422
    fields = re.findall(r'name="(take_\d+)"', client.get(address).text)
    page = client.post(address, data={"name": "何建平", "relation": "father", fields[0]: "yes", "drawn": "x"}).text
    assert "请重新签一次" in page
    assert 'value="何建平"' in page


def test_by_day_nobody_draws(client: FlaskClient, personas: Personas, make: Factory) -> None:
    child = make.registration(make.event(personas.host).slots[0], age=12)
    assert "data-sign" not in client.get(asked(make, child)).text


def test_a_parent_draws_in_the_form_of_the_sign_up_too(app: Flask, make: Factory, camp: Registration) -> None:
    user = make.user("何建平")
    child = make.person(user, name="何小苗", age=12)
    browser, address = signed_in(app, user), f"/slots/{camp.slot_id}/registration"
    assert "data-sign=" in browser.get(address).text
    typed = {"person_id": child.id, f"guardian-take_{child.id}": "yes", "guardian-relation": "father"}
    typed |= {"guardian-name": "何建平", "guardian-drawn": DRAWN}
    assert browser.post(address, data=typed).status_code == 303
    assert kept(app)


def test_a_finger_that_only_touched_the_pad_has_signed_nothing() -> None:
    assert read_lines("[[1, 2]]") == []
    assert read_lines("") == []
