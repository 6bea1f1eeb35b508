"""What was written down about a record that was merged is found under the one that was kept."""

import pytest

from app.care.auditing.queries import EntriesWanted, page_of_entries
from app.core.audit import Whose, note_access
from app.core.clock import now
from app.people.models import Person
from app.schooldesk.class_events.answers import Reply, rows_of
from tests.care.merging.twice import merged
from tests.consents import NO, say
from tests.factories import Factory, born

pytestmark = pytest.mark.usefixtures("inside")


def a_child(make: Factory) -> Person:
    """Return a record of a child of twelve."""
    return make.person(make.user("家长"), name="林晓雨", born_on=born(12))


def test_the_auditor_finds_who_read_either_record_by_the_kept_one(make: Factory) -> None:
    kept, other, somebody = a_child(make), a_child(make), a_child(make)
    by = make.user("苏小禾").id
    for number, person in enumerate((kept, other, somebody)):
        make.do(note_access, "read", "answers", number, people=Whose(1, person.id), purpose="", by=by, at=now())
    merged(make, kept, other)
    found, _following = page_of_entries(EntriesWanted(kept.id), None)
    assert {one.person_id for one in found} == {kept.id, other.id}


def test_the_class_reads_what_was_answered_for_the_record_that_is_gone(make: Factory) -> None:
    school, event = make.school(), make.event()
    one = make.school_class(school)
    kept, other = a_child(make), a_child(make)
    make.enrolment(kept, school)
    place = make.registration(event.slots[0], name="林晓雨", born_on=born(12))
    say(make, place, NO)
    assert [row.reply for row in rows_of(one, event)] == [Reply.SILENT]
    merged(make, kept, place.person)
    merged(make, kept, other)
    assert [row.reply for row in rows_of(one, event)] == [Reply.NO]
