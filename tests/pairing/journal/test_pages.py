"""The pages of the journal: the organiser's, the school's, and what a family notes."""

import pytest
from sqlalchemy import select

from app.core.audit import AccessEntry
from app.core.clock import local_day, now
from app.core.db import db
from app.pairing.journal import operations as journal
from app.pairing.journal.models import JournalEntry
from app.pairing.journal.operations import Group
from app.pairing.models import Pair
from app.people.consents.models import Strength
from app.people.models import ActsFor, Person, Relation
from tests.accepting_rows import published, say_yes
from tests.after_rows import formed, what
from tests.factories import Factory
from tests.reading import as_table
from tests.signing_in import Personas


@pytest.fixture
def pair(personas: Personas, make: Factory) -> Pair:
    """A pair of the staff's host that has come about."""
    return formed(make, personas.host)


@pytest.fixture
def pupil(personas: Personas, make: Factory) -> Person:
    """A confirmed pupil of the school office's school."""
    person = make.person(name="王芳", age=19)
    make.enrolment(person, personas.school)
    return person


def today() -> str:
    """Return this day as people type it."""
    return f"{local_day(now()):%Y%m%d}"


def letters(**changes: str) -> dict[str, str]:
    """Return a parcel of letters as somebody types it."""
    return {"group": "0||", "what": "sent", "count": "48", "happened_on": today(), "words": "第一批"} | changes


def entries(personas: Personas) -> list[JournalEntry]:
    """Return all that was noted."""
    with personas.app.app_context():
        return list(db.session.scalars(select(JournalEntry).order_by(JournalEntry.id)))


def test_letters_of_a_class_are_noted_in_one_go_and_taken_back(personas: Personas, pair: Pair) -> None:
    there, staff = f"/desk/pairing/{pair.round_id}/journal", personas.staff
    assert staff.post(there, data=letters()).status_code == 303
    assert staff.post(there, data=letters()).status_code == 422
    page = staff.get(there).text
    assert "第一批" in page
    (entry,) = entries(personas)
    for _twice in range(2):
        assert staff.post(f"/desk/pairing/journal/{entry.id}/undoing").status_code == 303
    assert "<s>48</s>" in staff.get(there).text


@pytest.mark.parametrize(
    "wrong", [{"count": "0"}, {"count": "many"}, {"happened_on": "20200101"}, {"group": "7||"}, {"what": ""}]
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    personas: Personas, pair: Pair, wrong: dict[str, str]
) -> None:
    answer = personas.staff.post(f"/desk/pairing/{pair.round_id}/journal", data=letters(**wrong))
    assert answer.status_code == 422
    assert "第一批" in answer.text
    assert entries(personas) == []


def test_the_list_is_taken_away_as_a_file_and_that_is_written_down(personas: Personas, pair: Pair) -> None:
    staff = personas.staff
    staff.post(f"/desk/pairing/{pair.round_id}/journal", data=letters())
    file = staff.post(f"/desk/pairing/{pair.round_id}/journal/list", data={"file_format": "xlsx", "purpose": "archive"})
    assert as_table(file)[1][2:5] == ["寄出书信", "48", "第一批"]
    with personas.app.app_context():
        entry = db.session.scalars(select(AccessEntry).where(AccessEntry.record == "pairing_round")).one()
        assert (entry.action, entry.people, entry.record_id) == ("download", 2, pair.round_id)


def test_a_school_notes_for_its_own_class_and_sees_no_other(
    personas: Personas, pupil: Person, pair: Pair, make: Factory
) -> None:
    made = published(make, personas.host, (pupil, make.person(name="韩梅", age=19)))
    office, there = personas.school_office, f"/school/pairing/{made.id}"
    assert "秋季书信" in office.get("/school/pairing").text
    own = f"0|{personas.school.name}|高二（3）班"
    assert office.post(there, data=letters(group=own)).status_code == 303
    assert office.post(there, data=letters()).status_code == 422  # a whole side is the organiser's
    make.do(journal.note_group, made.id, Group(1), what(count=33), by=make.user().id, at=now())
    page = office.get(there).text
    assert "第一批" in page
    assert ">33<" not in page
    noted = entries(personas)[0]
    assert office.post(f"/school/pairing/journal/{noted.id}/undoing").status_code == 303
    assert office.post(f"/school/pairing/journal/{entries(personas)[1].id}/undoing").status_code == 404
    assert office.get(f"/school/pairing/{pair.round_id}").status_code == 404


def test_a_grown_up_of_the_family_notes_a_call_and_a_child_does_not(personas: Personas, make: Factory) -> None:
    parent, child = make.user("王家长"), make.user("王芳")
    pupil = make.person(parent, name="王芳", age=15)
    make.do(_also_oneself, pupil.id, child.id)
    partner = make.person(name="韩梅", age=19)
    made = published(make, personas.host, (pupil, partner))
    say_yes(make, made, pupil)
    for person in (pupil, partner):
        say_yes(make, made, person, as_guardian=person is pupil, strength=Strength.CALLED, by=parent.id)
    with personas.app.app_context():
        pair_id = db.session.scalars(select(Pair.id).where(Pair.round_id == made.id)).one()
    there, call = f"/pairs/{pair_id}/meetings", {"what": "call", "happened_on": today()}
    personas.young(child).post(there, data=call)
    assert entries(personas) == []
    at_home = personas.young(parent)
    at_home.post(there, data={"what": "letter", "happened_on": today()})
    at_home.post(there, data=call)
    (entry,) = entries(personas)
    assert entry.is_family
    assert "通话" in personas.young(child).get(f"/pairs/{pair_id}/letters").text
    assert personas.young(child).post(f"/pairs/journal/{entry.id}/undoing").status_code == 404
    assert at_home.post(f"/pairs/journal/{entry.id}/undoing").status_code == 303


def _also_oneself(person_id: int, user_id: int) -> None:
    db.session.add(ActsFor(user_id=user_id, person_id=person_id, relation=Relation.ONESELF, since=now()))
