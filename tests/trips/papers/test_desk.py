"""The lists by one click: as things are now, written down, with numbers for two named people alone."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.organisations.models import MembershipRole
from app.programmes.models import Application, Programme
from app.trips.documents.models import DocumentReader
from app.trips.documents.operations import name_readers
from app.trips.papers.models import PaperKind, TripPrint
from tests.counting import statements
from tests.factories import Factory
from tests.signing_in import Personas, signed_in
from tests.travel import a_trip, document_of, filled, travelling

PURPOSE = {"purpose": "给保险公司投保", "file_format": "xlsx"}


@pytest.fixture
def trip(make: Factory, personas: Personas) -> Programme:
    """A trip of the host."""
    return a_trip(make, personas.host)


@pytest.fixture
def one(make: Factory, trip: Programme) -> Application:
    """A child whose document was filled in."""
    made = travelling(make, trip)
    filled(make, made)
    return made


@pytest.fixture
def reader(make: Factory, personas: Personas, trip: Programme) -> User:
    """Somebody of the host who may take numbers out."""
    user = make.member(personas.host)
    make.do(name_readers, trip.id, [user.id], by=user.id, at=now())
    return user


def text_of(xlsx: bytes) -> str:
    """Return all words of a workbook."""
    with ZipFile(BytesIO(xlsx)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))


def entries(app: Flask) -> list[tuple[str, str, str, int, int]]:
    """Return what the access log says of lists of trips."""
    with app.app_context():
        found = db.session.scalars(select(AccessEntry).where(AccessEntry.record.startswith("trip_")))
        return [(one.action, one.record, one.purpose, one.people, one.under_14) for one in found]


@pytest.mark.parametrize("kind", [one for one in PaperKind if one is not PaperKind.BADGES])
def test_each_list_comes_with_one_click_and_is_written_down(
    app: Flask, personas: Personas, trip: Programme, one: Application, kind: PaperKind
) -> None:
    answer = personas.staff.post(f"/desk/programmes/{trip.id}/trip/lists/{kind}", data={"file_format": "xlsx"})
    assert answer.status_code == 200
    assert ("林小雨" in text_of(answer.data)) is (kind is not PaperKind.MEALS)
    action = "full download" if kind is PaperKind.EMERGENCY else "download"
    assert entries(app) == [(action, f"trip_{kind}", "trip", 1, 1)]


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("kind", [PaperKind.ROSTER, PaperKind.EMERGENCY, PaperKind.BADGES])
def test_and_as_paper(personas: Personas, trip: Programme, one: Application, kind: PaperKind) -> None:
    answer = personas.staff.post(f"/desk/programmes/{trip.id}/trip/lists/{kind}", data={"file_format": "pdf"})
    assert (answer.status_code, answer.data[:4]) == (200, b"%PDF")


def test_the_page_says_what_changed_since_a_list_was_printed(
    app: Flask, personas: Personas, make: Factory, trip: Programme, one: Application
) -> None:
    page = f"/desk/programmes/{trip.id}/trip/lists"
    assert "还没打印过" in personas.staff.get(page).text
    personas.staff.post(f"{page}/roster")
    assert "已变更" not in personas.staff.get(page).text
    travelling(make, trip, name="何晨")
    shown = personas.staff.get(page).text
    assert "已变更" in shown
    assert "新增1人" in shown
    with app.app_context():
        assert db.session.scalar(select(TripPrint.kind)) is PaperKind.ROSTER


def test_the_emergency_cards_need_a_second_factor(
    app: Flask, personas: Personas, make: Factory, trip: Programme, one: Application
) -> None:
    unproven = signed_in(app, make.member(personas.host), is_proven=False)
    answer = unproven.post(f"/desk/programmes/{trip.id}/trip/lists/emergency")
    assert "/second-factor" in answer.location
    assert entries(app) == []


@pytest.mark.parametrize("kind", ["insurance", "rides", "rooms"])
def test_who_is_named_takes_numbers_out_and_says_what_for(
    app: Flask, personas: Personas, make: Factory, trip: Programme, one: Application, reader: User, kind: str
) -> None:
    number, path = document_of(make, one).number, f"/desk/programmes/{trip.id}/trip/lists/{kind}"
    browser = signed_in(app, reader)
    assert number not in text_of(browser.post(path).data)
    taken = browser.post(f"{path}/numbers", data=PURPOSE)
    assert number in text_of(taken.data)
    assert entries(app)[-1] == ("documents", f"trip_{kind}", "给保险公司投保", 1, 1)
    unsaid = browser.post(f"{path}/numbers", data={"purpose": " "})
    assert (unsaid.status_code, number in unsaid.text) == (422, False)


def test_nobody_else_takes_numbers_out(
    app: Flask, personas: Personas, make: Factory, trip: Programme, one: Application, reader: User
) -> None:
    path = f"/desk/programmes/{trip.id}/trip/lists"
    for browser in (personas.staff, personas.manager):
        assert browser.post(f"{path}/insurance/numbers", data=PURPOSE).status_code == 303
    unproven = signed_in(app, reader, is_proven=False)
    assert "/second-factor" in unproven.post(f"{path}/insurance/numbers", data=PURPOSE).location
    assert signed_in(app, reader).post(f"{path}/roster/numbers", data=PURPOSE).status_code == 303
    assert entries(app) == []


def test_numbers_leave_only_for_what_the_programme_is_marked_for(app: Flask, personas: Personas, make: Factory) -> None:
    trip, user = a_trip(make, personas.host, needs_tickets=False, needs_rooms=False), make.member(personas.host)
    filled(make, travelling(make, trip))
    make.do(name_readers, trip.id, [user.id], by=user.id, at=now())
    browser, path = signed_in(app, user), f"/desk/programmes/{trip.id}/trip/lists"
    assert [browser.post(f"{path}/{kind}/numbers", data=PURPOSE).status_code for kind in ("insurance", "rides")] == [
        200,
        303,
    ]


def test_the_manager_names_two_people_and_others_cannot(
    app: Flask, personas: Personas, make: Factory, trip: Programme
) -> None:
    page, staff = f"/desk/programmes/{trip.id}/trip/document-readers", make.member(personas.host)
    other = make.member(personas.host, MembershipRole.MANAGER)
    assert personas.manager.post(page, data={"first": staff.id, "second": staff.id}).status_code == 422
    assert personas.manager.post(page, data={"first": staff.id, "second": other.id}).status_code == 303
    assert personas.manager.post(page, data={"first": make.user().id, "second": ""}).status_code == 422
    assert personas.staff.get(page).status_code == 403
    with app.app_context():
        assert set(db.session.scalars(select(DocumentReader.user_id))) == {staff.id, other.id}


def test_contacts_are_typed_and_shown_on_the_page(personas: Personas, trip: Programme) -> None:
    page = f"/desk/programmes/{trip.id}/trip/emergency"
    sent = {"on_duty": "王主任 13600001111", "protection": "", "hospital": "县医院", "insurance": ""}
    for _time in range(2):
        assert personas.staff.post(page, data=sent).status_code == 303
    assert "13600001111" in personas.staff.get(f"/desk/programmes/{trip.id}/trip/lists").text
    too_long = personas.staff.post(page, data=sent | {"hospital": "医" * 121})
    assert (too_long.status_code, "王主任" in too_long.text) == (422, True)


def test_families_are_reminded_by_a_button(personas: Personas, make: Factory, trip: Programme) -> None:
    travelling(make, trip)
    page = f"/desk/programmes/{trip.id}/trip/document-reminders"
    for words in ("已提醒1家", "今天"):
        personas.staff.post(page)
        assert words in personas.staff.get(f"/desk/programmes/{trip.id}/trip/lists").text


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_page_asks_the_database_as_often_for_five_as_for_one(
    app: Flask, personas: Personas, make: Factory, trip: Programme, one: Application
) -> None:
    page, counts = f"/desk/programmes/{trip.id}/trip/lists", []
    personas.staff.get(page)
    for more in (0, 4):
        for number in range(more):
            travelling(make, trip, name=f"何{'一二三四'[number]}")
        with statements(app) as asked:
            personas.staff.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", ["lists", "emergency", "document-readers"])
def test_other_hosts_find_nothing(personas: Personas, make: Factory, trip: Programme, page: str) -> None:
    outsider: FlaskClient = signed_in(personas.app, make.member(personas.other_host, MembershipRole.MANAGER))
    assert outsider.get(f"/desk/programmes/{trip.id}/trip/{page}").status_code == 404
    assert outsider.post(f"/desk/programmes/{trip.id}/trip/lists/roster").status_code == 404
    assert outsider.post(f"/desk/programmes/{trip.id}/trip/document-reminders").status_code == 404
