"""Reading people's data is written down, without a name, and the auditor finds it."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from app.core.audit import AccessEntry, Whose, note_access
from app.core.clock import local, now
from app.core.db import db, transact
from app.events.models import Registration
from tests.factories import Factory, born
from tests.searches import searched
from tests.signing_in import Personas


def entries(app: Flask) -> Sequence[AccessEntry]:
    """Return what is written down, the first one first."""
    with app.app_context():
        return db.session.scalars(select(AccessEntry).order_by(AccessEntry.id)).all()


@pytest.fixture
def place(make: Factory, personas: Personas) -> Registration:
    """The place of a 15-year-old at an event of the host."""
    return make.registration(make.going_on(personas.host).slots[0], name="林晓雨", born_on=born(15))


def test_opening_a_registration_is_one_look_however_often_within_ten_minutes(
    app: Flask, personas: Personas, place: Registration
) -> None:
    for _once in range(3):
        assert personas.staff.get(f"/desk/registrations/{place.id}").status_code == 200
    (entry,) = entries(app)
    assert (entry.action, entry.record, entry.person_id) == ("read", "registration", place.person_id)
    assert (entry.people, entry.under_14, entry.under_18) == (1, 0, 1)
    assert (entry.role, entry.unit_id, entry.page) == ("staff", personas.host.id, "checkin.person")


def test_what_a_stranger_did_not_see_is_not_written_down(app: Flask, personas: Personas, place: Registration) -> None:
    assert personas.outsider.get(f"/desk/registrations/{place.id}").status_code == 404
    assert entries(app) == []


def test_a_search_by_name_is_written_down_without_what_was_typed(app: Flask, make: Factory, personas: Personas) -> None:
    event = make.going_on(personas.host)
    make.registration(event.slots[0], name="林晓雨", born_on=born(20))
    searched(personas.staff, f"/desk/events/{event.id}/registrations", "林晓")
    (entry,) = entries(app)
    assert (entry.action, entry.people, entry.filters) == ("search", 1, "q")
    assert "林" not in "".join(str(value) for value in vars(entry).values())


def test_the_auditor_reads_by_person_by_staff_and_by_month(personas: Personas, place: Registration) -> None:
    personas.staff.get(f"/desk/registrations/{place.id}")
    auditor = personas.auditor
    page = auditor.get(f"/audit?person={place.person_id}&month={local(now()):%Y-%m}").text
    assert "林**" in page
    assert "林晓雨" not in page
    assert "个人报名信息" in page
    for nothing in ("?person=999999", "?month=2001-01", "?staff=999999"):
        assert "个人报名信息" not in auditor.get(f"/audit{nothing}").text


def test_the_auditors_own_search_is_written_down_and_shows_masked_names(
    app: Flask, personas: Personas, place: Registration
) -> None:
    page = searched(personas.auditor, "/audit/search", "lin").text
    assert "林**" in page
    assert "林晓雨" not in page
    (entry,) = entries(app)
    assert (entry.action, entry.record, entry.role) == ("search", "access_log", "auditor")


def test_the_auditor_lands_there(personas: Personas) -> None:
    assert personas.auditor.get("/start").location == "/audit"


def test_a_page_ends_and_the_next_one_goes_on(make: Factory, personas: Personas) -> None:
    user = make.user("苏小禾").id
    for number in range(52):
        at = now() - timedelta(minutes=number)
        make.do(note_access, "download", "event", number + 1, people=1, purpose=f"第{number}次", by=user, at=at)
    page = personas.auditor.get("/audit").text
    assert "第49次" in page
    assert "第50次" not in page
    following = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "第50次" in personas.auditor.get(following).text


def test_what_an_address_says_wrongly_is_not_asked(personas: Personas) -> None:
    assert personas.auditor.get("/audit?person=x&staff=-1&month=2026-13&after=zzz").status_code == 200


def an_entry(at_days_ago: int, by: int) -> int:
    """Write an entry of some days ago; an operation."""
    note_access("read", "answers", 1, people=Whose(1), purpose="订餐", by=by, at=now() - timedelta(days=at_days_ago))
    db.session.flush()
    return db.session.scalars(select(AccessEntry.id).order_by(AccessEntry.id.desc()).limit(1)).one()


def _drop(entry_id: int) -> None:
    db.session.execute(delete(AccessEntry).where(AccessEntry.id == entry_id))


def _write(entry_id: int, **values: object) -> None:
    db.session.execute(update(AccessEntry).where(AccessEntry.id == entry_id).values(**values))


def test_the_database_keeps_an_entry_for_183_days_whoever_asks(inside: Flask, make: Factory) -> None:
    user = make.user().id
    young, old = make.do(an_entry, 182, user), make.do(an_entry, 184, user)
    with pytest.raises(DBAPIError, match="append-only"):
        transact(_drop, young)
    transact(_drop, old)
    assert db.session.scalars(select(AccessEntry.id)).all() == [young]


def test_of_an_entry_only_the_purpose_can_be_emptied(inside: Flask, make: Factory) -> None:
    entry = make.do(an_entry, 1, make.user().id)
    for values in ({"purpose": "别的"}, {"people": 2}, {"purpose": "", "people": 2}):
        with pytest.raises(DBAPIError, match="append-only"):
            transact(_write, entry, **values)
    transact(_write, entry, purpose="")
    assert db.session.scalars(select(AccessEntry.purpose)).all() == [""]
