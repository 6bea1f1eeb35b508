"""A list page asks the database as often for thirty rows as for one."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.certificates.operations import issue
from app.core.clock import now
from app.core.db import db
from app.events.models import Event
from app.organisations.invitations import invite
from app.organisations.models import MembershipRole
from app.people.models import Enrolment
from app.people.operations import confirm_enrolments
from tests.counting import statements
from tests.factories import Factory
from tests.shifts import shift_event, skill
from tests.signing_in import Personas


@dataclass
class Scene:
    """Whoever looks, at which address, and what makes one more row there."""

    client: FlaskClient
    address: str
    add_row: Callable[[], object]


def going_on(personas: Personas, make: Factory) -> Event:
    """Return an event with room for everybody."""
    return make.going_on(personas.host, capacity=100)


def home(personas: Personas, make: Factory) -> Scene:
    """The front page."""
    return Scene(personas.anonymous, "/", lambda: make.slot(make.event()))


def desk(personas: Personas, make: Factory) -> Scene:
    """The organiser's events."""
    return Scene(personas.staff, "/desk/events", lambda: make.event(personas.host))


def event_list(personas: Personas, make: Factory) -> Scene:
    """The registrations of an event."""
    event = going_on(personas, make)
    school = make.school()

    def add() -> None:
        make.arrival(make.registration(event.slots[0], school=school))

    return Scene(personas.staff, f"/desk/events/{event.id}/registrations", add)


def line(personas: Personas, make: Factory) -> Scene:
    """The waiting list of an event."""
    event = make.event(personas.host, capacity=1, has_waiting_list=True)
    make.registration(event.slots[0])
    return Scene(
        personas.staff,
        f"/desk/events/{event.id}/registrations?view=waiting",
        lambda: make.registration(event.slots[0]),
    )


def sheet(personas: Personas, make: Factory) -> Scene:
    """The paper sheet of an event."""
    scene = event_list(personas, make)
    return Scene(scene.client, scene.address.replace("registrations", "sheet"), scene.add_row)


def certificates(personas: Personas, make: Factory) -> Scene:
    """The certificates of an event."""
    event = going_on(personas, make)
    issuer = make.user()

    def add() -> None:
        for _ in range(2):  # one with a certificate, one still without
            make.do(issue, event.id, by=issuer.id, at=now())
            make.arrival(make.registration(event.slots[0]))

    return Scene(personas.staff, f"/desk/events/{event.id}/certificates", add)


def school_list(personas: Personas, make: Factory) -> Scene:
    """The school's list."""
    school = personas.school

    def add() -> None:
        person_id = make.registration(school=school).person_id
        make.do(_confirm, person_id, school.id)

    return Scene(personas.school_office, "/school/registrations", add)


def _confirm(person_id: int, school_id: int) -> None:
    asked = db.session.scalars(select(Enrolment.id).where(Enrolment.person_id == person_id))
    confirm_enrolments(list(asked), school_id, by=1, at=now())


def pupils(personas: Personas, make: Factory) -> Scene:
    """Who says to be a pupil."""
    school = personas.school

    def add() -> None:
        make.enrolment(make.person(), school, is_confirmed=False)

    return Scene(personas.school_office, "/school/pupils", add)


def mine(personas: Personas, make: Factory) -> Scene:
    """One's own registrations."""
    user = make.user()
    return Scene(personas.young(user), "/mine", lambda: make.registration(user=user))


def codes(personas: Personas, make: Factory) -> Scene:
    """One's own codes."""
    user = make.user()
    return Scene(personas.young(user), "/mine/codes", lambda: make.registration(user=user))


def papers(personas: Personas, make: Factory) -> Scene:
    """One's own certificates."""
    user = make.user()
    return Scene(personas.young(user), "/mine/certificates", lambda: make.certificate(user=user))


def units(personas: Personas, make: Factory) -> Scene:
    """The administrator's units."""
    return Scene(personas.administrator, "/admin/organisations", make.organisation)


def members(personas: Personas, make: Factory) -> Scene:
    """Who works for a unit."""
    host = personas.host
    return Scene(personas.administrator, f"/admin/organisations/{host.id}", lambda: make.membership(host))


def school_classes(personas: Personas, make: Factory) -> Scene:
    """The school's classes."""
    names = count(1)

    def add() -> None:
        make.school_class(personas.school, f"七年级{next(names)}班")

    return Scene(personas.school_office, "/school/classes", add)


def unit(personas: Personas, make: Factory) -> Scene:
    """The public page of a unit."""
    host = personas.host
    return Scene(personas.anonymous, f"/organisations/{host.id}", lambda: make.event(host))


def staff_list(personas: Personas, make: Factory) -> Scene:
    """Who works for a unit, for its manager."""
    host, by = personas.host, make.user()

    def add() -> None:
        make.membership(host)
        make.do(invite, host.id, MembershipRole.STAFF, "苏小禾", by=by.id, at=now())

    return Scene(personas.manager, "/desk/staff", add)


def accounts(personas: Personas, make: Factory) -> Scene:
    """The administrator's list of accounts."""
    return Scene(personas.administrator, "/admin/accounts", make.user)


def families(personas: Personas, make: Factory) -> Scene:
    """The confirmed pupils, with the accounts that a slip may be printed for."""
    school = personas.school
    return Scene(personas.school_office, "/school/pupils?view=confirmed", lambda: make.enrolment(make.person(), school))


def inbox(personas: Personas, make: Factory) -> Scene:
    """One's own messages."""
    user = make.user()
    return Scene(personas.young(user), "/messages", lambda: make.registration(user=user))


def shifts(personas: Personas, make: Factory) -> Scene:
    """Where people are needed now."""
    first_aid = skill(make, personas.host)
    return Scene(personas.anonymous, "/shifts", lambda: shift_event(make, personas.host, skill_id=first_aid.id))


def desk_shifts(personas: Personas, make: Factory) -> Scene:
    """The own shifts that lack people."""
    first_aid = skill(make, personas.host)
    return Scene(personas.staff, "/desk/shifts", lambda: shift_event(make, personas.host, skill_id=first_aid.id))


SCENES = [
    shifts,
    desk_shifts,
    inbox,
    staff_list,
    accounts,
    families,
    school_classes,
    unit,
    home,
    desk,
    event_list,
    line,
    sheet,
    certificates,
    school_list,
    pupils,
    mine,
    codes,
    papers,
    units,
    members,
]


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_thirty_rows_take_no_more_statements_than_one(
    app: Flask, personas: Personas, make: Factory, scene: Callable[[Personas, Factory], Scene]
) -> None:
    look = scene(personas, make)
    counts = []
    for rows in (1, 29):
        for _ in range(rows):
            look.add_row()
        with statements(app) as asked:
            assert look.client.get(look.address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 12
