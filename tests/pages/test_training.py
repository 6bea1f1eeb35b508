"""After a training: who was there has the skill."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import local_day, now
from app.events.models import Registration
from app.events.shifts import skills
from tests.factories import Factory
from tests.shifts import skill
from tests.signing_in import Personas


class Scene:
    """A training that is going on, with two who came and one who did not."""

    def __init__(self, personas: Personas, make: Factory) -> None:
        self.host = personas.host
        self.skill = skill(make, self.host)
        self.event = make.going_on(self.host, teaches_skill_id=self.skill.id)
        self.came = [make.registration(self.event.slots[0], name=name) for name in ("王芳", "陈思远")]
        self.missed = make.registration(self.event.slots[0], name="没来的")
        for one in self.came:
            make.arrival(one)
        self.address = f"/desk/slots/{self.event.slots[0].id}/training"

    def has_it(self, app: Flask, one: Registration) -> bool:
        """Return whether somebody has the skill now."""
        with app.app_context():
            return bool(skills.skills_of(one.person_id, [self.host.id]))


@pytest.fixture
def scene(personas: Personas, make: Factory) -> Scene:
    """The training."""
    return Scene(personas, make)


def test_those_who_were_there_get_it_in_one_go(app: Flask, personas: Personas, scene: Scene) -> None:
    page = personas.staff.get(scene.address).text
    assert ("王芳" in page, "陈思远" in page, "没来的" in page) == (True, True, False)
    assert scene.address in personas.staff.get(f"/desk/events/{scene.event.id}").text
    until = local_day(now()) + timedelta(days=730)
    data = {"people": [str(one.person_id) for one in scene.came], "expires_on": f"{until:%Y%m%d}"}
    assert personas.staff.post(scene.address, data=data).status_code == 303
    assert [scene.has_it(app, one) for one in (*scene.came, scene.missed)] == [True, True, False]
    assert personas.staff.post(scene.address, data=data).status_code == 422  # there is nobody left to choose


@pytest.mark.parametrize("chosen", [[], ["missed"], ["x"]])
def test_nobody_and_somebody_who_was_not_there_are_refused(
    app: Flask, personas: Personas, scene: Scene, chosen: list[str]
) -> None:
    people = [str(scene.missed.person_id) if one == "missed" else one for one in chosen]
    answer = personas.staff.post(scene.address, data={"people": people, "expires_on": ""})
    assert answer.status_code == 422
    assert 'id="people-errors"' in answer.text
    assert not any(scene.has_it(app, one) for one in (*scene.came, scene.missed))


def test_what_was_chosen_stays_when_the_day_is_wrong(personas: Personas, scene: Scene) -> None:
    first, second = scene.came
    answer = personas.staff.post(scene.address, data={"people": [str(first.person_id)], "expires_on": "20200101"})
    assert answer.status_code == 422
    assert f'value="{first.person_id}" checked' in answer.text
    assert f'value="{second.person_id}" checked' not in answer.text
    assert "20200101" in answer.text


def test_another_host_and_a_slot_that_teaches_nothing_are_404(personas: Personas, scene: Scene, make: Factory) -> None:
    assert personas.outsider.get(scene.address).status_code == 404
    assert personas.outsider.post(scene.address).status_code == 404
    plain = make.event(personas.host).slots[0]
    assert personas.staff.get(f"/desk/slots/{plain.id}/training").status_code == 404
    assert personas.young().get(scene.address).status_code == 403


def test_before_anybody_came_it_says_what_to_do(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host, teaches_skill_id=skill(make, personas.host).id)
    assert "还没有人签到" in personas.staff.get(f"/desk/slots/{event.slots[0].id}/training").text
