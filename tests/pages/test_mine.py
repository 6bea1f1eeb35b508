"""One's own registrations and codes, and the start page after a sign-in."""

import re
from datetime import timedelta

import pytest

from app.core.clock import now
from app.events.announcing import cancel_event
from app.events.registration.operations import cancel, register
from app.people.models import Relation
from tests.factories import Factory
from tests.signing_in import Personas


def test_a_parent_sees_the_places_of_all_children_the_next_first(personas: Personas, make: Factory) -> None:
    parent = make.user("周建国")
    later, sooner = make.event(title="后面的"), make.event(title="先来的", starts_at=now() + timedelta(hours=1))
    make.registration(later.slots[0], user=parent, name="大宝")
    make.registration(sooner.slots[0], user=parent, name="二宝")
    page = personas.young(parent).get("/mine").text
    assert page.index("二宝") < page.index("大宝")


def test_nobody_sees_the_places_of_others(personas: Personas, make: Factory) -> None:
    make.registration(name="别人家的")
    assert "别人家的" not in personas.young().get("/mine").text


def test_what_was_given_back_moves_to_the_end_and_its_code_disappears(personas: Personas, make: Factory) -> None:
    user = make.user()
    registration = make.registration(user=user)
    browser = personas.young(user)
    assert registration.code[:4] in browser.get("/mine/codes").text
    make.do(cancel, registration.id, by=user.id, at=now())
    assert "古镇文化交流日" in browser.get("/mine").text
    assert registration.code[:4] not in browser.get("/mine/codes").text


def test_the_code_of_an_event_that_is_going_on_is_still_there(personas: Personas, make: Factory) -> None:
    user = make.user()
    registration = make.registration(make.going_on().slots[0], user=user)
    page = personas.young(user).get("/mine/codes").text
    assert f"/registrations/{registration.id}/code.png" in page


def test_the_next_one_stands_on_top_as_a_ticket_and_says_how_soon(personas: Personas, make: Factory) -> None:
    user = make.user()
    later = make.event(title="后面的", starts_at=now() + timedelta(days=9), ends_at=now() + timedelta(days=10))
    make.registration(later.slots[0], user=user)
    registration = make.registration(make.going_on().slots[0], user=user, name="林小雪")
    page = personas.young(user).get("/mine").text
    ticket = page.split('class="ticket', 1)[1].split("</article>", 1)[0]
    assert f"/registrations/{registration.id}/code.png" in ticket
    assert page.count('class="ticket"') == 1
    assert "进行中" in page.split('class="countdown">', 1)[1][:20]
    assert "还有 9 天" in page


def test_a_cancelled_event_is_no_ticket(personas: Personas, make: Factory) -> None:
    user, event = make.user(), make.event()
    make.registration(event.slots[0], user=user)
    make.do(cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    page = personas.young(user).get("/mine").text
    assert 'class="ticket' not in page
    assert event.title in page


def test_the_code_of_a_cancelled_event_comes_last_and_says_so(personas: Personas, make: Factory) -> None:
    user, off = make.user(), make.event(title="不办了", starts_at=now() + timedelta(hours=1))
    make.registration(off.slots[0], user=user)
    held = make.registration(make.event(title="还办着").slots[0], user=user)
    make.do(cancel_event, off.id, "台风", by=off.created_by_id, at=now())
    page = personas.young(user).get("/mine/codes").text
    ticket, others = page.split("其他入场码")
    assert f"/registrations/{held.id}/code.png" in ticket
    assert "不办了" in others
    assert "活动已取消" in others


def test_what_is_over_comes_by_twenty_the_latest_first(personas: Personas, make: Factory) -> None:
    user = make.user()
    person = make.person(user)
    ids = []
    for number in range(22):
        slot = make.event(title=f"第{number:02}次").slots[0]
        registration = make.do(register, person.id, slot.id, by=user.id, at=now())
        make.do(cancel, registration.id, by=user.id, at=now())
        ids.append(registration.id)
    browser = personas.young(user)
    first = browser.get("/mine").text
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = browser.get(following).text
    shown = [re.findall(r"第(\d\d)次", page) for page in (first, second)]
    assert [int(number) for page in shown for number in page] == list(reversed(range(22)))
    assert [len(page) for page in shown] == [20, 2]


def test_without_anything_one_is_told_where_to_begin(personas: Personas) -> None:
    page = personas.young().get("/mine").text
    assert "还没有" in page or "去看看" in page
    assert 'href="/account"' in page


def test_somebody_may_stand_for_oneself_and_for_a_child(personas: Personas, make: Factory) -> None:
    user = make.user("周建国")
    make.person(user, name="周建国", age=40, relation=Relation.ONESELF)
    make.registration(user=user, name="周小宝")
    assert "周小宝" in personas.young(user).get("/mine").text


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("staff", "/desk/events"),
        ("manager", "/desk/events"),
        ("school_office", "/school/registrations"),
        ("administrator", "/admin/organisations"),
        ("auditor", "/audit"),
    ],
)
def test_after_a_sign_in_everybody_starts_where_the_work_is(personas: Personas, who: str, where: str) -> None:
    assert getattr(personas, who).get("/start").location == where


def test_the_language_is_remembered_and_one_comes_back_to_the_page(personas: Personas) -> None:
    chosen = personas.anonymous.get("/language/en", query_string={"next": "/verify?next=x"})
    assert (chosen.status_code, chosen.location) == (303, "/verify?next=x")
    assert '<html lang="en"' in personas.anonymous.get("/verify").text


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_choosing_a_language_leads_nowhere_else(personas: Personas, target: str) -> None:
    chosen = personas.anonymous.get("/language/xx", query_string={"next": target})
    assert chosen.location == "/"
