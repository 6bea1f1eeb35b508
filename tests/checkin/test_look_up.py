"""Finding somebody at the door whose phone is flat or forgotten."""

import pytest
from sqlalchemy import update

from app.core.db import db
from app.events.models import Registration, Slot
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


def coded(make: Factory, code: str, slot: Slot) -> Registration:
    """Give somebody a place under a code of our choice."""
    registration = make.registration(slot, name="李雪")
    make.do(lambda: db.session.execute(update(Registration).filter_by(id=registration.id).values(code=code)))
    return registration


def test_somebody_is_found_by_the_last_four_signs_of_the_code_as_the_sheet_shows_them(
    phone: Phone, make: Factory
) -> None:
    here, elsewhere = phone.event.slots[0], make.going_on().slots[0]
    wanted = coded(make, "7Q3KXF9MT2AB5C01", here)
    coded(make, "5C017Q3KXF9MT2AB", here)
    coded(make, "8Q3KXF9MT2AB5C01", elsewhere)
    for text in ("5C01", "5cO1", " 5c0l ", "5C0I"):
        assert [one["id"] for one in phone.look_up(text).json["registrations"]] == [wanted.id]
    for text in ("C01", "B5C01", "7Q3K"):
        assert phone.look_up(text).json["registrations"] == []


def test_four_letters_are_a_name_as_well_as_the_end_of_a_code(phone: Phone, make: Factory) -> None:
    coded(make, "7Q3KXF9MT2ABZENG", phone.event.slots[0])
    assert [one["name"] for one in phone.look_up("zeng").json["registrations"]] == ["李雪", "曾晓雨"]


def test_the_look_up_shows_twenty_people_of_this_event_and_of_no_other(phone: Phone, make: Factory) -> None:
    for _ in range(21):
        make.registration(phone.event.slots[0], name="曾晓雪")
    make.registration(make.going_on().slots[0], name="曾晓静")
    names = [one["name"] for one in phone.look_up("zeng").json["registrations"]]
    assert names == ["曾晓雪"] * 20


@pytest.mark.parametrize("text", ["", "x" * 61])
def test_a_look_up_of_nothing_or_too_much_is_malformed(phone: Phone, text: str) -> None:
    assert phone.look_up(text).status_code == 422
