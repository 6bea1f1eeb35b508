"""A host's list of skills, and whom its staff confirms one."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import local_day, now
from app.events.models import PersonSkill
from app.events.shifts import skills
from tests.factories import Factory
from tests.shifts import shift_event, skill
from tests.signing_in import Personas

TYPED = {"name": "急救", "meaning": "会包扎，会心肺复苏。"}


def added(personas: Personas) -> int:
    """Put a skill on the list and return its id."""
    answer = personas.staff.post("/desk/skills", data=TYPED)
    assert answer.status_code == 303
    return int(answer.location.rsplit("/", 1)[1])


def held(app: Flask, person_id: int, host_id: int) -> list[PersonSkill]:
    """Return what is confirmed of somebody."""
    with app.app_context():
        return skills.skills_of(person_id, [host_id])


def test_a_skill_is_put_on_the_list_and_called_something_else(personas: Personas) -> None:
    number = added(personas)
    assert "急救" in personas.staff.get("/desk/skills").text
    again = personas.staff.post("/desk/skills", data=TYPED)
    assert again.status_code == 422
    assert "已经有一个同名的" in again.text
    renamed = {"name": "急救员", "meaning": "红十字会急救员证。"}
    assert personas.staff.post(f"/desk/skills/{number}", data=renamed).status_code == 303
    page = personas.staff.get(f"/desk/skills/{number}").text
    assert "急救员" in page
    assert "急救 → 急救员" in page


@pytest.mark.parametrize(
    ("field", "typed"), [("name", ""), ("name", "长" * 41), ("meaning", ""), ("meaning", "长" * 301)]
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_stays(personas: Personas, field: str, typed: str) -> None:
    answer = personas.staff.post("/desk/skills", data=TYPED | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-errors"' in answer.text
    assert (TYPED["meaning"] if field == "name" else TYPED["name"]) in answer.text


def test_it_is_taken_off_the_list_and_put_back(personas: Personas) -> None:
    number = added(personas)
    for _ in range(2):
        assert personas.staff.post(f"/desk/skills/{number}/retirement").status_code == 303
    assert "不在清单上" in personas.staff.get("/desk/skills").text
    for _ in range(2):
        assert personas.staff.post(f"/desk/skills/{number}/restoration").status_code == 303
    assert "不在清单上" not in personas.staff.get("/desk/skills").text


def test_what_shifts_to_come_need_stays_on_the_list(personas: Personas, make: Factory) -> None:
    number = added(personas)
    shift_event(make, personas.host, skill_id=number)
    personas.staff.post(f"/desk/skills/{number}/retirement")
    assert "不在清单上" not in personas.staff.get("/desk/skills").text


def test_another_hosts_list_is_nobodys_business(personas: Personas, make: Factory) -> None:
    number = added(personas)
    place = make.registration(make.event(personas.host).slots[0])
    for address in (f"/desk/skills/{number}", f"/desk/registrations/{place.id}/skills"):
        assert personas.outsider.get(address).status_code == 404
        assert personas.outsider.post(address, data=TYPED).status_code == 404
    for act in ("retirement", "restoration"):
        assert personas.outsider.post(f"/desk/skills/{number}/{act}").status_code == 404
    assert TYPED["meaning"] not in personas.outsider.get(f"/desk/skills?unit={personas.host.id}").text


def test_staff_confirms_a_skill_of_somebody_and_takes_it_back(app: Flask, personas: Personas, make: Factory) -> None:
    number = added(personas)
    place = make.registration(make.event(personas.host).slots[0], name="陈思远")
    address = f"/desk/registrations/{place.id}/skills"
    assert personas.staff.get(address).status_code == 200
    until = local_day(now()) + timedelta(days=365)
    for _ in range(2):
        data = {"skill_id": str(number), "expires_on": f"{until:%Y%m%d}"}
        assert personas.staff.post(address, data=data).status_code == 303
    (confirmed,) = held(app, place.person_id, personas.host.id)
    assert confirmed.expires_on == until
    assert "陈思远" in personas.staff.get(f"/desk/skills/{number}").text
    end = f"/desk/held-skills/{confirmed.id}/end"
    assert personas.outsider.post(end).status_code == 404
    for _ in range(2):
        assert personas.staff.post(end).status_code == 303
    assert held(app, place.person_id, personas.host.id) == []


@pytest.mark.parametrize(("field", "typed"), [("skill_id", ""), ("skill_id", "x"), ("expires_on", "20200101")])
def test_no_skill_and_a_day_that_is_over_are_refused(
    app: Flask, personas: Personas, make: Factory, field: str, typed: str
) -> None:
    number = added(personas)
    place = make.registration(make.event(personas.host).slots[0])
    data = {"skill_id": str(number), "expires_on": "", field: typed}
    answer = personas.staff.post(f"/desk/registrations/{place.id}/skills", data=data)
    assert answer.status_code == 422
    assert f'id="{field}-errors"' in answer.text
    assert held(app, place.person_id, personas.host.id) == []


def test_a_skill_of_another_hosts_list_cannot_be_confirmed_or_asked_for(
    app: Flask, personas: Personas, make: Factory
) -> None:
    foreign = skill(make, personas.other_host)
    place = make.registration(make.event(personas.host).slots[0])
    added(personas)
    answer = personas.staff.post(f"/desk/registrations/{place.id}/skills", data={"skill_id": str(foreign.id)})
    assert answer.status_code == 422
    assert held(app, place.person_id, personas.other_host.id) == []


def test_a_long_list_of_those_who_have_it_is_read_page_by_page(personas: Personas, make: Factory) -> None:
    number, by = added(personas), make.user().id
    people = [make.person(name=f"志愿者{one:02}").id for one in range(52)]
    make.do(skills.confirm_skill, number, people, None, by=by, at=now())
    first = personas.staff.get(f"/desk/skills/{number}").text
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = personas.staff.get(following).text
    names = [name for page in (first, second) for name in re.findall("志愿者[0-9]{2}(?= )", page)]
    assert sorted(set(names)) == [f"志愿者{one:02}" for one in range(52)]


def test_everybody_reads_what_it_is_and_where_it_is_taught(personas: Personas, make: Factory) -> None:
    number = added(personas)
    assert "暂时没有安排" in personas.anonymous.get(f"/skills/{number}").text
    make.event(personas.host, title="急救培训", teaches_skill_id=number)
    page = personas.anonymous.get(f"/skills/{number}").text
    assert TYPED["meaning"] in page
    assert "急救培训" in page
    assert personas.anonymous.get("/skills/999").status_code == 404


def test_the_shift_says_what_it_needs(personas: Personas, make: Factory) -> None:
    number = added(personas)
    event = shift_event(make, personas.host, skill_id=number)
    assert f'href="/skills/{number}"' in personas.anonymous.get(f"/events/{event.id}").text
    assert "需要“急救”" in personas.staff.get(f"/desk/events/{event.id}").text
