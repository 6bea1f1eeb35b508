"""More slips than a class has are drawn in the background, for whoever asked."""

from io import BytesIO

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.people.models import Enrolment
from app.schooldesk.claims import desk, jobs, slips
from app.schooldesk.models import ClaimSlip
from tests.factories import Factory, born
from tests.rosters import a_class, entered, typed
from tests.signing_in import Personas, signed_in
from tests.work import work_off


@pytest.fixture(autouse=True)
def _two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "AT_ONCE", 2)
    monkeypatch.setattr(jobs, "_IN_A_TURN", 2)


@pytest.fixture
def class_id(make: Factory, personas: Personas) -> int:
    """A class of three, with slips."""
    one = a_class(make, personas.school)
    pupils = entered(make, one, *(typed(name, born(10)) for name in ("王一", "王二", "王三")))
    with make.app.app_context():
        ids = {item.person_id for item in db.session.scalars(select(Enrolment))}
    make.do(slips.make_slips, one.id, ids, by=pupils.by_id, at=now())
    return one.id


def codes(app: Flask) -> list[str]:
    with app.app_context():
        return [slips.code_of(slip) for slip in db.session.scalars(select(ClaimSlip))]


def test_all_of_them_come_in_one_file_that_is_written_down_when_it_is_taken(
    app: Flask, personas: Personas, class_id: int
) -> None:
    office = personas.school_office
    assert f'action="/school/classes/{class_id}/slips/sheets"' in office.get(f"/school/classes/{class_id}/slips").text
    asked = office.post(f"/school/classes/{class_id}/slips/sheets")
    assert asked.status_code == 303
    with app.app_context():
        work_off(app)
    with office.get(f"{asked.location}/result") as answer:
        assert answer.mimetype == "application/pdf"
        pdf = pypdfium2.PdfDocument(BytesIO(answer.data))
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert len(pdf) == 2
    assert all(f"{code[:4]} {code[4:8]}" in text for code in codes(app))
    with app.app_context():
        noted = db.session.scalars(select(AccessEntry).where(AccessEntry.record == "claim_slips")).all()
        assert [(one.record_id, one.people) for one in noted] == [(class_id, 3)]


def test_asked_for_twice_it_is_drawn_once_and_only_where_it_was_asked_for(
    app: Flask, personas: Personas, make: Factory, class_id: int
) -> None:
    address = f"/school/classes/{class_id}/slips/sheets"
    first, second = (personas.school_office.post(address).location for _ in range(2))
    assert first == second
    with app.app_context():
        work_off(app)
    colleague = signed_in(app, make.member(personas.school))
    assert colleague.get(f"{first}/result").status_code == 404
    assert colleague.post(address).location != first


def test_so_many_are_never_drawn_while_somebody_waits(personas: Personas, class_id: int) -> None:
    answer = personas.school_office.get(f"/school/classes/{class_id}/slips.pdf")
    assert (answer.status_code, answer.location) == (303, f"/school/classes/{class_id}/slips")


def test_another_schools_class_is_nowhere(app: Flask, make: Factory, class_id: int) -> None:
    office = signed_in(app, make.member(make.school()))
    assert office.post(f"/school/classes/{class_id}/slips/sheets").status_code == 404


def test_where_no_slip_counts_it_is_said_before_and_after_asking(
    app: Flask, personas: Personas, make: Factory, class_id: int
) -> None:
    office, address = personas.school_office, f"/school/classes/{class_id}/slips/sheets"
    asked = office.post(address).location
    with app.app_context():
        ids = list(db.session.scalars(select(ClaimSlip.person_id)))
    for person_id in ids:
        make.do(slips.void_slips_of, person_id, at=now())
    with app.app_context():
        work_off(app)
    said = "已经没有可以打印的领取单了"
    assert said in office.get(asked).text
    assert said in office.post(address, follow_redirects=True).text
