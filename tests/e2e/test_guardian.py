"""A child signs up, a guardian answers on the own phone, the teacher calls; and a parent who signs two children up."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, RegistrationState, Slot
from app.organisations.models import Organisation
from app.people.consents.models import ConsentInForce
from app.people.models import Enrolment
from app.people.operations import confirm_enrolments
from tests.browser import PHONE, overhang
from tests.e2e.conftest import Visit
from tests.e2e.looking import too_small
from tests.factories import PASSWORD, Factory, born

NARROW = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 800}
SUBMIT = ".actionbar [type=submit]:not([name])"
ANOTHER = ".actionbar [name=another]"


@pytest.fixture
def school(rows: Factory) -> Organisation:
    """The children's school."""
    return rows.school()


def enter(page: Page, name: str, age: int, school: Organisation, phone: str = "") -> None:
    """Type a child in; with a phone also what an account is opened by."""
    page.fill("[name=name]", name)
    page.fill("[name=born_on]", f"{born(age):%Y%m%d}")
    page.select_option("[name=school_id]", str(school.id))
    page.fill("[name=class_name]", "六年级1班")
    if phone:
        page.fill("[name=phone]", phone)
        page.fill("[name=password]", PASSWORD)


def sound(page: Page) -> None:
    """Check that a page can be read and touched on a phone."""
    assert overhang(page) == 0
    assert too_small(page) == []


def states(rows: Factory, slot: Slot) -> dict[str, RegistrationState]:
    """Return how it stands with everybody, by name."""
    with rows.app.app_context():
        db.session.rollback()
        return {one.person.name: one.state for one in db.session.query(Registration).filter_by(slot_id=slot.id)}


def is_pupil(rows: Factory, school: Organisation) -> None:
    """Let the school say that those who named it are its pupils."""
    with rows.app.app_context():
        asked = [one.id for one in db.session.query(Enrolment).filter_by(school_id=school.id)]
    rows.do(confirm_enrolments, asked, school.id, by=rows.user().id, at=now())


def agreed(rows: Factory, slot: Slot) -> dict[str, set[str]]:
    """Return what holds of the guardians' answers, by the child's name."""
    with rows.app.app_context():
        db.session.rollback()
        places = {one.person_id: one.person.name for one in db.session.query(Registration).filter_by(slot_id=slot.id)}
        found = db.session.query(ConsentInForce).filter(ConsentInForce.person_id.in_(places))
        return {places[one.person_id]: set(one.agreed) for one in found}


def test_a_child_signs_up_the_guardian_answers_the_teacher_calls_and_later_the_place_goes_on(
    visit: Visit, rows: Factory, school: Organisation
) -> None:
    slot = rows.slot(capacity=1, has_waiting_list=True)
    child = visit().open(f"/slots/{slot.id}/registration/self")
    enter(child, "何小禾", 12, school, "13700000021")
    child.click(SUBMIT)
    child.wait_for_selector(".ticket--waiting")
    rows.registration(slot, name="林晓雨", age=20)
    is_pupil(rows, school)
    child.click("text=请家长同意")
    words = child.input_value("#guardian-words")
    sound(child)

    guardian = visit(viewport=PHONE).open(urlsplit(words.split()[-1]).path)
    assert "何小禾" in guardian.inner_text("main")
    sound(guardian)
    guardian.check("[name^=take_][value=yes]")
    assert guardian.is_visible("text=活动照片里可以有孩子") and guardian.locator("input:checked").count() == 1
    guardian.fill("[name=name]", "何建平")
    guardian.select_option("[name=relation]", "father")
    guardian.click(SUBMIT)
    guardian.wait_for_selector("text=您已同意")
    assert guardian.url != words.split()[-1]
    sound(guardian)
    assert states(rows, slot) == {"何小禾": RegistrationState.HELD, "林晓雨": RegistrationState.WAITING}
    assert agreed(rows, slot) == {"何小禾": {"taking_part"}}
    child.goto(child.url.removesuffix("/guardian"))
    assert "就差一个电话" in child.inner_text("main")

    teacher = visit(rows.member(school), viewport=DESK).open("/school/guardians")
    teacher.click("a[href$='/guardian/call']")
    teacher.check("[name=guardian_id]")
    teacher.check("[name=takes_part][value=confirms]")
    teacher.click("main [type=submit] >> nth=0")
    teacher.wait_for_url("**/school/guardians")
    assert states(rows, slot)["何小禾"] is RegistrationState.CONFIRMED
    assert agreed(rows, slot) == {"何小禾": {"taking_part"}}
    child.reload()
    assert "报名成功" in child.inner_text("main")

    guardian.reload()
    guardian.click("a[href*='/withdrawal']")
    guardian.click(".button--danger")
    guardian.wait_for_selector("text=已撤回")
    assert states(rows, slot) == {"何小禾": RegistrationState.CANCELLED, "林晓雨": RegistrationState.OFFERED}
    sound(guardian)


def test_a_parent_signs_two_children_up_and_answers_for_both_in_one_go(
    visit: Visit, rows: Factory, school: Organisation
) -> None:
    slot = rows.slot()
    page = visit(viewport=NARROW).open(f"/slots/{slot.id}/registration/child")
    enter(page, "周一诺", 12, school, "13700000022")
    page.fill("[name=holder_name]", "周建国")
    page.click(ANOTHER)
    page.click("a[href$='/registration/child']")
    enter(page, "周思远", 15, school)
    with page.expect_navigation():
        page.click(ANOTHER)
    assert page.locator("[name=person_id]:checked").count() == 2
    assert page.locator("[name^=guardian-]:checked").count() == 0
    sound(page)
    first, second = (page.locator(".family__child", has_text=name) for name in ("周一诺", "周思远"))
    for child in (first, second):
        child.locator("[value=yes]").check()
    second.locator("[name*=photos]").check()
    page.fill("[name=guardian-name]", "周建国")
    page.select_option("[name=guardian-relation]", "father")
    page.click(SUBMIT)
    page.wait_for_selector(".ticket")
    assert states(rows, slot) == {"周一诺": RegistrationState.HELD, "周思远": RegistrationState.CONFIRMED}
    assert agreed(rows, slot) == {"周一诺": {"taking_part"}, "周思远": {"taking_part", "photos"}}
    assert "就差一个电话" in page.inner_text("main")
    sound(page)
    page.click("text=接下来怎么办")
    page.click("a[href*='/G/']")
    assert "周一诺" in page.inner_text("main") and "周思远" in page.inner_text("main")
    sound(page)


def test_a_child_who_is_not_ticked_is_not_asked_about(visit: Visit, rows: Factory) -> None:
    parent = rows.user("周建国")
    for name, age in (("周一诺", 12), ("周思远", 15)):
        rows.person(parent, name=name, age=age)
    page = visit(parent).open(f"/slots/{rows.slot().id}/registration")
    assert not page.is_visible(".family")
    page.click("label:has-text('周思远')")
    assert page.is_visible(".family__child:has-text('周思远')")
    assert not page.is_visible(".family__child:has-text('周一诺')")
    assert not page.is_visible("text=活动照片里可以有孩子")
    page.check(".family__child:has-text('周思远') [value=yes]")
    page.reload()
    assert page.locator("[name=person_id]:checked").count() == 1
    assert page.locator("[name^=guardian-]:checked").count() == 0, "an answer is never chosen beforehand"
