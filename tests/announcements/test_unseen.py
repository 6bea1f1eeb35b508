"""Who does not know yet: by class, whom to call, and that it is written down."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.announcements import unseen
from app.core.audit import AccessEntry
from app.core.db import db
from app.events.models import Event
from app.events.registration.operations import cancel
from app.messages.models import Message
from tests.announcements.conftest import STORM, WORDS, Scene
from tests.factories import Factory
from tests.signing_in import Personas


@pytest.fixture
def page_address(scene: Scene) -> str:
    """The page, after something urgent was told and 甲 and 戊 have seen it."""
    scene.make.school_class(scene.first, "高一（3）班", form_teacher="覃老师")
    sent = scene.send(STORM)
    scene.leave(sent)
    scene.make.do(_read, "甲戊")
    return f"/desk/events/{scene.event.id}/unseen"


def _read(names: str) -> None:
    for one in db.session.scalars(select(Message).where(Message.is_urgent)):
        if one.person.name[-1] in names:
            one.read_at = one.sent_at


def names_on(page: str) -> list[str]:
    """Return the people on a page, in order."""
    return re.findall(r'<p class="unseen__name"><strong>([^<]*)<', page)


def buttons(page: str, ending: str) -> list[str]:
    """Return where the buttons of a page lead."""
    return re.findall(rf'action="([^"]*/{ending})"', page)


def test_who_does_not_know_is_listed_by_school_and_class(personas: Personas, page_address: str) -> None:
    page = personas.staff.get(page_address).text
    assert names_on(page) == ["林乙", "王丙", "赵丁"]
    assert re.findall(r"<h3>([^<]*?)\s*</h3>", page) == ["清溪一中 高一3班", "清溪二中 高一（3）班", "没有填学校"]
    assert "班主任：覃老师" in page
    assert "2 人看到，3 人还没看到" in page


def test_it_is_one_of_the_pages_of_announcements(personas: Personas, page_address: str) -> None:
    tabs = personas.staff.get(page_address).text.split('aria-label="本活动"')[1].split("</nav>")[0]
    assert re.findall(r"aria-current[^>]*>([^<]*)<", tabs) == ["通知"]


def test_all_of_them_are_shown_with_the_time(personas: Personas, page_address: str) -> None:
    page = personas.staff.get(f"{page_address}?view=all").text
    assert sorted(names_on(page)) == sorted(["陈甲", "林乙", "王丙", "赵丁", "周戊"])
    assert page.count("已看到 ") == 2


def test_what_is_not_urgent_is_not_followed_up(personas: Personas, scene: Scene) -> None:
    scene.leave(scene.send(WORDS))
    page = personas.staff.get(f"/desk/events/{scene.event.id}/unseen").text
    assert "没有紧急通知" in page


def test_the_overview_of_the_event_counts(personas: Personas, page_address: str, scene: Scene) -> None:
    page = personas.staff.get(f"/desk/events/{scene.event.id}").text
    assert "大风预警：2 人看到，3 人还没看到" in page


def test_numbers_are_masked_until_asked_for_and_that_is_written_down(
    personas: Personas, page_address: str, app: Flask, scene: Scene
) -> None:
    before = personas.staff.get(page_address)
    assert "tel:" not in before.text
    assert "137****5678" in before.text
    (phones,) = buttons(before.text, "unseen/phones")
    assert personas.staff.post(phones).status_code == 303
    after = personas.staff.get(page_address)
    assert 'href="tel:13712345678"' in after.text
    assert "家长 周建国" in after.text
    assert after.headers["Cache-Control"] == "no-store"
    with app.app_context():
        (entry,) = db.session.scalars(select(AccessEntry))
    assert (entry.action, entry.record_id, entry.people) == ("phones", scene.event.id, 5)
    assert "tel:" not in personas.manager.get(page_address).text  # who did not ask sees none


def test_the_guardian_comes_first(personas: Personas, page_address: str) -> None:
    page = personas.staff.get(page_address).text
    shown = re.findall(r'class="call call--masked">(\S+)', page)
    assert shown[:2] == ["家长", "联系电话"]


def test_somebody_who_was_called_is_off_the_list_and_can_be_put_back(personas: Personas, page_address: str) -> None:
    first, *_ = buttons(personas.staff.get(page_address).text, "told")
    for _ in range(2):
        answer = personas.staff.post(first, data={"back": f"{page_address}?view=all"})
    assert answer.location == f"{page_address}?view=all"
    assert names_on(personas.staff.get(page_address).text) == ["王丙", "赵丁"]
    page = personas.staff.get(answer.location).text
    assert "苏小禾已通知" in page
    (end,) = buttons(page, "told/end")
    assert personas.staff.post(end).status_code == 303
    assert names_on(personas.staff.get(page_address).text) == ["林乙", "王丙", "赵丁"]


def test_the_pages_of_a_long_list_hold_everybody_once(
    personas: Personas, make: Factory, monkeypatch: pytest.MonkeyPatch, scene: Scene
) -> None:
    monkeypatch.setattr(unseen, "PAGE", 3)
    for number in range(9):
        make.registration(scene.today, name="王芳", school=scene.second, class_name=f"高{'一二三'[number % 3]}1班")
    for _ in range(4):
        make.registration(scene.today, name="李无")
    scene.leave(scene.send(STORM))
    address, seen = f"/desk/events/{scene.event.id}/unseen", []
    while address:
        page = personas.staff.get(address).text
        seen.append(re.findall(r'id="reader-(\d+)"', page))
        following = re.findall(r'rel="next" href="([^"]*)"', page)
        address = following[0].replace("&amp;", "&") if following else ""
    assert [len(one) for one in seen] == [3] * 6
    assert len({one for page in seen for one in page}) == 18


def test_whoever_gave_the_place_back_need_not_know(personas: Personas, page_address: str, scene: Scene) -> None:
    scene.make.do(cancel, scene.people["丙"].id, by=scene.event.created_by_id, at=scene.before)
    assert names_on(personas.staff.get(page_address).text) == ["林乙", "赵丁"]


def test_only_the_last_word_counts(personas: Personas, page_address: str, scene: Scene) -> None:
    again = scene.send(STORM)
    scene.leave(again)
    page = personas.staff.get(page_address).text
    assert page.count(f"told=announcement-{again.id}") > 1
    assert len(names_on(page)) == 5


@pytest.mark.parametrize("query", ["?told=x", "?told=announcement-x", "?told=announcement-999", "?after=0&view=no"])
def test_nonsense_in_the_address_shows_the_latest(personas: Personas, page_address: str, query: str) -> None:
    assert len(names_on(personas.staff.get(page_address + query).text)) == 3


def test_other_people_find_nothing(personas: Personas, page_address: str, make: Factory) -> None:
    (told, *_) = buttons(personas.staff.get(page_address).text, "told")
    elsewhere: Event = make.event(personas.other_host)
    assert personas.outsider.get(page_address).status_code == 404
    assert personas.outsider.get(f"/desk/events/{elsewhere.id}/unseen").status_code == 200
    for path in (f"{page_address}/phones", told, f"{told}/end"):
        assert personas.outsider.post(path).status_code == 404
        assert personas.school_office.post(path).status_code == 403
