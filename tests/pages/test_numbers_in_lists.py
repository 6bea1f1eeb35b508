"""Volunteer numbers stand in the host's list, student numbers in the school's, where anybody has one."""

from app.core.clock import now
from app.events.registration.operations import register
from app.people.profile import Profile, write_profile
from tests.factories import Factory
from tests.reading import as_table, column
from tests.signing_in import Personas

ASKED = {"file_format": "csv", "purpose": "check"}


def test_the_hosts_list_has_volunteer_numbers_where_there_are_any(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    address = f"/desk/events/{event.id}/registrations/download"
    first = make.registration(event.slots[0], name="林晓雨", age=20)
    make.registration(event.slots[0], name="周思远", age=20)
    assert "志愿者编号" not in str(as_table(personas.staff.post(address, data=ASKED)))
    make.do(write_profile, first.person_id, Profile(volunteer_no="ZY3301", student_no="20240317"))
    table = as_table(personas.staff.post(address, data=ASKED))
    assert sorted(column(table, "志愿者编号")) == ["", "ZY3301"]
    assert "20240317" not in str(table)


def test_the_schools_list_has_student_numbers_where_there_are_any(personas: Personas, make: Factory) -> None:
    user = make.user()
    person = make.person(user, name="周思远", age=20)
    make.enrolment(person, personas.school)
    make.do(register, person.id, make.slot().id, by=user.id, at=now())
    make.do(write_profile, person.id, Profile(volunteer_no="ZY3301", student_no="20240317"))
    table = as_table(personas.school_office.post("/school/registrations/download", data=ASKED))
    assert column(table, "学号") == ["20240317"]
    assert "ZY3301" not in str(table)
