"""How much somebody may send at once: a form may carry a picture, the API carries scans."""

import gc
import warnings
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from app.questions.models import QuestionKind
from tests.asked import ask
from tests.factories import Factory
from tests.signing_in import Personas

MEGABYTE = 1024 * 1024


@pytest.fixture
def _temporary_files_left_to_the_collector() -> Iterator[None]:
    """Collect what Werkzeug's client, and its parser when it breaks off, leave open, before another test has to."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.usefixtures("_temporary_files_left_to_the_collector")
def test_a_form_may_carry_a_picture_of_ten_megabytes_and_hears_kindly_that_more_is_too_much(personas: Personas) -> None:
    address = f"/admin/organisations/{personas.host.id}/edit"
    for size, status in ((11, 422), (13, 413)):
        data = {"name": "青少年宫", "logo_digest": (BytesIO(b"x" * size * MEGABYTE), "logo.jpg")}
        answer = personas.administrator.post(address, data=data)
        assert answer.status_code == status
        assert "太大" in answer.text


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.usefixtures("_temporary_files_left_to_the_collector")
def test_answers_may_carry_three_files_of_ten_megabytes(personas: Personas, make: Factory) -> None:
    event, user = make.event(), make.user()
    numbers = [ask(make, event, QuestionKind.FILE) for _ in range(3)]
    registration = make.registration(event.slots[0], user=user)
    pdf = b"%PDF-" + b"x" * 9 * MEGABYTE
    data = {f"question-{number}": (BytesIO(pdf), "作文.pdf") for number in numbers}
    assert personas.young(user).post(f"/registrations/{registration.id}/answers", data=data).status_code == 303


def test_the_api_takes_scans_and_nothing_larger(client: FlaskClient, make: Factory) -> None:
    event = make.going_on()
    _, token = make.device(event)
    headers = {"Authorization": f"Bearer {token}"}
    answers = [
        client.post(f"/api/v1/events/{event.id}/scans", headers=headers, json={"device_time": "x" * size * MEGABYTE})
        for size in (1, 3)
    ]
    assert [answer.status_code for answer in answers] == [422, 413]
