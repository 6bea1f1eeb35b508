"""Staff answers an event's questions for somebody who told them on the phone."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.events.announcing import cancel_event
from app.events.models import Event, Registration
from app.events.questions.asking import set_deadline
from app.questions.models import QuestionKind
from app.questions.queries import answers_of, sheet_of
from tests.asked import ask, give, give_file
from tests.factories import Factory
from tests.signing_in import Personas


@pytest.fixture
def event(personas: Personas, make: Factory) -> Event:
    """An event of the host."""
    return make.event(personas.host)


@pytest.fixture
def somebody(make: Factory, event: Event) -> Registration:
    """Somebody who has signed up, and answered nothing."""
    return make.registration(event.slots[0], name="林晓雨", age=20)


def path(registration: Registration) -> str:
    """Return where staff answers."""
    return f"/desk/registrations/{registration.id}/answers/form"


def answers(app: Flask, registration: Registration, set_id: int) -> dict[int, str]:
    """Return what was answered, by question."""
    with app.app_context():
        sheet = sheet_of(registration.person_id, set_id)
        return {number: one.text for number, one in answers_of(sheet).items()}


def set_of(app: Flask, event: Event) -> int:
    """Return the id of an event's questions."""
    with app.app_context():
        return db.session.get_one(Event, event.id).question_set_id or 0


def test_what_somebody_says_on_the_phone_is_written_down_and_mended(
    app: Flask, personas: Personas, make: Factory, event: Event, somebody: Registration
) -> None:
    number = ask(make, event, is_required=True)
    for said in ("一本书", "两本书"):
        answer = personas.staff.post(path(somebody), data={f"question-{number}": said})
        assert (answer.status_code, answer.location) == (303, f"/desk/registrations/{somebody.id}/answers")
    assert "两本书</textarea>" in personas.staff.get(path(somebody)).text
    assert answers(app, somebody, set_of(app, event)) == {number: "两本书"}
    assert "工作人员代填了报名问题" in personas.staff.get(f"/desk/registrations/{somebody.id}").text


def test_what_is_sensitive_is_not_shown_and_stays_as_it_was(
    app: Flask, personas: Personas, make: Factory, event: Event, somebody: Registration
) -> None:
    plain, secret = ask(make, event), ask(make, event, text="有没有忌口？", is_sensitive=True)
    photo = ask(make, event, QuestionKind.FILE, "你的作品")
    give(make, somebody, {plain: "一本书", secret: "花生"})
    give_file(make, somebody, photo)
    give(make, somebody, {plain: "一本书", secret: "花生", photo: "我的作品.jpg"})
    page = personas.staff.get(path(somebody)).text
    assert "有没有忌口" not in page
    assert "花生" not in page
    personas.staff.post(path(somebody), data={f"question-{plain}": "两本书", f"question-{photo}-kept": "1"})
    kept = answers(app, somebody, set_of(app, event))
    assert (kept[plain], kept[secret]) == ("两本书", "花生")


def test_what_is_missing_is_said_beside_it_and_nothing_typed_is_lost(
    personas: Personas, make: Factory, event: Event, somebody: Registration
) -> None:
    number, other = ask(make, event, is_required=True), ask(make, event, text="还有？")
    answer = personas.staff.post(path(somebody), data={f"question-{other}": "我写了很多"})
    assert answer.status_code == 422
    assert f'id="question-{number}-errors"' in answer.text
    assert "我写了很多</textarea>" in answer.text


def test_after_the_deadline_staff_still_may_and_of_what_is_called_off_nobody(
    personas: Personas, make: Factory, event: Event, somebody: Registration
) -> None:
    number = ask(make, event)
    make.do(set_deadline, event.id, now() - timedelta(hours=1), by=event.created_by_id, at=now())
    assert personas.staff.post(path(somebody), data={f"question-{number}": "一本书"}).status_code == 303
    make.do(cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    answer = personas.staff.post(path(somebody), data={f"question-{number}": "两本书"})
    assert answer.status_code == 422
    assert "两本书</textarea>" in answer.text


def test_only_staff_of_the_host_answers_and_only_what_is_asked(
    personas: Personas, make: Factory, event: Event, somebody: Registration
) -> None:
    assert personas.staff.get(path(somebody)).status_code == 404
    ask(make, event, text="有没有忌口？", is_sensitive=True)
    assert personas.staff.get(path(somebody)).status_code == 404
    ask(make, event)
    assert personas.staff.get(path(somebody)).status_code == 200
    assert personas.outsider.get(path(somebody)).status_code == 404
    assert personas.young().post(path(somebody)).status_code == 403


def test_the_list_shows_who_has_not_answered_yet(
    personas: Personas, make: Factory, event: Event, somebody: Registration
) -> None:
    make.registration(event.slots[0], name="何晨", age=20)
    address = f"/desk/events/{event.id}/registrations?unanswered=1"
    number = ask(make, event)
    page = personas.staff.get(address).text
    assert "林晓雨</a>" in page
    assert 'value="1" selected>还没答报名问题' in page
    give(make, somebody, {number: "一本书"})
    page = personas.staff.get(address).text
    assert "林晓雨</a>" not in page
    assert "何晨</a>" in page
    ask(make, event, text="后来加的一题")
    assert "林晓雨</a>" in personas.staff.get(address).text
