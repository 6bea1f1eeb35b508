"""Choosing, writing, reading over, sending, taking back: as staff does it."""

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.core.db import db
from app.events.models import Event
from app.messages.models import Announcement
from tests.announcements.conftest import STORM, Scene
from tests.factories import Factory
from tests.signing_in import Personas

TYPED = {"subject": "集合地点改了", "body": "改到东门\n三点集合", "standing": "confirmed"}


@pytest.fixture
def new(scene: Scene) -> str:
    """Where one writes."""
    return f"/desk/events/{scene.event.id}/announcements/new"


def count(app: Flask) -> int:
    """Return how many announcements there are."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Announcement)) or 0


def meant_on(page: str) -> str:
    """Return who a page says is meant, and how many."""
    return "".join(re.findall(r"data-count-(?:who|people)>([^<]*)<", page))


def sent(personas: Personas, new: str, **typed: object) -> TestResponse:
    """Send something off."""
    return personas.staff.post(new, data=TYPED | typed)


def test_everybody_is_meant_at_first(personas: Personas, new: str) -> None:
    assert meant_on(personas.staff.get(new).text) == "所有报了名的人：5 人"


def test_a_link_may_say_who_is_meant(personas: Personas, new: str) -> None:
    assert meant_on(personas.staff.get(f"{new}?presence=missing").text) == "今天还没签到的人：3 人"


def test_it_is_read_over_before_it_is_sent(personas: Personas, new: str, app: Flask) -> None:
    answer = personas.staff.post(new, data=TYPED | {"preview": "1"})
    assert answer.status_code == 200
    assert meant_on(answer.text) == "已报上名的人：4 人"
    assert answer.text.count("改到东门") == 3  # on a phone, on a computer, and to be sent
    assert "陈**" in answer.text
    assert "陈甲" not in answer.text
    assert count(app) == 0


def test_back_from_there_nothing_is_lost(personas: Personas, new: str) -> None:
    page = personas.staff.post(new, data=TYPED | {"back": "1", "is_urgent": "y"}).text
    assert 'value="集合地点改了"' in page
    assert "改到东门\n三点集合</textarea>" in page
    assert re.search(r'name="is_urgent"[^>]*checked|checked[^>]*name="is_urgent"', page)
    assert meant_on(page) == "已报上名的人：4 人"


def test_sent_it_can_be_taken_back_and_is_there_again(personas: Personas, new: str) -> None:
    shown = personas.staff.get(sent(personas, new).location)
    assert "撤回" in shown.text
    withdrawal = re.search(r'action="([^"]*/withdrawal)"', shown.text)
    assert withdrawal
    answer = personas.staff.post(withdrawal[1])
    assert answer.status_code == 303
    page = personas.staff.get(answer.location).text
    assert 'value="集合地点改了"' in page
    assert meant_on(page) == "已报上名的人：4 人"


def test_pressed_twice_it_is_sent_once(personas: Personas, new: str, app: Flask) -> None:
    assert sent(personas, new).location == sent(personas, new).location
    assert count(app) == 1


def test_without_words_it_is_not_sent_and_the_rest_is_kept(personas: Personas, new: str, app: Flask) -> None:
    answer = sent(personas, new, subject=" ", preview="1")
    assert answer.status_code == 422
    assert "改到东门\n三点集合</textarea>" in answer.text
    assert meant_on(answer.text) == "已报上名的人：4 人"
    assert count(app) == 0


@pytest.mark.parametrize("press", [{}, {"preview": "1"}])
def test_a_group_without_anybody_is_refused_with_a_reason(
    personas: Personas, new: str, app: Flask, press: dict[str, str]
) -> None:
    answer = sent(personas, new, standing="held", presence="arrived", **press)
    assert answer.status_code == 422
    assert "现在没有符合条件的人" in answer.text
    assert "改到东门\n三点集合</textarea>" in answer.text
    assert count(app) == 0


def test_words_to_start_from_do_not_replace_ones_own(personas: Personas, new: str) -> None:
    page = personas.staff.post(new, data={"start": "bring", "subject": "", "body": ""}).text
    assert 'value="要带的东西"' in page
    changed = personas.staff.post(new, data={"start": "where", "subject": "要带的东西", "body": "我自己写的"}).text
    assert 'value="还没见到你"' in changed
    assert re.search("我自己写的\n\n“古镇文化交流日”已经开始", changed)


def test_other_words_to_start_from_take_the_place_of_untouched_ones(personas: Personas, new: str) -> None:
    page = personas.staff.post(new, data={"start": "bring", "subject": "", "body": ""}).text
    written = re.search(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert written is not None
    body = "\r\n".join(unescape(written[1]).strip().splitlines())  # as browsers send it
    changed = personas.staff.post(new, data={"start": "where", "subject": "要带的东西", "body": body}).text
    assert "已经开始" in changed
    assert "请带好" not in changed


def test_the_count_for_scripts_says_the_same(personas: Personas, scene: Scene) -> None:
    answer = personas.staff.get(f"/desk/events/{scene.event.id}/announcements/count?standing=held")
    assert answer.json == {"who": "等家长同意的人：", "people": "1 人", "names": "赵**"}


def test_the_list_says_who_has_seen_it(personas: Personas, scene: Scene) -> None:
    scene.leave(scene.send(STORM))
    page = personas.staff.get(f"/desk/events/{scene.event.id}/announcements").text
    assert "5 人中 0 人看到" in page
    assert "谁还没看到" in page


def test_a_long_list_is_turned_page_by_page(personas: Personas, scene: Scene) -> None:
    with scene.make.app.app_context():
        names = [f"通知{number}" for number in range(21)]
    for name in names:
        scene.send(type(STORM)(name, "内容"))
    first = personas.staff.get(f"/desk/events/{scene.event.id}/announcements").text
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = personas.staff.get(following).text
    shown = [re.findall(r">(通知\d+)</a>", page) for page in (first, second)]
    assert [len(page) for page in shown] == [20, 1]
    assert sorted(shown[0] + shown[1]) == sorted(names)


def test_what_has_left_says_so_when_one_wants_it_back(personas: Personas, scene: Scene) -> None:
    row = scene.send(STORM)
    scene.leave(row)
    answer = personas.staff.post(f"/desk/announcements/{row.id}/withdrawal")
    page = personas.staff.get(answer.location).text
    assert "撤不回来了" in page
    assert "已发给" in page


def test_other_people_find_nothing(personas: Personas, scene: Scene) -> None:
    row = scene.send(STORM)
    of_event, of_row = f"/desk/events/{scene.event.id}/announcements", f"/desk/announcements/{row.id}"
    for path in (of_event, f"{of_event}/new", f"{of_event}/count", of_row):
        assert personas.outsider.get(path).status_code == 404
        assert personas.school_office.get(path).status_code == 403
    assert personas.outsider.post(f"{of_row}/withdrawal").status_code == 404
    assert personas.outsider.post(f"{of_event}/new", data=TYPED).status_code == 404


def test_the_words_of_another_event_are_not_shown(personas: Personas, scene: Scene, make: Factory) -> None:
    elsewhere: Event = make.event(personas.other_host)
    row = scene.send(STORM)
    assert personas.outsider.get(f"/desk/events/{elsewhere.id}/announcements/new?again={row.id}").status_code == 404


def test_the_event_tells_its_history(personas: Personas, new: str, scene: Scene) -> None:
    sent(personas, new)
    page = personas.staff.get(f"/desk/events/{scene.event.id}").text
    assert "发通知给 4 人：“集合地点改了”" in page
