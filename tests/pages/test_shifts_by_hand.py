"""Why somebody cannot be entered into a shift stands beside the field, and what was typed stays."""

import re

import pytest

from app.core.clock import now
from app.events.models import Registration, Slot, SlotForm
from app.events.registration.operations import register
from app.people.models import Person
from tests.factories import Factory
from tests.shifts import shift, shift_event
from tests.signing_in import Personas

ELSEWHERE = "时间冲突"


@pytest.fixture
def busy(make: Factory) -> Person:
    """Somebody who helps elsewhere all day long."""
    return helper(make, shift(make, begins=0, ends=24))


def helper(make: Factory, slot: Slot) -> Person:
    """Make somebody who has a shift."""
    user = make.user()
    person = make.person(user, name="曾晓雨", age=20)
    make.do(register, person.id, slot.id, by=user.id, at=now())
    return person


def typed(person: Person, **more: object) -> dict[str, str]:
    """Return what staff types of somebody who is known."""
    words = {"name": person.name, "born_on": f"{person.born_on:%Y%m%d}", "known": person.id, "school_id": "none"}
    return {name: str(value) for name, value in (words | more).items()}


def beside(page: str, field: str) -> str:
    """Return what a page says beside a field."""
    found = re.search(rf'id="{field}-errors">(.*?)</ul>', page)
    return found[1] if found else ""


def test_staff_reads_it_beside_the_shift(personas: Personas, make: Factory, busy: Person) -> None:
    event = shift_event(make, personas.host)
    address = f"/desk/events/{event.id}/registrations/new"
    answer = personas.staff.post(address, data=typed(busy, slot_id=event.slots[0].id))
    assert answer.status_code == 422
    assert ELSEWHERE in beside(answer.text, "slot_id")
    assert 'value="曾晓雨"' in answer.text


def test_at_the_door_too(personas: Personas, make: Factory) -> None:
    here, there = (make.going_on(host, form=SlotForm.SHIFT) for host in (personas.host, make.organisation()))
    somebody = helper(make, there.slots[0])
    answer = personas.staff.post(f"/desk/events/{here.id}/walk-in", data=typed(somebody, slot_id=here.slots[0].id))
    assert answer.status_code == 422
    assert f'id="slot_id"><li>和“{there.title} · 上午场”' in answer.text
    assert 'value="曾晓雨"' in answer.text


@pytest.fixture
def leaving(personas: Personas, make: Factory, busy: Person) -> Registration:
    """The shift of a pupil of the same school as whoever is busy."""
    user = make.user()
    pupil = make.person(user, name="王芳", age=20)
    for one in (pupil, busy):
        make.enrolment(one, personas.school)
    return make.do(register, pupil.id, shift(make, personas.host).id, by=user.id, at=now())


def test_of_a_substitute_the_host_reads_it_beside_the_name(
    personas: Personas, leaving: Registration, busy: Person
) -> None:
    address = f"/desk/registrations/{leaving.id}/substitution"
    answer = personas.staff.post(address, data=typed(busy, reason="发烧了"))
    assert answer.status_code == 422
    assert ELSEWHERE in beside(answer.text, "name")
    assert 'value="发烧了"' in answer.text


def test_the_school_reads_it_beside_the_pupil(personas: Personas, leaving: Registration, busy: Person) -> None:
    address = f"/school/registrations/{leaving.id}/substitution"
    answer = personas.school_office.post(address, data={"person_id": busy.id, "reason": "发烧了"})
    assert answer.status_code == 422
    assert ELSEWHERE in beside(answer.text, "person_id")
    assert 'value="发烧了"' in answer.text
