"""Two records of one person become one, and nothing is lost."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Table, func, select

from app.care.merging.operations import RULES
from app.care.merging.problems import AlreadyOne, AskedToErase, OtherBirthDay
from app.care.merging.rules import tables_of_people
from app.care.models import Erasure
from app.core.changes import changes_of
from app.core.clock import now
from app.core.db import METADATA, db
from app.people.models import ActsFor, Enrolment, Gender, Person, Relation
from app.people.needs import Diet, Needs, needs_of, write_needs
from app.people.profile import Profile, profile_of, write_profile
from tests.asked import ask, give
from tests.care.merging.twice import BORN, merged, place, two
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("inside")


def rows_of(table: Table, person_id: int) -> int:
    """Return how many rows of a table are somebody's."""
    return db.session.scalar(select(func.count()).select_from(table).where(table.c.person_id == person_id)) or 0


@pytest.mark.parametrize("engine", ["sqlite"])
def test_every_table_that_refers_to_people_has_a_rule() -> None:
    found = [table.name for table in tables_of_people()]
    assert sorted(found) == sorted(RULES)
    assert all("person_id" in METADATA.tables[name].c for name in found)
    of_people = [key.column.table.name for key in METADATA.tables["people"].foreign_keys]
    assert of_people == ["people"]  # only: into which one it was merged


def test_what_only_the_other_says_is_filled_in_and_the_rest_stays(make: Factory) -> None:
    kept, other = two(make)
    make.do(write_profile, kept.id, Profile(phone="13800138000", interests="书法"))
    make.do(write_profile, other.id, Profile(Gender.FEMALE, None, "13900139000", "20240317", "粤语", "足球", "ZY1"))
    person = merged(make, kept, other)
    assert profile_of(person) == Profile(Gender.FEMALE, None, "13800138000", "20240317", "粤语", "书法、足球", "ZY1")


def test_the_other_record_is_empty_and_says_where_it_went(make: Factory) -> None:
    kept, other = two(make, name="曾晓雨")
    merged(make, kept, other)
    left = db.session.get_one(Person, other.id)
    assert (left.name, left.name_pinyin, left.phone, left.merged_into_id) == ("", "", None, kept.id)
    assert left.born_on == date(2008, 1, 1)
    assert [change.what for change in changes_of("person", [kept.id])] == ["merged"]


def test_whoever_acts_for_one_acts_for_the_person_and_the_closer_relation_counts(make: Factory) -> None:
    me = make.user("林晓雨")
    kept = make.person(me, born_on=BORN, relation=Relation.FRIEND)
    other = make.person(me, name="林小雨", born_on=BORN, relation=Relation.ONESELF)
    mother = make.user("妈妈")
    make.do(db.session.add, ActsFor(user_id=mother.id, person_id=other.id, relation=Relation.CHILD, since=now()))
    merged(make, kept, other)
    found = db.session.scalars(select(ActsFor).where(ActsFor.person_id == kept.id))
    assert {(one.user_id, one.relation) for one in found} == {(me.id, "self"), (mother.id, "child")}
    assert rows_of(METADATA.tables["acts_for"], other.id) == 0


def test_the_school_that_confirmed_stays_and_the_other_is_history(make: Factory) -> None:
    kept, other = two(make)
    first, second = make.school(), make.school()
    make.enrolment(kept, first, is_confirmed=False)
    make.enrolment(other, second)
    merged(make, kept, other)
    found = db.session.scalars(select(Enrolment).where(Enrolment.person_id == kept.id)).all()
    assert {(one.school_id, one.ended_at is None) for one in found} == {(first.id, False), (second.id, True)}


def test_what_only_one_of_two_sheets_answers_is_kept_and_the_newer_word_holds(make: Factory) -> None:
    event = make.event()
    size, colour = ask(make, event, text="穿多大？"), ask(make, event, text="什么颜色？")
    kept, other = two(make)
    give(make, place(make, kept, event.slots[0]), {size: "L", colour: "红"})
    give(make, place(make, other, make.slot(event)), {size: "M"})
    merged(make, kept, other)
    answers = METADATA.tables["answers"]
    found = dict(tuple(row) for row in db.session.execute(select(answers.c.question_id, answers.c.value)))
    assert found == {size: "M", colour: "红"}
    assert rows_of(METADATA.tables["answer_sheets"], kept.id) == 1


def test_everything_that_has_to_be_looked_after_is(make: Factory) -> None:
    kept, other = two(make)
    by = make.user().id
    make.do(write_needs, kept.id, Needs((Diet.HALAL,), health="有哮喘"), by=by, at=now())
    make.do(write_needs, other.id, Needs((Diet.NO_NUTS,), health="怕冷"), by=by, at=now())
    merged(make, kept, other)
    assert needs_of(kept.id) == Needs((Diet.HALAL, Diet.NO_NUTS), health="有哮喘\n怕冷")
    assert rows_of(METADATA.tables["person_needs"], other.id) == 0


def test_another_birth_date_is_refused_for_it_decides_who_has_to_agree(make: Factory) -> None:
    kept = make.person(born_on=BORN)
    other = make.person(born_on=BORN + timedelta(days=1))
    with pytest.raises(OtherBirthDay):
        merged(make, kept, other)


def test_what_is_to_be_erased_is_not_passed_on(make: Factory) -> None:
    kept, other = two(make)
    asked = Erasure(person_id=other.id, asked_at=now(), due_at=now() + timedelta(days=15))
    make.do(db.session.add, asked)
    with pytest.raises(AskedToErase):
        merged(make, kept, other)


def test_a_second_time_says_that_it_is_done(make: Factory) -> None:
    kept, other = two(make)
    merged(make, kept, other)
    for pair in ((kept, other), (other, kept), (kept, kept)):
        with pytest.raises(AlreadyOne):
            merged(make, *pair)
