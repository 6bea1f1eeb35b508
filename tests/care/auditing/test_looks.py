"""Whoever at a desk opens one person's record, or a class's, leaves an entry: the walk finds the page that forgot."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core import audit
from app.core.audit import READ, SEARCHED, AccessEntry
from app.core.db import db
from tests.factories import Factory
from tests.searches import searched
from tests.signing_in import Personas
from tests.test_access import rows
from tests.world import World, build

OF_PEOPLE = (
    "<registration>",
    "<certificate>",
    "<held>",
    "<person>",
    "<double>",
    "<enrolment>",
    "<class>",
    "<shift_place>",
)
AT_WORK = ("school", "staff", "manager", "outsider", "admin")
SHOWS_TOO_LITTLE = {
    "/desk/certificates/<certificate>/revocation": "a name and a form",
    "/desk/registrations/<registration>/substitution": "a name and a form",
    "/desk/registrations/<registration>/phone": "asks what for; the number itself is an entry",
    "/desk/registrations/<registration>/needs": "asks what for; the needs themselves are an entry",
    "/K/<class>/<event>/<class_code>/door": "names at the door, like the sheet",
    "/registrations/<held>/guardian/paper": "a name and a form",
    "/school/classes/<class>/events": "no pupil",
    "/school/classes/<class>/roster": "an empty form",
    "/school/classes/<class>": "the class's name and its teacher",
    "/school/classes/<class>/events/<event>/code.png": "no pupil",
}
"""Pages about somebody, or a class, without a record on them, and why."""


def count_entries(app: Flask) -> int:
    """Return how many entries there are."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(AccessEntry)) or 0


@pytest.fixture
def world(app: Flask, make: Factory) -> World:
    """Everybody and everything."""
    return build(app, make)


def test_no_page_of_somebody_forgets_to_write_down_who_read_it(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_has_looked", lambda *_look: False)  # each page for itself
    forgot = set()
    for (method, pattern), cells in rows():
        if method == "POST" or not any(place in pattern for place in OF_PEOPLE):
            continue
        for persona in (one for one in AT_WORK if cells[one] == "ok" and cells["anonymous"] != "ok"):
            before = count_entries(app)
            answer = world.ask(persona, method, pattern)
            if answer.status_code == 200 and count_entries(app) == before:
                forgot.add(pattern)
    assert forgot - set(SHOWS_TOO_LITTLE) == set()


def written(app: Flask) -> list[tuple[str, str, int]]:
    """Return what was written down: what was done, with what, how many people it was about."""
    with app.app_context():
        found = db.session.scalars(select(AccessEntry).order_by(AccessEntry.id))
        return [(one.action, one.record, one.people) for one in found]


def test_looking_for_an_account_is_a_search(app: Flask, make: Factory, personas: Personas) -> None:
    make.user("林建国")
    personas.administrator.get("/admin/accounts")
    assert written(app) == []
    assert "林建国" in searched(personas.administrator, "/admin/accounts", "林建").text
    assert written(app) == [(SEARCHED, "accounts", 1)]


def test_staff_that_opens_a_certificate_is_written_down_and_the_family_is_not(
    app: Flask, make: Factory, personas: Personas
) -> None:
    user = make.user("林妈妈")
    certificate = make.certificate(personas.host, user=user)
    assert personas.young(user).get(f"/certificates/{certificate.id}").status_code == 200
    assert written(app) == []
    for ending in ("", ".png", ".pdf"):
        assert personas.staff.get(f"/certificates/{certificate.id}{ending}").status_code == 200
    assert written(app) == [(READ, "certificate", 1)]


def test_a_class_is_one_look_at_all_of_its_pupils(app: Flask, make: Factory, personas: Personas) -> None:
    one = make.school_class(personas.school)
    for name in ("钱多多", "何晨"):
        make.enrolment(make.person(name=name, age=9), personas.school)
    for page in ("pupils", "slips", "pupils"):
        assert personas.school_office.get(f"/school/classes/{one.id}/{page}").status_code == 200
    assert written(app) == [(READ, "class", 2)]
