"""Readers in the browser: switched on, read without names, ranked, decided on."""

import re

import pytest

from app.core.db import db
from app.programmes.models import Programme, Reading
from tests.exchanges import a_programme, entered, fresh
from tests.partner_rows import a_reading, give
from tests.signing_in import Personas


@pytest.fixture
def programme(personas: Personas) -> Programme:
    """A programme of the staff's host."""
    return a_programme(personas.make, personas.host)


def test_readers_are_switched_on_and_off_on_the_page(personas: Personas, programme: Programme) -> None:
    page = f"/desk/programmes/{programme.id}/readers"
    first, second = (personas.make.member(personas.host).id for _one in range(2))
    data = {"first_id": first, "second_id": second, "third_id": 0, "tolerance": "15", "criteria": "好奇心 ×3\n踏实"}
    assert "没有启用" in personas.staff.get(page).text
    assert personas.staff.post(page, data=data | {"criteria": "好奇心 ×30"}).status_code == 422
    refused = personas.staff.post(page, data=data | {"second_id": first})
    assert refused.status_code == 422
    assert "好奇心 ×3" in refused.text
    for _twice in range(2):
        assert personas.staff.post(page, data=data).status_code == 303
    with personas.app.app_context():
        its = db.session.scalars(db.select(Reading)).one()
        assert [(one.words, one.weight) for one in its.criteria] == [("好奇心", 3), ("踏实", 1)]
    assert personas.outsider.get(page).status_code == 404
    assert personas.staff.post(page + "/removal").status_code == 303
    assert "没有启用" in personas.staff.get(page).text
    ranking = personas.staff.get(f"/desk/programmes/{programme.id}/ranking")
    assert ranking.status_code == 303


def test_a_reader_reads_without_names_and_scores(personas: Personas, programme: Programme) -> None:
    make = personas.make
    one = entered(make, programme, name="阿依古丽·买买提", age=15)
    reader, other = make.member(personas.host), make.member(personas.host)
    reading = a_reading(make, programme.id, (reader.id, other.id))
    browser = personas.young(reader)
    listed = browser.get(f"/desk/readings/{reading.id}").text
    (there,) = set(re.findall(rf"/desk/readings/{reading.id}/applications/\d+", listed))
    text = browser.get(there).text
    assert "阿依古丽" not in listed + text
    fields = sorted(set(re.findall(r'name="(c\d+)"', text)))
    assert len(fields) == 2
    assert browser.post(there, data={fields[0]: "8"}).status_code == 422
    for _twice in range(2):
        assert browser.post(there, data=dict.fromkeys(fields, "8")).status_code == 303
    assert personas.staff.get(f"/desk/readings/{reading.id}").status_code == 404
    ranking = personas.young(other).get(f"/desk/programmes/{programme.id}/ranking").text
    assert "阿依古丽" not in ranking
    give(make, one, other.id, 8, 8)
    assert "80.0" in personas.young(other).get(f"/desk/programmes/{programme.id}/ranking").text


def test_the_best_are_ticked_and_decided_on_as_ever(personas: Personas, programme: Programme) -> None:
    make = personas.make
    readers = (make.member(personas.host).id, make.member(personas.host).id)
    ones = [entered(make, programme, age=15) for _one in range(3)]
    a_reading(make, programme.id, readers)
    for one, mark in zip(ones, (3, 9, 6), strict=True):
        for reader in readers:
            give(make, one, reader, mark, mark)
    text = personas.staff.get(f"/desk/programmes/{programme.id}/ranking").text
    ticked = re.findall(r'name="ids" value="(\d+)" checked', text)
    assert ticked == [str(ones[1].id), str(ones[2].id)]  # two places
    decided = personas.staff.post(
        f"/desk/programmes/{programme.id}/applications", data={"ids": ticked, "verdict": "accept"}
    )
    assert decided.status_code == 303
    with personas.app.app_context():
        assert [str(fresh(one).state) for one in ones] == ["applied", "accepted", "accepted"]
