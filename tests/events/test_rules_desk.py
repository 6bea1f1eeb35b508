"""A host's rules of signing up, and the insurance of risky shifts, in the browser."""

from dataclasses import asdict

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.core.clock import now
from app.core.db import db
from app.events.models import SignUpRules, Slot
from app.events.rules import Rules, change_rules, rules_of
from tests.factories import Factory
from tests.shifts import shift_event
from tests.signing_in import Personas

TYPED = {
    name: str(value) for name, value in asdict(Rules(latest_hour=20, hours_a_day=3, youngest_volunteer=12)).items()
}


def test_a_manager_changes_them_and_it_is_written_down_in_words(app: Flask, personas: Personas) -> None:
    assert personas.manager.get("/desk/rules").status_code == 200
    for _ in range(2):
        assert personas.manager.post("/desk/rules", data=TYPED).status_code == 303
    with app.app_context():
        assert rules_of(personas.host.id) == Rules(20, 3, 30, 12, 2, 24, 90)
        assert rules_of(personas.other_host.id) == Rules()
    page = personas.staff.get("/desk/rules").text
    assert page.count("未成年人每天时长：4 → 3") == 1


def test_staff_reads_and_does_not_write(personas: Personas) -> None:
    assert personas.staff.get("/desk/rules").status_code == 200
    assert personas.staff.post("/desk/rules", data=TYPED).status_code == 403
    assert personas.young().get("/desk/rules").status_code == 403


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("youngest_volunteer", "9"),
        ("latest_hour", "25"),
        ("hours_a_day", "0"),
        ("travel_minutes", "601"),
        ("missed_until_later", "-1"),
        ("later_hours", "x"),
        ("missed_within_days", ""),
    ],
)
def test_what_cannot_hold_is_refused_beside_its_field(app: Flask, personas: Personas, field: str, typed: str) -> None:
    answer = personas.manager.post("/desk/rules", data=TYPED | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-errors"' in answer.text
    with app.app_context():
        assert rules_of(personas.host.id) == Rules()


def _younger(host_id: int) -> None:
    db.session.execute(update(SignUpRules).where(SignUpRules.organisation_id == host_id).values(youngest_volunteer=9))


def test_the_database_itself_keeps_the_least_age(inside: Flask, make: Factory) -> None:
    host = make.organisation()
    make.do(change_rules, host.id, Rules(), by=make.user().id, at=now())
    with pytest.raises(IntegrityError):
        make.do(_younger, host.id)


def test_a_risky_shift_is_marked_as_insured_and_the_mark_taken_back(
    app: Flask, personas: Personas, make: Factory
) -> None:
    event = shift_event(make, personas.host, is_risky=True, is_published=False)
    desk, slot_id = f"/desk/events/{event.id}", event.slots[0].id
    personas.staff.post(f"{desk}/publication")
    assert "先标记已投保" in personas.staff.get(desk).text
    assert personas.anonymous.get(f"/events/{event.id}").status_code == 404
    address = f"/desk/slots/{slot_id}/insurance"
    assert personas.staff.get(address).status_code == 200
    assert personas.staff.post(address, data={"note": ""}).status_code == 422
    for _ in range(2):
        assert personas.staff.post(address, data={"note": "人保 2026-0117"}).status_code == 303
    personas.staff.post(f"{desk}/publication")
    assert "人保 2026-0117" in personas.staff.get(desk).text
    assert "人保" not in personas.anonymous.get(f"/events/{event.id}").text
    for _ in range(2):
        assert personas.staff.post(f"{address}/withdrawal").status_code == 303
    with app.app_context():
        assert db.session.get_one(Slot, slot_id).lacks_insurance


def test_another_host_insures_nothing_here_and_a_safe_shift_needs_none(personas: Personas, make: Factory) -> None:
    slot_id = shift_event(make, personas.host).slots[0].id
    address = f"/desk/slots/{slot_id}/insurance"
    assert personas.outsider.get(address).status_code == 404
    assert personas.outsider.post(address, data={"note": "x"}).status_code == 404
    assert personas.outsider.post(f"{address}/withdrawal").status_code == 404
    answer = personas.staff.post(address, data={"note": "人保 2026-0117"})
    assert answer.status_code == 422
    assert "这一班没有标有风险" in answer.text
    assert 'name="note"' not in answer.text
