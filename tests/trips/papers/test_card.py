"""The emergency card: the own group only, from three days before until the trip is over; looking is written down."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.accounts.models import User
from app.core.audit import AccessEntry
from app.core.clock import end_of_day, local_day, now
from app.core.db import db
from app.organisations.models import Membership
from app.people.consents.guardians import GuardianWords, put_on_roster
from app.people.consents.models import GuardianRelation
from app.people.needs import Needs, write_needs
from app.programmes import planning
from app.trips.models import AdultRole
from app.trips.papers.card_page import UNTIL, numbers_in
from app.trips.papers.printing import write_contacts
from tests.factories import Factory
from tests.signing_in import Personas
from tests.travel import CONTACTS, a_group, a_trip, an_adult, travelling


@pytest.fixture
def leader(make: Factory) -> User:
    """Somebody with an account who leads."""
    return make.user("赵老师")


def a_card(make: Factory, leader: User, *, in_days: int = 1, roles: tuple[AdultRole, ...] = ()) -> str:
    """Let somebody lead the first of two groups, and return where the card is."""
    trip, by = a_trip(make, in_days=in_days), make.user().id
    own, other = travelling(make, trip), travelling(make, trip, name="何晨")
    adult = an_adult(make, trip, leader, roles=roles)
    a_group(make, trip, "第一组", [own], adult)
    a_group(make, trip, "第二组", [other])
    make.do(write_contacts, trip.id, CONTACTS, by=by, at=now())
    mother = GuardianWords("林妈妈", GuardianRelation.MOTHER, "13788889999")
    make.do(put_on_roster, own.person_id, mother, make.school().id, by=by, at=now())
    make.do(write_needs, own.person_id, Needs(health="哮喘，喷雾在包里"), by=by, at=now())
    return f"/trip-cards/{adult.id}"


def test_it_has_the_own_group_with_whom_to_call(app: Flask, personas: Personas, make: Factory, leader: User) -> None:
    answer = personas.young(leader).get(a_card(make, leader))
    for words in ("林小雨", 'href="tel:13788889999"', "哮喘，喷雾在包里", 'href="tel:13600001111"', "清溪县人民医院"):
        assert words in answer.text
    assert "何晨" not in answer.text
    ends_on = local_day(now()) + timedelta(days=4)
    assert answer.headers[UNTIL] == str(int(end_of_day(ends_on).timestamp()))
    with app.app_context():
        (entry,) = db.session.scalars(select(AccessEntry).where(AccessEntry.record == "trip_card"))
        assert (entry.action, entry.people, entry.under_14) == ("read", 1, 1)


def test_whoever_heads_the_trip_has_all_groups(personas: Personas, make: Factory, leader: User) -> None:
    shown = personas.young(leader).get(a_card(make, leader, roles=(AdultRole.LEADER,))).text
    assert shown.index("第一组") < shown.index("第二组")
    assert "何晨" in shown


@pytest.mark.parametrize(("in_days", "status"), [(4, 200), (-5, 410)])
def test_before_and_after_it_says_nothing_of_anybody(
    personas: Personas, make: Factory, leader: User, in_days: int, status: int
) -> None:
    trip = a_trip(make, in_days=2)
    one = travelling(make, trip)
    adult = an_adult(make, trip, leader)
    a_group(make, trip, "第一组", [one], adult)
    begins = local_day(now()) + timedelta(days=in_days)
    words = planning.words_of(trip).__dict__ | {"starts_on": begins, "ends_on": begins + timedelta(days=3)}
    make.do(planning.edit_programme, trip.id, planning.ProgrammeWords(**words), by=leader.id, at=now())
    answer = personas.young(leader).get(f"/trip-cards/{adult.id}")
    assert (answer.status_code, UNTIL in answer.headers) == (status, False)
    assert "林小雨" not in answer.text


def test_nobody_else_finds_it(personas: Personas, make: Factory, leader: User) -> None:
    card = a_card(make, leader)
    for browser in (personas.staff, personas.outsider, personas.young(make.user())):
        assert browser.get(card).status_code == 404
    assert "/sign-in" in personas.anonymous.get(card).location


def test_somebody_without_a_group_reads_what_is_to_come(personas: Personas, make: Factory, leader: User) -> None:
    trip = a_trip(make, in_days=1)
    travelling(make, trip)
    adult = an_adult(make, trip, leader)
    shown = personas.young(leader).get(f"/trip-cards/{adult.id}").text
    assert "还没有编组" in shown
    assert "林小雨" not in shown


def test_whoever_does_not_work_there_any_more_finds_nothing(personas: Personas, make: Factory, leader: User) -> None:
    card, browser = a_card(make, leader), personas.young(leader)
    make.do(lambda: db.session.execute(update(Membership).values(ended_at=now())))
    assert browser.get(card).status_code == 404


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("王主任13600001111、夜间 0577-62001120", ["13600001111", "0577-62001120"]),
        ("平安保险 保单 PA-2026-000123 95511", ["95511"]),
        ("保单 20260001234567890123，报案 95518", ["95518"]),
        ("陈老师 138 0000 1111", ["138 0000 1111"]),
        ("县医院", []),
    ],
)
def test_numbers_to_call_are_found_and_those_of_a_policy_are_not(words: str, numbers: list[str]) -> None:
    assert numbers_in(words) == numbers
