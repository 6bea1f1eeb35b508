"""The inbox: what one was told, and one's children."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.clock import now
from app.messages.models import MessageKind
from app.messages.queries import PAGE
from app.messages.sending import News, Reader, tell_all
from tests.counting import statements
from tests.factories import Factory
from tests.letters import first_letter, letters
from tests.signing_in import Personas, signed_in


def tell_many(make: Factory, person_id: int, how_many: int) -> None:
    """Tell somebody a number of things."""
    unit = make.organisation().id
    for number in range(how_many):
        facts = {"subject": f"第{number + 1}条。", "body": "<b>好</b> http://evil.example/"}
        make.do(tell_all, News(MessageKind.ANNOUNCEMENT, unit, facts), [Reader(person_id)], at=now())


def unread(client: FlaskClient) -> str:
    """Return what the tab says about unread messages."""
    tab = client.get("/mine").text.split('href="/messages"')[1].split("</a>")[0]
    return tab.split("visually-hidden")[1].split(">")[1].split("<")[0] if "visually-hidden" in tab else ""


def test_whoever_signs_up_finds_a_message_and_reads_it(app: Flask, make: Factory) -> None:
    user = make.user()
    registration = make.registration(user=user)
    browser = signed_in(app, user)
    assert unread(browser) == "1 条未读"
    page = browser.get("/messages").text
    assert "报名成功：古镇文化交流日" in page
    assert '<span class="letter__state">未读</span>' in page
    message = first_letter(make, registration.person_id)
    read = browser.get(f"/messages/{message}").text
    assert f'href="/registrations/{registration.id}"' in read
    assert unread(browser) == ""
    assert '<span class="letter__state">未读</span>' not in browser.get("/messages").text


def test_the_first_reading_counts(app: Flask, make: Factory) -> None:
    user = make.user()
    person = make.registration(user=user).person_id
    browser, address = signed_in(app, user), f"/messages/{first_letter(make, person)}"
    moments = []
    for _ in range(2):
        assert browser.get(address).status_code == 200
        with app.app_context():
            moments.append(letters(person)[0].read_at)
    assert moments[0] is not None
    assert moments[0] == moments[1]


@pytest.mark.parametrize(
    "ahead", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}]
)
def test_a_browser_that_fetches_ahead_has_read_nothing(app: Flask, make: Factory, ahead: dict[str, str]) -> None:
    user = make.user()
    person = make.registration(user=user).person_id
    browser, address = signed_in(app, user), f"/messages/{first_letter(make, person)}"
    assert browser.get(address, headers=ahead).status_code == browser.head(address).status_code == 200
    with app.app_context():
        assert letters(person)[0].read_at is None


def test_a_reader_of_english_reads_english(app: Flask, make: Factory) -> None:
    user = make.user()
    make.registration(user=user)
    assert "You are in: " in signed_in(app, user, "en").get("/messages").text


def test_it_says_which_child_a_message_is_about(app: Flask, make: Factory) -> None:
    user = make.user()
    make.registration(user=user, name="周一诺")
    browser = signed_in(app, user)
    assert "<strong>周一诺</strong>" not in browser.get("/messages").text
    message = first_letter(make, make.registration(user=user, name="周思远").person_id)
    page = browser.get("/messages").text
    assert "<strong>周一诺</strong>" in page
    assert "<strong>周思远</strong>" in page
    assert "关于周思远" in browser.get(f"/messages/{message}").text


def test_a_message_of_another_family_is_not_there(app: Flask, personas: Personas, make: Factory) -> None:
    message = first_letter(make, make.registration().person_id)
    assert personas.young().get(f"/messages/{message}").status_code == 404
    assert personas.anonymous.get(f"/messages/{message}").status_code == 302


def test_everything_is_marked_as_read_and_only_ones_own(app: Flask, make: Factory) -> None:
    user, other = make.user(), make.user()
    for reader in (user, user, other):
        make.registration(user=reader)
    browser = signed_in(app, user)
    for _ in range(2):
        assert browser.post("/messages/reading").status_code == 303
    assert "都读过了" in browser.get("/messages?view=unread").text
    assert unread(signed_in(app, other)) == "1 条未读"


def test_the_newest_come_first_and_pages_go_on_where_the_last_one_ended(app: Flask, make: Factory) -> None:
    user = make.user()
    tell_many(make, make.person(user).id, PAGE + 1)
    browser = signed_in(app, user)
    first = browser.get("/messages").text
    assert first.index(f"第{PAGE + 1}条。") < first.index("第2条。")
    assert "第1条。" not in first
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "第1条。" in browser.get(following).text
    assert "没有更早的消息" in browser.get("/messages?before=1").text
    assert browser.get("/messages?before=x").status_code == 200


def test_only_unread_ones_are_shown_when_asked_for(app: Flask, make: Factory) -> None:
    user = make.user()
    person = make.person(user).id
    tell_many(make, person, 2)
    browser = signed_in(app, user)
    browser.get(f"/messages/{first_letter(make, person)}")
    page = browser.get("/messages?view=unread").text
    assert "第2条。" in page
    assert "第1条。" not in page


def test_what_was_typed_is_no_markup_and_links_lead_to_us_alone(app: Flask, make: Factory) -> None:
    user = make.user()
    person, ours = make.person(user).id, f"{app.config['PUBLIC_URL']}/events/1"
    facts = {
        "subject": "<i>好</i>",
        "body": f"<b>好</b> http://evil.example/ {app.config['PUBLIC_URL']}.evil/ {ours}。",
    }
    make.do(tell_all, News(MessageKind.ANNOUNCEMENT, make.organisation().id, facts), [Reader(person)], at=now())
    page = signed_in(app, user).get(f"/messages/{first_letter(make, person)}").text
    assert "&lt;b&gt;好&lt;/b&gt;" in page
    assert "<i>好" not in page
    assert 'href="http://evil' not in page
    assert ".evil/</a>" not in page
    assert f'<a href="{ours}">{ours}</a>。' in page


def test_the_code_is_no_address_to_read(app: Flask, make: Factory) -> None:
    user = make.user()
    registration = make.registration(user=user)
    page = signed_in(app, user).get(f"/messages/{first_letter(make, registration.person_id)}").text
    address = f"{app.config['PUBLIC_URL']}/registrations/{registration.id}"
    assert f'<a href="{address}">查看入场码</a>' in page
    assert f">{address}<" not in page


@pytest.mark.parametrize("number", ["0577-6200 1188", "13800138000", "010-62001188"])
def test_a_phone_number_can_be_called(app: Flask, make: Factory, number: str) -> None:
    user = make.user()
    person, facts = make.person(user).id, {"subject": "好", "body": f"请打{number}找苏老师，编号 TX001-2026-0011912345"}
    make.do(tell_all, News(MessageKind.ANNOUNCEMENT, make.organisation().id, facts), [Reader(person)], at=now())
    page = signed_in(app, user).get(f"/messages/{first_letter(make, person)}").text
    digits = "".join(filter(str.isdigit, number))
    assert f'请打<a class="whole" href="tel:{digits}">{number}</a>找苏老师' in page
    assert page.count("tel:") == 1


def test_an_empty_inbox_says_what_to_do(personas: Personas) -> None:
    page = personas.young().get("/messages").text
    assert "还没有消息" in page
    assert "全部标为已读" not in page


def test_a_page_asks_once_how_many_are_unread_and_for_strangers_not_at_all(app: Flask, make: Factory) -> None:
    user = make.user()
    make.registration(user=user)
    for browser, asked in ((signed_in(app, user), 1), (app.test_client(), 0)):
        with statements(app) as collected:
            assert browser.get("/").status_code == 200
        assert sum("messages.read_at IS NULL" in one for one in collected) == asked
