"""Lists are made as things are now; what changed since one was printed is said in words."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.people.consents.guardians import GuardianWords, put_on_roster
from app.people.consents.models import GuardianRelation
from app.people.models import Person
from app.people.needs import Diet, Needs, write_needs
from app.programmes.applications.answering import decline
from app.programmes.models import Application, Programme
from app.trips.models import TripAdult, TripMember
from app.trips.papers.facts import TripFacts
from app.trips.papers.making import Paper, changes_since, make_paper
from app.trips.papers.models import PaperKind
from app.trips.papers.printing import contacts_of, last_prints, prints_of, write_contacts
from tests.factories import Factory
from tests.travel import CONTACTS, a_group, a_trip, an_adult, filled, printed, travelling


@dataclass
class Journey:
    """A trip with a leader and two children in one group."""

    make: Factory
    trip: Programme
    children: list[Application]
    leader: TripAdult

    def paper(self, kind: PaperKind) -> Paper:
        """Return a list as it is now."""
        facts = TripFacts(db.session.get_one(Programme, self.trip.id, populate_existing=True))
        return make_paper(kind, facts, contacts_of(self.trip.id))

    def changed(self, kind: PaperKind) -> list[str]:
        """Return what changed since it was printed."""
        return changes_since(last_prints(self.trip.id).get(kind), self.paper(kind))

    def cells(self, kind: PaperKind) -> Mapping[str, list[str]]:
        """Return the rows by who it is."""
        return dict(self.paper(kind).rows)


@pytest.fixture
def journey(inside: Flask, make: Factory) -> Journey:
    """Two children in a group, with a leader who has a phone."""
    trip = a_trip(make)
    children = [travelling(make, trip, name=name) for name in ("林小雨", "何晨")]
    leader = an_adult(make, trip, name="赵老师")
    a_group(make, trip, "第一组", children, leader)
    return Journey(make, trip, children, leader)


def test_everybody_is_on_the_roster_with_where_they_belong(journey: Journey) -> None:
    cells = journey.cells(PaperKind.ROSTER)
    assert len(cells) == 3
    assert cells[f"p{journey.children[0].person_id}"][0] == "林小雨"
    assert cells[f"a{journey.leader.id}"][5] == "第一组"


def test_nothing_is_marked_before_the_first_print_nor_while_nothing_changes(journey: Journey) -> None:
    assert journey.changed(PaperKind.ROSTER) == []
    printed(journey.make, journey.trip)
    assert journey.changed(PaperKind.ROSTER) == []


def test_who_came_who_left_and_who_moved_is_said_in_words(journey: Journey) -> None:
    make, (first, second) = journey.make, journey.children
    printed(make, journey.trip)
    make.do(decline, second.id, by=make.user().id, at=now())
    travelling(make, journey.trip, name="孙悦")
    own = TripMember.person_id == first.person_id
    make.do(lambda: db.session.execute(update(TripMember).where(own).values(group_id=None)))
    assert journey.changed(PaperKind.ROSTER) == ["新增1人", "退出1人", "换组1人"]
    printed(make, journey.trip)
    assert journey.changed(PaperKind.ROSTER) == []


def test_each_list_is_marked_for_what_it_says_alone(journey: Journey) -> None:
    make = journey.make
    for kind in PaperKind:
        printed(make, journey.trip, kind)
    filled(make, journey.children[0])
    assert {kind: journey.changed(kind) for kind in PaperKind if journey.changed(kind)} == {
        PaperKind.INSURANCE: ["1人资料有变"]
    }
    make.do(write_contacts, journey.trip.id, CONTACTS, by=make.user().id, at=now())
    assert journey.changed(PaperKind.EMERGENCY) == ["其他内容"]


def test_meals_are_numbers_alone(journey: Journey) -> None:
    make, child = journey.make, journey.children[0]
    before = journey.paper(PaperKind.MEALS).version
    needs = Needs((Diet.HALAL,), "不吃香菜", "哮喘")
    make.do(write_needs, child.person_id, needs, by=make.user().id, at=now())
    paper = journey.paper(PaperKind.MEALS)
    told = str(paper.rows)
    assert ["合计", "3"] in [cells for _who, cells in paper.rows]
    assert ["吃：清真", "1"] in [cells for _who, cells in paper.rows]
    assert paper.version != before
    assert not any(word in told for word in ("林小雨", "何晨", "赵老师", "香菜", "哮喘"))


def test_the_emergency_card_names_guardians_and_what_to_look_after(journey: Journey) -> None:
    make, child = journey.make, journey.children[0]
    mother = GuardianWords("林妈妈", GuardianRelation.MOTHER, "13788889999")
    make.do(put_on_roster, child.person_id, mother, make.school().id, by=make.user().id, at=now())
    make.do(write_needs, child.person_id, Needs(health="哮喘，喷雾在包里"), by=make.user().id, at=now())
    line = " ".join(journey.cells(PaperKind.EMERGENCY)[f"p{child.person_id}"])
    assert "林妈妈 13788889999" in line
    assert "哮喘，喷雾在包里" in line


def test_a_badge_has_the_leaders_number_and_no_childs(journey: Journey) -> None:
    person = db.session.get_one(Person, journey.children[0].person_id)
    assert person.phone
    told = str(journey.cells(PaperKind.BADGES))
    assert "赵老师 13655556666" in told
    assert person.phone not in told


def test_a_print_keeps_no_name_and_twice_within_a_minute_is_one(journey: Journey) -> None:
    make, staff = journey.make, journey.make.user()
    for by in (staff, staff, make.user()):
        printed(make, journey.trip, PaperKind.EMERGENCY, by)
    found = prints_of(journey.trip.id)
    assert len(found) == 2
    assert not any(name in str(one.lines) for one in found for name in ("林小雨", "何晨", "赵老师"))
    assert len(db.session.scalars(select(AccessEntry).where(AccessEntry.record == "trip_emergency")).all()) == 3
