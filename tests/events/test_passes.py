"""The pass: code, images, cancelling."""

import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.accounts.models import User
from app.core.clock import now
from app.core.codes import grouped
from app.core.db import db
from app.events import announcing
from app.events.models import Registration
from tests.factories import Factory
from tests.signing_in import Personas, signed_in

IMAGES = ["code.png", "pass.png"]


def scan(image: bytes, folder: Path) -> str:
    """Return what a scanner reads in an image, with the exact letters."""
    path = folder / "image.png"
    path.write_bytes(image)
    command = ["zbarimg", "-q", "--raw", str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def user(make: Factory) -> User:
    """A parent."""
    return make.user()


@pytest.fixture
def registration(make: Factory, user: User) -> Registration:
    """The child's place."""
    school = make.school("文昌中学")
    return make.registration(make.slot(), user=user, name="林晓雨", school=school)


@pytest.fixture
def browser(app: Flask, user: User) -> FlaskClient:
    """The parent's browser."""
    return signed_in(app, user)


def test_the_pass_shows_name_code_event_and_a_real_image(browser: FlaskClient, registration: Registration) -> None:
    page = browser.get(f"/registrations/{registration.id}").text
    for words in ("林晓雨", grouped(registration.code), "古镇文化交流日", f"/registrations/{registration.id}/code.png"):
        assert words in page


@pytest.mark.parametrize("image", IMAGES)
def test_a_scanner_reads_the_address_in_capitals(
    browser: FlaskClient, registration: Registration, tmp_path: Path, image: str
) -> None:
    answer = browser.get(f"/registrations/{registration.id}/{image}")
    assert (answer.status_code, answer.content_type) == (200, "image/png")
    assert scan(answer.data, tmp_path) == f"HTTP://TONGXING.TEST/P/{registration.code}"


@pytest.mark.parametrize("image", IMAGES)
def test_who_signed_out_leaves_no_image_in_the_browser(
    browser: FlaskClient, registration: Registration, image: str
) -> None:
    address = f"/registrations/{registration.id}/{image}"
    answer = browser.get(address)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    known = {"If-None-Match": answer.headers["ETag"]}
    assert browser.get(address, headers=known).status_code == 304
    browser.post("/sign-out")
    assert browser.get(address, headers=known).location == f"/sign-in?next={address}"


def test_the_code_is_scanned_from_a_small_screen_too(
    browser: FlaskClient, registration: Registration, tmp_path: Path
) -> None:
    picture = Image.open(BytesIO(browser.get(f"/registrations/{registration.id}/pass.png").data))
    small = BytesIO()
    picture.convert("L").resize((picture.width // 3, picture.height // 3)).save(small, "PNG")
    assert scan(small.getvalue(), tmp_path).endswith(registration.code)


@pytest.mark.parametrize("name", ["阿依古丽·买买提", "ᠮᠣᠩᠭᠣᠯ", "𠮷野", "O’Brien", "长" * 60])
@pytest.mark.parametrize("engine", ["sqlite"])
def test_any_name_makes_a_pass_that_can_be_scanned(app: Flask, make: Factory, tmp_path: Path, name: str) -> None:
    user = make.user()
    registration = make.registration(user=user, name=name)
    image = signed_in(app, user).get(f"/registrations/{registration.id}/pass.png").data
    assert scan(image, tmp_path).endswith(registration.code)


def test_the_scanned_address_leads_its_owner_to_the_pass(browser: FlaskClient, registration: Registration) -> None:
    answer = browser.get(f"/P/{registration.code}")
    assert answer.location == f"/registrations/{registration.id}"


def test_nobody_else_finds_the_pass(personas: Personas, registration: Registration) -> None:
    address = f"/registrations/{registration.id}"
    strangers = (personas.young(), personas.staff, personas.outsider, personas.school_office, personas.administrator)
    for path in (address, *(f"{address}/{image}" for image in IMAGES)):
        assert {stranger.get(path).status_code for stranger in strangers} == {404}
        assert personas.anonymous.get(path).status_code == 302
    assert {stranger.post(f"{address}/cancellation").status_code for stranger in strangers} == {404}
    assert personas.anonymous.post(f"{address}/cancellation").status_code == 302


def test_a_place_is_given_back_by_one_button_and_twice_is_the_same(
    browser: FlaskClient, registration: Registration
) -> None:
    address = f"/registrations/{registration.id}"
    browser.get("/language/en")
    for _ in range(2):
        answer = browser.post(f"{address}/cancellation")
        assert (answer.status_code, answer.location) == (303, address)
    page = browser.get(address).text
    assert "This registration was cancelled" in page
    assert "Sign up again" in page
    assert f"{address}/cancellation" not in page


def test_what_has_begun_cannot_be_cancelled_and_the_page_says_so(app: Flask, make: Factory) -> None:
    user = make.user()
    registration = make.registration(make.going_on().slots[0], user=user)
    browser = signed_in(app, user, "en")
    address = f"/registrations/{registration.id}"
    assert f"{address}/cancellation" not in browser.get(address).text
    page = browser.post(f"{address}/cancellation", follow_redirects=True).text
    assert "It has already begun" in page
    assert "You are signed up" in page


def test_what_is_over_asks_nobody_to_the_door(app: Flask, make: Factory) -> None:
    user, ended = make.user(), now() - timedelta(hours=1)
    slot = make.going_on(ends_at=ended + timedelta(minutes=5), starts_at=ended - timedelta(hours=1)).slots[0]
    registration = make.registration(slot, user=user, at=ended - timedelta(hours=2))
    page = signed_in(app, user, "en").get(f"/registrations/{registration.id}").text
    assert "This one is already over." in page
    assert "You are signed up" not in page
    assert "pass.png" not in page


def test_a_cancelled_event_is_said_on_the_pass(browser: FlaskClient, make: Factory, registration: Registration) -> None:
    with browser.application.app_context():
        event_id = make.do(_event_of, registration.id)
    make.do(announcing.cancel_event, event_id, "台风来了", by=1, at=now())
    page = browser.get(f"/registrations/{registration.id}").text
    assert "台风来了" in page
    assert "ticket--void" in page
    assert "pass.png" not in page


def _event_of(registration_id: int) -> int:
    return db.session.get_one(Registration, registration_id).slot.event_id
