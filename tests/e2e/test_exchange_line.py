"""The whole line of an exchange, each at the own screen.

Recommend, decide, confirm with consent, prepare the trip, pair, swap by keyboard, publish, accept, a letter
through the teacher, the journal."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize
from python_calamine import load_workbook
from sqlalchemy import select

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.organisations.models import MembershipRole, Organisation
from app.people.models import Person, Relation
from app.programmes import sides
from app.programmes.applications import answering
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application, Programme, Quota, Side
from tests.browser import PHONE, overhang
from tests.e2e.conftest import Visit
from tests.e2e.looking import tab_to, too_small
from tests.exchanges import a_programme, a_pupil, decide, nominated, said_by, side_words
from tests.factories import Factory

LAPTOP = ViewportSize(width=1280, height=800)
SUBMIT = ".actionbar [type=submit]:not([name])"
LETTER = "你好！我喜欢画画，周末常去古道走走。你们那里有山吗？"
OURS, THEIRS = ("林晓雨", "王芳"), ("韩梅", "赵敏")


@dataclass
class Exchange:
    """A programme of two schools; the other one's pupils have confirmed already. Users are by name."""

    rows: Factory
    visit: Visit
    screen: ViewportSize
    programme: Programme
    quota: Quota
    office: User
    manager: User
    staff: User
    young: dict[str, User]

    def at(self, user: User | None, path: str) -> Page:
        """Let somebody open a page, on such a screen; look at it as it comes."""
        page = self.visit(user, viewport=self.screen).open(path)
        look(page)
        return page

    def application(self, name: str) -> Application:
        """Return somebody's application."""
        mine = (
            select(Application).join(Person).where(Person.name == name, Application.programme_id == self.programme.id)
        )
        return self.rows.do(lambda: db.session.scalars(mine).one())


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def exchange(request: pytest.FixtureRequest, rows: Factory, visit: Visit) -> Exchange:
    """What there is before our school recommends anybody."""
    host, ours, theirs = rows.organisation(), rows.school(), rows.school()
    programme = a_programme(rows, host, title="山水同行书信营", nights_away=True)
    first = rows.do(lambda: db.session.get_one(Programme, programme.id).sides[0].id)
    second = rows.do(sides.add_side, programme.id, side_words(theirs.id), by=rows.user().id, at=now()).id
    quotas = [quota(rows, side, school) for side, school in ((first, ours), (second, theirs))]
    young = {name: rows.user(name) for name in (*OURS, *THEIRS)}
    pupils = [
        a_pupil(rows, school, young[name], name=name, age=15, relation=Relation.ONESELF)
        for names, school in ((OURS, ours), (THEIRS, theirs))
        for name in names
    ]
    chosen = nominated(rows, quotas[1], *pupils[2:])
    decide(rows, Verdict.ACCEPT, *chosen)
    for one in chosen:
        confirm(rows, one)
    return Exchange(
        rows=rows,
        visit=visit,
        screen=request.param,
        programme=programme,
        quota=quotas[0],
        office=rows.member(ours),
        manager=rows.member(host, MembershipRole.MANAGER),
        staff=rows.member(host),
        young=young,
    )


def quota(rows: Factory, side_id: int, school: Organisation) -> Quota:
    """Let a school recommend two pupils for a side."""
    rows.do(sides.set_quotas, side_id, {school.id: 2}, by=rows.user().id, at=now())
    return rows.do(lambda: db.session.get_one(Side, side_id).quotas[0])


def confirm(rows: Factory, one: Application) -> None:
    """Let a family confirm a place."""
    rows.do(answering.say_yes, one.id, by=one.applied_by_id, at=now())
    said_by(rows, one, is_called=True)


def look(page: Page) -> None:
    """Check that a page can be read, and touched where one touches it."""
    assert overhang(page) == 0, page.url
    if page.viewport_size == PHONE:
        assert too_small(page) == [], page.url


def press(page: Page, words: str) -> None:
    """Press a button of the page, say yes if it asks, and look at where that leads."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words).first.click()
        if page.locator("dialog").count():
            page.click("dialog [value=yes]")
    look(page)


def link_in(page: Page) -> str:
    """Return the path of the link that a page has to be sent on."""
    return urlsplit(page.input_value("#guardian-words").split()[-1]).path


def test_from_the_recommendation_to_the_journal(exchange: Exchange) -> None:
    recommend_and_decide(exchange)
    families_confirm(exchange)
    prepare_the_trip(exchange)
    round_id = pair_and_publish(exchange)
    partner = families_accept(exchange)
    a_letter_goes_through_the_teacher(exchange, round_id, partner)
    all_is_counted(exchange, round_id)


def recommend_and_decide(exchange: Exchange) -> None:
    """The school recommends both pupils, the host takes both."""
    page = exchange.at(exchange.office, f"/school/quotas/{exchange.quota.id}")
    for name in OURS:
        page.get_by_label(name).check()
    page.click(SUBMIT)
    page.wait_for_url("**/school/programmes")
    page = exchange.at(exchange.staff, f"/desk/programmes/{exchange.programme.id}/applications?state=applied")
    for name in OURS:
        page.get_by_label(name).check()
    page.select_option("[name=verdict]", "accept")
    press(page, "确定")


def families_confirm(exchange: Exchange) -> None:
    """A youth says yes, a guardian agrees at the own screen, the host calls; the other family is quicker."""
    page = exchange.at(exchange.young["林晓雨"], "/mine")
    page.click("a[href^='/applications/']")
    press(page, "参加")
    page.click("main a:has-text('请家长同意')")
    press(page, "生成给家长的链接")
    guardian = exchange.at(None, link_in(page))
    guardian.check("[name^=take_][value=yes]")
    sign(guardian)
    press(guardian, "交回执")
    one = exchange.application("林晓雨")
    staff = exchange.at(exchange.staff, f"/desk/applications/{one.id}")
    staff.click("main a[href$='/call']")
    staff.check("[name=guardian_id]")
    staff.check("[name=takes_part][value=confirms]")
    press(staff, "记下来")
    confirm(exchange.rows, exchange.application("王芳"))
    page = exchange.at(exchange.young["林晓雨"], f"/applications/{one.id}")
    assert "确定参加" in page.inner_text("main")


def prepare_the_trip(exchange: Exchange) -> None:
    """The list of what is to be done, a group, and the first list of names."""
    trip = f"/desk/programmes/{exchange.programme.id}/trip"
    page = exchange.at(exchange.staff, trip)
    press(page, "加入常用事项")
    press(page, "完成")
    page = exchange.at(exchange.staff, f"{trip}/groups")
    page.fill("[name=count]", "1")
    press(page, "添加")
    press(page, "自动分配未安排的人")
    assert all(name in page.inner_text(".stations") for name in (*OURS, *THEIRS))
    page = exchange.at(exchange.staff, f"{trip}/lists")
    with page.expect_download() as made:
        page.click("#roster button[value=xlsx]")
    rows = load_workbook(str(made.value.path())).get_sheet_by_index(0).to_python()
    assert {cell for row in rows for cell in row} >= {*OURS, *THEIRS}


def pair_and_publish(exchange: Exchange) -> int:
    """All at once, then one by keyboard; a second person checks. Returns the round."""
    page = exchange.at(exchange.staff, f"/desk/pairing/programmes/{exchange.programme.id}/new")
    press(page, "全部放进来")
    page = exchange.at(exchange.staff, "/desk/pairing")
    page.click("main a:has-text('山水同行书信营')")
    press(page, "自动结对")
    before = partner_of(page, "林晓雨")
    tab_to(page, "#pair-1 a.button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/exchange")
    tab_to(page, "main button[name=other]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/pairing/*")
    assert partner_of(page, "林晓雨") != before
    address = urlsplit(page.url).path
    page = exchange.at(exchange.staff, f"{address}/way")
    page.check("[name=way][value=person]")
    press(page, "保存")
    page = exchange.at(exchange.manager, address)
    press(page, "我已核对")
    press(page, "发布")
    return int(address.rpartition("/")[2])


def families_accept(exchange: Exchange) -> str:
    """Both youths and both guardians; returns who the partner is."""
    shown = accept(exchange, "林晓雨")
    (partner,) = (name for name in THEIRS if name[1:] in shown)
    assert partner not in shown
    accept(exchange, partner)
    page = exchange.at(exchange.young["林晓雨"], "/mine")
    page.click("main a[href^='/pairs/']")
    assert "已结成" in page.inner_text("main")
    return partner


def accept(exchange: Exchange, name: str) -> str:
    """Let a youth accept, and the guardian by the link that the youth sends; returns what the youth saw."""
    page = exchange.at(exchange.young[name], "/mine")
    page.click("main a[href^='/pairs/']")
    shown = page.inner_text("main")
    press(page, "接受")
    page.click("main a:has-text('发给家长')")
    press(page, "生成给家长的链接")
    guardian = exchange.at(None, link_in(page))
    if "/pair" not in guardian.url:
        guardian.click("main a[href$='/pair']")
    guardian.check("[name=answer][value=accepted]")
    sign(guardian)
    press(guardian, "交回执")
    return shown


def partner_of(page: Page, name: str) -> str:
    """Return with whom somebody is paired, by the page of a round."""
    pair = page.locator(".pairing", has=page.locator(".pairing__name", has_text=name)).inner_text()
    return next(one for one in THEIRS if one in pair)


def sign(page: Page) -> None:
    """Type a guardian's name."""
    page.fill("[name=name]", "林建平")
    page.select_option("[name=relation]", "father")


def a_letter_goes_through_the_teacher(exchange: Exchange, round_id: int, partner: str) -> None:
    """Who reads it first stands there; the partner reads it once it is handed on, the teacher then no more."""
    page = exchange.at(exchange.manager, f"/desk/pairing/{round_id}/letters")
    page.select_option("[name=protection_id]", str(exchange.manager.id))
    press(page, "保存")
    for number in range(2):
        page.select_option("[name=group]", index=number)
        page.select_option("[name=user_id]", str(exchange.staff.id))
        press(page, "指定这位老师")
    page = exchange.at(exchange.young["林晓雨"], "/mine")
    page.click("main a[href^='/pairs/']")
    page.click("main a:has-text('写信')")
    assert f"这封信会先交给{exchange.staff.name}" in page.inner_text("main").replace(" ", "")
    page.fill("[name=words]", LETTER)
    press(page, "交给老师")
    teacher = exchange.at(exchange.staff, "/letters")
    teacher.click("main a[href^='/letters/']")
    reading = teacher.url
    assert LETTER in teacher.inner_text("main")
    press(teacher, "转交给对方")
    assert teacher.goto(reading).status == 404
    page = exchange.at(exchange.young[partner], "/mine")
    page.click("main a[href^='/pairs/']")
    page.click("main a:has-text('写信')")
    assert LETTER in page.inner_text("main")


def all_is_counted(exchange: Exchange, round_id: int) -> None:
    """48 letters of a class in one line, besides the one that was handed on."""
    page = exchange.at(exchange.staff, f"/desk/pairing/{round_id}/journal")
    page.check("[name=what][value=sent]")
    page.fill("[name=count]", "48")
    press(page, "记下")
    assert page.locator(".stats").inner_text().count("49") == 1
