"""The private page of a guardian who has answered, as anybody who has its address uses it."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.care.consents.models import GuardianAsk
from app.care.consents.opening import digits_for
from app.care.consents.proving import confirm_by_call
from app.core.audit import note_access
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, RegistrationState
from app.people.consents.models import ConsentInForce
from app.people.whose import whose
from tests.consents import guardian_places
from tests.factories import Factory
from tests.signing_in import Personas

Places = dict[str, str]


@pytest.fixture
def places(make: Factory, personas: Personas) -> Places:
    """A child whose guardian has answered by link, and nobody has called yet."""
    return guardian_places(make, make.event(personas.host), make.user("林建国"), make.school())


@pytest.fixture
def page(places: Places) -> str:
    """The address of the private page."""
    return f"/G/{places['guardian_page']}"


def shown(app: Flask, places: Places) -> GuardianAsk:
    """Return what the private page shows."""
    with app.app_context():
        held = db.session.get_one(Registration, int(places["held"]))
        theirs = GuardianAsk.person_id == held.person_id
        return db.session.query(GuardianAsk).filter(theirs, GuardianAsk.guardian_id.is_not(None)).one()


def agreed(app: Flask) -> dict[str, bool] | None:
    with app.app_context():
        held = db.session.query(ConsentInForce).one_or_none()
        return held.agreed if held else None


def called(app: Flask, make: Factory, places: Places) -> None:
    """Let the teacher call the guardian, who says that it was they who answered."""
    ask = shown(app, places)
    who = make.user("王老师")
    make.do(confirm_by_call, ask.person_id, ask.scope, ask.guardian_id, now(), by=who.id, at=now())


def digits(app: Flask, places: Places, days_ago: int = 0) -> str:
    with app.app_context():
        return digits_for(shown(app, places).guardian_id or 0, at=now() - timedelta(days=days_ago))


@pytest.fixture
def opened(app: Flask, client: FlaskClient, make: Factory, places: Places, page: str) -> int:
    """The page after the guardian was called and typed the digits; returns the number of the child in its forms."""
    called(app, make, places)
    ask = shown(app, places).id
    client.post(f"{page}/opening", data={"ask": ask, "digits": digits(app, places)})
    return ask


def test_one_purpose_is_changed_and_the_rest_stays(app: Flask, client: FlaskClient, places: Places, page: str) -> None:
    ask = shown(app, places).id
    typed = {"ask": ask, "purpose": "photos", "answer": "yes"}
    assert client.post(f"{page}/purposes", data=typed).status_code == 303
    assert agreed(app) == {"taking_part": False, "photos": False}  # agreed to, and not proven yet
    client.post(f"{page}/purposes", data=typed | {"answer": "no"})
    assert agreed(app) == {"taking_part": False}


@pytest.mark.parametrize("purpose", ["taking_part", "nonsense", ""])
def test_taking_part_is_not_changed_in_passing(
    app: Flask, client: FlaskClient, places: Places, page: str, purpose: str
) -> None:
    typed = {"ask": shown(app, places).id, "purpose": purpose, "answer": "no"}
    client.post(f"{page}/purposes", data=typed)
    assert agreed(app) == {"taking_part": False}


def test_before_withdrawing_it_says_what_happens_and_changes_nothing(
    app: Flask, client: FlaskClient, places: Places, page: str
) -> None:
    confirm = client.get(f"{page}/withdrawal?ask={shown(app, places).id}")
    assert f'action="{page}/withdrawal"' in confirm.text
    assert agreed(app) is not None


def test_withdrawing_gives_the_place_back_and_twice_is_once(
    app: Flask, client: FlaskClient, places: Places, page: str
) -> None:
    typed = {"ask": shown(app, places).id}
    answers = [client.post(f"{page}/withdrawal", data=typed).status_code for _time in range(2)]
    assert answers == [303, 303]
    with app.app_context():
        assert db.session.get_one(Registration, int(places["held"])).state is RegistrationState.CANCELLED


CLOSED = ["export", "erasure", "collectors", "collectors/alone", "collectors/removal", "erasure/withdrawal"]


@pytest.mark.parametrize("what", CLOSED)
def test_a_proven_answer_alone_opens_nothing_for_whoever_has_the_link(
    app: Flask, client: FlaskClient, make: Factory, places: Places, page: str, what: str
) -> None:
    called(app, make, places)
    typed = {"ask": shown(app, places).id, "name": "王奶奶", "phone_end": "1234"}
    answer = client.post(f"{page}/{what}", data=typed)
    assert (answer.status_code, answer.headers.get("Location", "")) == (303, page)
    assert "王奶奶" not in client.get(page).text


def test_digits_of_somebody_who_was_not_called_open_nothing(
    app: Flask, client: FlaskClient, places: Places, page: str
) -> None:
    client.post(f"{page}/opening", data={"ask": shown(app, places).id, "digits": digits(app, places)})
    assert shown(app, places).opened_at is None


@pytest.mark.parametrize(("days_ago", "opens"), [(0, True), (1, True), (2, False)])
def test_digits_open_it_for_two_days(
    app: Flask, client: FlaskClient, make: Factory, places: Places, page: str, days_ago: int, opens: bool
) -> None:
    called(app, make, places)
    typed = {"ask": shown(app, places).id, "digits": digits(app, places, days_ago)}
    client.post(f"{page}/opening", data=typed)
    assert (shown(app, places).opened_at is not None) is opens


def test_staff_that_called_reads_the_digits(
    app: Flask, make: Factory, personas: Personas, places: Places, page: str
) -> None:
    address = f"/registrations/{places['held']}/guardian/call"
    assert digits(app, places) not in personas.staff.get(address).text
    called(app, make, places)
    assert digits(app, places) in personas.staff.get(address).text


def test_who_read_the_data_is_told_by_role_and_unit_and_by_no_name(
    app: Flask, client: FlaskClient, make: Factory, personas: Personas, places: Places, page: str, opened: int
) -> None:
    personas.staff.get(f"/desk/registrations/{places['held']}")
    read = client.get(f"{page}/reads?ask={opened}").text
    assert "组织者" in read
    assert personas.host.name in read
    assert "苏小禾" not in read


def test_who_read_it_comes_a_page_at_a_time(
    app: Flask, client: FlaskClient, make: Factory, places: Places, page: str, opened: int
) -> None:
    staff = make.user()
    with app.app_context():
        person = whose(db.session.get_one(Registration, int(places["held"])).person)
    for minutes in range(51):
        make.do(note_access, "read", "registration", 1, people=person, purpose=f"第{minutes}次", by=staff.id, at=now())
    first = client.get(f"{page}/reads?ask={opened}").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    assert "第50次" in first
    assert "第0次" not in first
    assert "第0次" in client.get(following[1].replace("&amp;", "&")).text


def test_all_of_it_is_downloaded_and_that_is_written_down(client: FlaskClient, page: str, opened: int) -> None:
    answer = client.post(f"{page}/export", data={"ask": opened})
    assert answer.mimetype == "application/zip"
    assert answer.data.startswith(b"PK")
    assert answer.headers["Cache-Control"] == "no-store"


def test_erasing_is_asked_for_after_a_page_that_says_what_goes_and_can_be_taken_back(
    client: FlaskClient, page: str, opened: int
) -> None:
    assert client.get(f"{page}/erasure?ask={opened}").status_code == 200
    assert "收到" not in client.get(page).text
    client.post(f"{page}/erasure", data={"ask": opened})
    assert f'action="{page}/erasure/withdrawal"' in client.get(page).text
    client.post(f"{page}/erasure/withdrawal", data={"ask": opened})
    assert f'action="{page}/erasure/withdrawal"' not in client.get(page).text


def test_who_may_fetch_the_child_is_entered_and_taken_off(client: FlaskClient, page: str, opened: int) -> None:
    typed = {"ask": opened, "name": "王奶奶", "phone_end": "13712341234"}
    assert client.post(f"{page}/collectors", data=typed).status_code == 303
    text = client.get(page).text
    assert "王奶奶" in text
    assert "1371234" not in text  # of the number only its end is kept
    number = re.findall(r'name="collector" value="(\d+)"', text)[0]
    client.post(f"{page}/collectors/removal", data={"ask": opened, "collector": number})
    assert "王奶奶" not in client.get(page).text


def test_what_is_missing_of_a_collector_is_asked_for_and_what_was_typed_stays(
    client: FlaskClient, page: str, opened: int
) -> None:
    answer = client.post(f"{page}/collectors", data={"ask": opened, "name": "王奶奶", "phone_end": "12"})
    assert answer.status_code == 422
    assert 'value="王奶奶"' in answer.text


def test_the_first_link_has_none_of_it(client: FlaskClient, places: Places) -> None:
    first = f"/G/{places['guardian_link']}"
    assert {client.post(f"{first}/{what}").status_code for what in [*CLOSED, "purposes", "opening"]} == {404}
    assert client.get(f"{first}/reads").status_code == 404
