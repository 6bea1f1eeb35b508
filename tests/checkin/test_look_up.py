"""Finding somebody at the door whose phone is flat or forgotten."""

import pytest

from tests.factories import Factory
from tests.phone import Phone


@pytest.mark.parametrize("text", ["曾晓雨", "曾", "zeng", "ZengXiao", "zxy", " z "])
def test_somebody_without_a_phone_is_found_by_name_pinyin_and_initials(phone: Phone, text: str) -> None:
    (found,) = phone.look_up(text).json["registrations"]
    assert found == {
        "id": phone.registration.id,
        "name": "曾晓雨",
        "school": "清溪一中",
        "class_name": "高二（3）班",
        "slot": "上午场",
        "arrived_at": None,
    }


@pytest.mark.parametrize("text", ["晓雨", "ceng", "%", "_", "\0", "'"])
def test_what_no_name_begins_with_finds_nobody(phone: Phone, text: str) -> None:
    answer = phone.look_up(text)
    assert (answer.status_code, answer.json) == (200, {"registrations": []})


def test_the_look_up_shows_twenty_people_of_this_event_and_of_no_other(phone: Phone, make: Factory) -> None:
    for _ in range(21):
        make.registration(phone.event.slots[0], name="曾晓雪")
    make.registration(make.going_on().slots[0], name="曾晓静")
    names = [one["name"] for one in phone.look_up("zeng").json["registrations"]]
    assert names == ["曾晓雪"] * 20


@pytest.mark.parametrize("text", ["", "x" * 61])
def test_a_look_up_of_nothing_or_too_much_is_malformed(phone: Phone, text: str) -> None:
    assert phone.look_up(text).status_code == 422
