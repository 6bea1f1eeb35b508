"""The grown-ups on the lists: a driver known by name and phone alone is on all of them, who left the unit on none."""

from flask import Flask
from sqlalchemy import update

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.organisations.models import Membership
from app.programmes.models import Programme
from app.trips.documents.operations import Holder, fill_in
from app.trips.documents.queries import filled_in
from app.trips.models import AdultRole, TripAdult
from app.trips.papers.facts import TripFacts
from app.trips.papers.making import Paper, changes_since, make_paper
from app.trips.papers.models import PaperKind
from app.trips.papers.numbers import with_numbers
from app.trips.papers.printing import contacts_of, last_prints
from tests.factories import Factory
from tests.signing_in import Personas
from tests.travel import a_group, a_trip, an_adult, document_of, printed, travelling

NAMED = (PaperKind.ROSTER, PaperKind.INSURANCE, PaperKind.RIDES, PaperKind.ROOMS, PaperKind.EMERGENCY, PaperKind.BADGES)


def facts_of(trip: Programme) -> TripFacts:
    """Return what the lists are made of now."""
    db.session.expire_all()
    return TripFacts(db.session.get_one(Programme, trip.id))


def paper(kind: PaperKind, trip: Programme) -> Paper:
    """Return a list as it is now."""
    return make_paper(kind, facts_of(trip), contacts_of(trip.id))


def leaves(make: Factory, user: User) -> None:
    """Let somebody not work anywhere any more."""
    theirs = update(Membership).where(Membership.user_id == user.id)
    make.do(lambda: db.session.execute(theirs.values(ended_at=now())))


def test_a_driver_without_an_account_is_on_every_list(inside: Flask, make: Factory) -> None:
    trip = a_trip(make)
    travelling(make, trip)
    driver = an_adult(make, trip, roles=(AdultRole.DRIVER,))
    found = {kind: dict(paper(kind, trip).rows)[f"a{driver.id}"] for kind in NAMED}
    assert all("赵师傅" in cells for cells in found.values())
    assert found[PaperKind.INSURANCE][-1] == "需手工填写"
    assert "司机 13655556666" in found[PaperKind.EMERGENCY]
    assert "司机 13655556666" in found[PaperKind.BADGES]
    assert ["合计", "2"] in [cells for _who, cells in paper(PaperKind.MEALS, trip).rows]


def test_another_number_of_the_driver_marks_what_it_stands_on(inside: Flask, make: Factory) -> None:
    trip = a_trip(make)
    travelling(make, trip)
    driver = an_adult(make, trip, roles=(AdultRole.DRIVER,))
    for kind in PaperKind:
        printed(make, trip, kind)
    theirs = update(TripAdult).where(TripAdult.id == driver.id)
    make.do(lambda: db.session.execute(theirs.values(phone="13600009999")))
    last = last_prints(trip.id)
    changed = {kind: changes_since(last[kind], paper(kind, trip)) for kind in PaperKind}
    assert {kind: said for kind, said in changed.items() if said} == {
        PaperKind.EMERGENCY: ["1人资料有变"],
        PaperKind.BADGES: ["1人资料有变"],
    }


def test_whoever_left_the_unit_is_on_no_list_with_or_without_numbers(inside: Flask, make: Factory) -> None:
    trip, leader = a_trip(make), make.user("赵老师")
    child = travelling(make, trip)
    adult = an_adult(make, trip, leader, roles=(AdultRole.LEADER,))
    a_group(make, trip, "第一组", [child], adult)
    make.do(fill_in, Holder(trip.id, adult_id=adult.id), document_of(make, child), by=leader.id, at=now())
    _head, rows = with_numbers(paper(PaperKind.INSURANCE, trip), trip.id)
    assert sum(bool(row[-3]) for row in rows) == 1
    leaves(make, leader)
    assert not any("赵老师" in str(paper(kind, trip).rows) for kind in PaperKind)
    _head, rows = with_numbers(paper(PaperKind.INSURANCE, trip), trip.id)
    assert not any(row[-3] for row in rows)
    assert filled_in(trip).total == 1


def test_whoever_left_the_unit_opens_nothing(personas: Personas, make: Factory) -> None:
    trip, leader = a_trip(make, in_days=1), make.user("赵老师")
    adult, browser = an_adult(make, trip, leader), personas.young(leader)
    pages = [f"/trip-cards/{adult.id}", f"/trip-adults/{adult.id}/travel-document", f"/trips/{trip.id}"]
    assert [browser.get(page).status_code for page in pages] == [200, 200, 200]
    leaves(make, leader)
    assert [browser.get(page).status_code for page in pages] == [404, 404, 404]
    assert browser.post(f"{pages[1]}/removal").status_code == 404
