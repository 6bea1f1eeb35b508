"""Answering an event's questions in a browser: what is asked because of an answer appears with it."""

from app.events.models import Event
from app.questions.models import QuestionKind
from tests.asked import ask
from tests.e2e.conftest import Visit
from tests.factories import Factory


def asking(rows: Factory) -> tuple[Event, int, int, int]:
    """Return an event that asks how somebody comes, with what bus then, and at which seat there."""
    event = rows.event()
    way = ask(rows, event, QuestionKind.CHOICE, "怎么来？", choices="自己来\n坐大巴", is_required=True)
    bus = ask(
        rows, event, QuestionKind.CHOICE, "坐哪辆？", choices="一号车\n二号车", needs_id=way, needs_answer="坐大巴"
    )
    seat = ask(rows, event, text="坐哪儿？", needs_id=bus, needs_answer="二号车", is_required=True)
    return event, way, bus, seat


def test_a_question_is_there_only_after_the_answer_it_needs(visit: Visit, rows: Factory) -> None:
    event, _way, bus, seat = asking(rows)
    user = rows.user()
    registration = rows.registration(event.slots[0], user=user)
    page = visit(user).open(f"/registrations/{registration.id}/answers")
    assert not page.is_visible(f"#question-{bus}")
    page.click("text=坐大巴")
    assert page.is_visible(f"#question-{bus}")
    page.click("text=二号车")
    page.fill(f"#question-{seat}", "靠窗")
    page.click("text=自己来")
    assert not page.is_visible(f"#question-{bus}")
    assert not page.is_visible(f"#question-{seat}")
    page.click("text=坐大巴")
    assert page.input_value(f"#question-{seat}") == "靠窗"
    page.click(".actionbar [type=submit]")
    page.wait_for_url(f"**/registrations/{registration.id}")


def test_without_scripts_everything_is_asked_and_what_is_not_needed_may_stay_empty(visit: Visit, rows: Factory) -> None:
    event, _way, bus, seat = asking(rows)
    user = rows.user()
    registration = rows.registration(event.slots[0], user=user)
    page = visit(user, java_script_enabled=False).open(f"/registrations/{registration.id}/answers")
    assert page.is_visible(f"#question-{bus}")
    assert page.is_visible(f"#question-{seat}")
    page.click("text=自己来")
    page.click(".actionbar [type=submit]")
    page.wait_for_url(f"**/registrations/{registration.id}")


def test_what_was_typed_survives_a_reload_but_nothing_sensitive_does(visit: Visit, rows: Factory) -> None:
    event, user = rows.event(), rows.user()
    plain, diet = ask(rows, event), ask(rows, event, text="有没有忌口？", is_sensitive=True)
    registration = rows.registration(event.slots[0], user=user)
    page = visit(user).open(f"/registrations/{registration.id}/answers")
    page.fill(f"#question-{plain}", "一本书")
    page.fill(f"#question-{diet}", "花生过敏")
    page.reload()
    assert page.input_value(f"#question-{plain}") == "一本书"
    assert page.input_value(f"#question-{diet}") == ""


def test_the_editor_asks_for_choices_only_where_there_are_some(visit: Visit, rows: Factory) -> None:
    host = rows.organisation()
    event = rows.event(host)
    page = visit(rows.member(host)).open(f"/desk/events/{event.id}/questions/new")
    assert not page.is_visible("#choices")
    page.click("text=多选")
    assert page.is_visible("#choices")
    page.click("text=文字")
    assert not page.is_visible("#choices")
