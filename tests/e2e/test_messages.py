"""Messages where scripts run: what is filled in comes at a click, and the tab says how many wait."""

from tests.browser import PHONE
from tests.e2e.conftest import Visit
from tests.e2e.town import Town


def test_what_is_filled_in_is_put_where_the_cursor_was(visit: Visit, town: Town) -> None:
    page = visit(town.manager, "zh_Hans_CN").open("/desk/messages/words/registered")
    page.fill("#body_zh", "你好！")
    page.evaluate("document.querySelector('#body_zh').setSelectionRange(2, 2)")
    page.click("button[data-insert='{姓名}']")
    page.click("button[data-insert='{活动}']")
    assert page.input_value("#body_zh") == "你好{姓名}{活动}！"
    with page.expect_navigation():
        page.click("button[name=preview]")
    assert "你好林晓雨清溪古镇青年文化交流日！" in page.inner_text("main")
    assert page.input_value("#body_zh") == "你好{姓名}{活动}！"


def test_the_tab_says_how_many_wait_to_eyes_and_ears(visit: Visit, town: Town) -> None:
    page = visit(town.young, "zh_Hans_CN", viewport=PHONE).open("/")
    tab = page.locator(".tabbar a[href='/messages']")
    waiting = int(tab.locator(".badge").inner_text())
    assert waiting > 0
    assert f"{waiting} 条未读" in tab.text_content()
    assert tab.locator(".badge").get_attribute("aria-hidden") == "true"
    tab.click()
    with page.expect_navigation():
        page.click("main form button")
    assert page.locator(".tabbar .badge").count() == 0
