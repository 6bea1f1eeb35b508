"""Somebody tells those who are missing something, thinks again, tells it better, and they read it."""

from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.events.models import Event
from app.events.registration.operations import register
from app.messages.models import Announcement
from app.organisations.models import Organisation
from app.people.models import Relation
from tests.announced import leave
from tests.browser import Visitor, until
from tests.e2e.conftest import Visit
from tests.factories import Factory

PEOPLE = "document.querySelector('[data-count-people]').textContent"


def test_written_taken_back_sent_and_read(
    visit: Visit, rows: Factory, event: Event, host: Organisation, helper: Visitor
) -> None:
    young = rows.user("林晓雨")
    person = rows.person(young, name="林晓雨", relation=Relation.ONESELF)
    rows.do(register, person.id, event.slots[0].id, by=young.id, at=now())
    rows.arrival(rows.registration(event.slots[0], name="已经到了"))

    page = helper.open(f"/desk/events/{event.id}/announcements/new")
    until(page, PEOPLE, "2 人")
    page.click("text=今天还没签到")
    until(page, PEOPLE, "1 人")
    page.click("text=还没见到你")
    page.fill("[name=subject]", "人呢")
    with page.expect_navigation():
        page.click("[name=preview]")
    assert page.inner_text("[data-count-people]") == "1 人"
    page.click(".actionbar .button--primary")
    page.wait_for_selector("[data-seconds-left]")
    until(page, "Number(document.querySelector('[data-seconds-left]').textContent) < 30", True)
    with page.expect_navigation():
        page.click("form[action$=withdrawal] button")
    assert page.input_value("[name=subject]") == "人呢"
    page.fill("[name=subject]", "快到东门来")
    page.check("[name=is_urgent]")
    with page.expect_navigation():
        page.click("[name=preview]")
    page.click(".actionbar .button--primary")
    page.wait_for_selector("[data-seconds-left]")
    leave(rows, the_last(rows, event))

    letters = visit(young).open("/messages")
    letters.click("text=快到东门来")
    assert "已经开始" in letters.inner_text("main")
    assert "人呢" not in letters.inner_text("h1")

    page.reload()
    shown = page.inner_text(".stats").split()
    assert shown == ["已发给", "1", "已看到", "1", "电话通知到", "0", "还没看到", "0"]
    page.click("[data-copy]")
    until(page, "document.querySelector('[data-copy]').textContent", "已复制")


def the_last(rows: Factory, event: Event) -> int:
    """Return what was sent off last."""

    def find() -> int:
        of_event = select(Announcement.id).where(Announcement.event_id == event.id).order_by(Announcement.id.desc())
        return db.session.scalars(of_event).first() or 0

    return rows.do(find)
