"""A lottery for everybody's eyes."""

import csv
import json
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, Slot, WayIn
from app.events.ways import lottery_pages
from config import ROOT
from tests.events.ways.lotteries import apply, draw, lottery_slot
from tests.factories import Factory
from tests.signing_in import Personas, signed_in

CHECK = ROOT / "docs/check_lottery.py"


def close(make: Factory, slot: Slot) -> None:
    """Let sign-up have closed a minute ago."""
    past = now() - timedelta(minutes=1)
    change = update(Slot).where(Slot.id == slot.id).values(closes_at=past, draws_at=past)
    make.do(lambda: db.session.execute(change))


def closed_and_drawn(make: Factory, people: list[int], **slot: object) -> Slot:
    """Make a lottery for parties of so many people, and draw it."""
    made = lottery_slot(make, **slot)
    for party in people:
        apply(make, made, party)
    close(make, made)
    draw(make, made)
    return made


def test_before_sign_up_closes_the_promise_stands_there_and_no_list(personas: Personas, make: Factory) -> None:
    slot = lottery_slot(make)
    (one,) = apply(make, slot)
    page = personas.anonymous.get(f"/slots/{slot.id}/lottery")
    assert page.status_code == 200
    assert "lots__seed" in page.text
    assert one.application_no[:4] not in page.text
    assert personas.anonymous.get(f"/slots/{slot.id}/lottery.json").status_code == 404
    assert personas.anonymous.get(f"/slots/{slot.id}/lottery.csv").status_code == 404


def test_once_sign_up_has_closed_the_list_has_numbers_and_no_names(personas: Personas, make: Factory) -> None:
    slot = lottery_slot(make)
    (one,) = apply(make, slot)
    close(make, slot)
    page = personas.anonymous.get(f"/slots/{slot.id}/lottery").text
    assert f"{one.application_no[:4]} {one.application_no[4:]}" in page
    published = json.loads(personas.anonymous.get(f"/slots/{slot.id}/lottery.json").data)
    assert published["seed"] is None
    assert [ticket["number"] for ticket in published["tickets"]] == [one.application_no]
    assert "林晓" not in page + json.dumps(published, ensure_ascii=False)


@pytest.mark.parametrize("may_pass", [False, True])
def test_anybody_draws_it_again_with_twenty_lines_and_the_published_file(
    personas: Personas, make: Factory, tmp_path: Path, may_pass: bool
) -> None:
    slot = closed_and_drawn(make, [3, 1, 2, 1, 4, 1, 1], capacity=6, smaller_may_pass=may_pass)
    file = tmp_path / "lottery.json"
    file.write_bytes(personas.anonymous.get(f"/slots/{slot.id}/lottery.json").data)
    said = subprocess.run([sys.executable, CHECK, file], capture_output=True, text=True, check=True).stdout.split("\n")
    with personas.app.app_context():
        placed = db.session.query(Registration).filter_by(slot_id=slot.id, state="confirmed")
        assert set(said[:-3]) == {one.application_no for one in placed}
    assert said[-3:-1] == ["as published: True", "as promised: True"]
    assert len(CHECK.read_text().splitlines()) <= 20


@pytest.mark.parametrize("lie", [{"seed": "chosen"}, {"places": 1}])
def test_a_file_that_was_tampered_with_is_found_out(
    personas: Personas, make: Factory, tmp_path: Path, lie: dict[str, object]
) -> None:
    slot = closed_and_drawn(make, [1] * 6, capacity=3)
    published = json.loads(personas.anonymous.get(f"/slots/{slot.id}/lottery.json").data)
    file = tmp_path / "lottery.json"
    file.write_text(json.dumps(published | lie))
    said = subprocess.run([sys.executable, CHECK, file], capture_output=True, text=True, check=True).stdout
    assert "False" in said


def test_what_is_published_stays_when_people_leave_after_the_draw(
    app: Flask, personas: Personas, make: Factory
) -> None:
    slot, user = lottery_slot(make, capacity=9), make.user()
    mine = make.registration(slot, user=user)
    apply(make, slot)
    close(make, slot)
    draw(make, slot)
    address = f"/slots/{slot.id}/lottery.json"
    before = personas.anonymous.get(address).json
    assert signed_in(app, user).post(f"/registrations/{mine.id}/cancellation").status_code == 303
    assert personas.anonymous.get(address).json == before


def test_the_sheet_says_who_was_drawn_when(personas: Personas, make: Factory) -> None:
    slot = closed_and_drawn(make, [1, 1], capacity=1)
    text = personas.anonymous.get(f"/slots/{slot.id}/lottery.csv").data.decode("utf-8-sig")
    _head, first, second = csv.reader(StringIO(text))
    assert (first[2], second[2]) == ("1", "2")
    assert first[3] != second[3]


def test_one_number_is_looked_for_and_an_unknown_one_is_said_to_be(personas: Personas, make: Factory) -> None:
    slot = closed_and_drawn(make, [1, 1])
    with personas.app.app_context():
        number = db.session.query(Registration).filter_by(slot_id=slot.id).first().application_no
    address = f"/slots/{slot.id}/lottery"
    assert personas.anonymous.get(f"{address}?number={number.lower()}").text.count(number[:4]) == 2
    page = personas.anonymous.get(f"{address}?number=<zzz").text
    assert "field__errors" in page
    assert "&lt;zzz" in page


def test_a_family_finds_its_own_number(app: Flask, personas: Personas, make: Factory) -> None:
    slot, user = lottery_slot(make), make.user()
    registration = make.registration(slot, user=user)
    address = f"/slots/{slot.id}/lottery"
    number = registration.application_no[:4]
    assert number in signed_in(app, user).get(address).text
    assert number not in signed_in(app, make.user()).get(address).text
    close(make, slot)
    assert "lots__one--own" in signed_in(app, user).get(address).text


def test_a_long_list_comes_in_pages(personas: Personas, make: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lottery_pages, "PAGE", 2)
    slot = closed_and_drawn(make, [1] * 5)
    address = f"/slots/{slot.id}/lottery"
    assert personas.anonymous.get(address).text.count('class="lots__number"') == 2
    last = personas.anonymous.get(f"{address}?from=4").text
    assert last.count('class="lots__number"') == 1
    assert 'rel="prev"' in last


def test_other_slots_and_drafts_have_no_lottery(personas: Personas, make: Factory) -> None:
    draft = make.event(personas.host, is_published=False)
    slot = lottery_slot(make, draft)
    assert personas.anonymous.get(f"/slots/{slot.id}/lottery").status_code == 404
    assert personas.staff.get(f"/slots/{slot.id}/lottery").status_code == 200
    other = make.slot(way_in=WayIn.OPEN)
    assert personas.anonymous.get(f"/slots/{other.id}/lottery").status_code == 404


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_program_that_checks_can_be_read(personas: Personas) -> None:
    answer = personas.anonymous.get("/lottery/check.py")
    assert answer.data == CHECK.read_bytes()
    assert answer.content_type == "text/plain; charset=utf-8"
