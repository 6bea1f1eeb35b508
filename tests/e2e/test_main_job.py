"""The whole job, lived once in a phone's browser: from the draft of an event to the school's list."""

import base64
import subprocess
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page
from python_calamine import load_workbook
from sqlalchemy import select

from app.accounts.models import User
from app.core.clock import local, now
from app.core.db import db
from app.events.models import Slot
from app.organisations.models import Organisation
from app.people.operations import confirm_enrolments
from app.people.queries import current_enrolment
from tests.browser import CAMERA, Visitor, until
from tests.e2e.conftest import Visit
from tests.factories import PASSWORD, Factory, born

NAME, OTHER_NAME = "欧阳若溪", "陈思远"
VERDICT = "document.querySelector('.scanner__verdict').dataset.verdict"
SAME_SCAN = 4000  # milliseconds in which the same code is the same scan, see static/js/checkin/queue.js


def test_from_the_draft_of_an_event_to_the_list_of_the_school(visit: Visit, rows: Factory, tmp_path: Path) -> None:
    host, school, other_school = rows.organisation(), rows.school(), rows.school()
    organiser, office = rows.member(host), rows.member(school)

    desk = visit()
    at_desk = sign_in(desk, organiser)
    set_up_an_event(at_desk, "古镇寻访日")
    event_path = at_desk.url.removeprefix(desk.origin)
    at_desk.screenshot(path=tmp_path / "desk.png")

    phone = visit()
    on_phone = phone.open()
    sign_up(on_phone, "古镇寻访日", school.id)
    assert NAME in on_phone.inner_text(".ticket__name")
    on_phone.screenshot(path=tmp_path / "code.png")
    sign_up_a_pupil_of(rows, other_school, event_path)

    at_gate = scanner(desk, event_path)
    code = own_code(phone, on_phone)
    at_gate.evaluate("paint", code)
    until(at_gate, VERDICT, "arrived")
    until(at_gate, "document.querySelector('[data-count=arrived]').textContent", "1")
    assert at_gate.inner_text("[data-count=registered]") == "2"
    assert NAME in at_gate.inner_text(".scanner__name")
    at_gate.evaluate("paint", None)
    seen_until = at_gate.evaluate("Date.now()")

    at_desk.goto(f"{desk.origin}{event_path}/certificates")
    at_desk.click("main form .button--primary")
    with at_desk.expect_navigation():
        at_desk.click("dialog [value=yes]")
    assert NAME in at_desk.inner_text("tbody")
    proof = certificate_of(phone, on_phone, tmp_path)
    assert proof.lower().startswith(f"{phone.origin}/v/")

    until(at_gate, f"Date.now() - {seen_until} > {SAME_SCAN}")
    at_gate.evaluate("paint", code)
    until(at_gate, VERDICT, "already")
    assert at_gate.inner_text("[data-count=arrived]") == "1"

    stranger = visit().open(proof)
    assert stranger.locator(".banner--pine").count() == 1
    assert "欧" in stranger.inner_text("main")
    assert NAME not in stranger.content()

    at_school = sign_in(visit(), office)
    assert list_of_the_school(at_school) == [NAME]


def sign_in(visitor: Visitor, user: User) -> Page:
    """Sign in as people do."""
    page = visitor.open("/sign-in")
    page.fill("[name=identifier]", user.sign_in_name)
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit]")
    return page


def set_up_an_event(page: Page, title: str) -> None:
    """Set up and publish an event that is going on, with one slot."""
    begins = local(now()) - timedelta(hours=1)
    page.click("main a[href$='/desk/events/new']")
    words = {"title": title, "summary": "走访老街，听老人讲故事。", "place": "古镇", "contact": "苏老师"}
    moments = {
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=3),
        "opens_at": begins - timedelta(days=3),
        "closes_at": begins + timedelta(hours=3),
    }
    for name, value in (words | {"slot_title": "上午场", "capacity": "20"}).items():
        page.fill(f"[name={name}]", value)
    for name, moment in moments.items():
        page.fill(f"[name={name}]", f"{moment:%Y-%m-%dT%H:%M}")
    page.click(".actionbar [type=submit]")
    page.click("form[action$='/publication'] button")
    page.wait_for_selector("a[href$='/scanner'].button")


def sign_up(page: Page, title: str, school_id: int) -> None:
    """Sign up as a pupil of 16 who was never here before."""
    page.click(f"text={title}")
    page.click("a[href$='/registration']")
    page.click("a[href$='/registration/self']")
    page.fill("[name=name]", NAME)
    page.fill("[name=born_on]", f"{born(18):%Y%m%d}")
    page.select_option("[name=school_id]", str(school_id))
    page.fill("[name=class_name]", "高一（2）班")
    page.fill("[name=phone]", "137 1234 5678")
    page.fill("[name=password]", PASSWORD)
    page.click(".actionbar [type=submit]")
    page.wait_for_selector(".ticket")


def sign_up_a_pupil_of(rows: Factory, school: Organisation, event_path: str) -> None:
    """Sign somebody of another school up for the same event, and let that school confirm."""
    event_id = int(event_path.rsplit("/", 1)[-1])
    with rows.app.app_context():
        slot = db.session.scalars(select(Slot).where(Slot.event_id == event_id)).one()
        other = rows.registration(slot, name=OTHER_NAME, school=school)
        enrolment = current_enrolment(other.person_id)
        rows.do(confirm_enrolments, [enrolment.id], school.id, by=rows.user().id, at=now())


def own_code(phone: Visitor, page: Page) -> str:
    """Return the picture of the code that the page shows, as an address."""
    source = page.get_attribute(".ticket__qr img", "src")
    picture = phone.context.request.get(f"{phone.origin}{source}")
    assert picture.headers["content-type"] == "image/png"
    return "data:image/png;base64," + base64.b64encode(picture.body()).decode()


def scanner(desk: Visitor, event_path: str) -> Page:
    """Open the scanner and start its camera."""
    desk.context.add_init_script(CAMERA)
    page = desk.open(f"{event_path}/scanner")
    page.click("[data-action=start]")
    return page


def certificate_of(phone: Visitor, page: Page, folder: Path) -> str:
    """Fetch the certificate as a PDF, and return what its printed QR code says."""
    page.goto(f"{phone.origin}/mine/certificates")
    page.click(".card__link")
    source = page.get_attribute("a[href$='.pdf']", "href")
    paper = folder / "certificate.pdf"
    paper.write_bytes(phone.context.request.get(f"{phone.origin}{source}").body())
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", paper, folder / "certificate"], check=True)
    read = ["zbarimg", "--raw", "-q", folder / "certificate.png"]
    return subprocess.run(read, check=True, capture_output=True, text=True).stdout.strip()


def list_of_the_school(page: Page) -> list[str]:
    """Confirm whoever waits, download the school's list, and return the names in it."""
    page.click("a[href*='/school/pupils']")
    page.check("[name=enrolment_id]")
    page.click("form[action$='/confirmation'] .button--primary")
    page.click("nav a[href$='/school/registrations']")
    page.click("details summary")
    with page.expect_download() as download:
        page.click("details [type=submit]")
    sheet = load_workbook(str(download.value.path())).get_sheet_by_index(0).to_python()
    head, *people = sheet
    return [str(row[head.index("姓名")]) for row in people]
