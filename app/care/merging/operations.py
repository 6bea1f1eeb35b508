"""Making one record of a person who was entered twice, in one transaction.

Nothing is lost: what refers to the other record refers to the kept one afterwards, old entry codes lead to the place
that stays, and the other record says into which one it was merged. It cannot be undone: nobody could say afterwards
what belonged to which.
"""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select, update

from app.care.merging.after_pairing import merge_letters, merge_placements
from app.care.merging.applications import end_double_applications, weigh_applications
from app.care.merging.consents import check_guardians, merge_consents
from app.care.merging.pairs import merge_pairs
from app.care.merging.people import merge_accounts, merge_answers, merge_needs, merge_schools, merge_skills
from app.care.merging.places import (
    doubles_of,
    end_doubles,
    forgive_doubles,
    is_somebody,
    lock_places,
    move_places,
    weigh_places,
)
from app.care.merging.problems import AlreadyOne, AskedToErase, OtherBirthDay
from app.care.merging.rules import (
    Merging,
    Rule,
    move,
    move_all_but_doubles,
    move_ending_doubles,
    stay,
    tables_of_people,
)
from app.care.merging.two_people import keep_apart
from app.care.models import Erasure
from app.core.changes import Change, note_change
from app.core.db import db
from app.events.leave import absences
from app.people.models import Person
from app.people.profile import RECORD, both_said

RULES: Mapping[str, Rule] = {
    "acts_for": merge_accounts,
    "enrolments": merge_schools,
    "answer_sheets": merge_answers,
    "person_skills": merge_skills,
    "person_needs": merge_needs,
    "pairing_members": merge_pairs,
    "open_letters": merge_letters,
    "placements": merge_placements,
    "trip_members": move_all_but_doubles("programme_id"),
    "guardian_asks": move_all_but_doubles("link_id", "scope"),
    "paper_answers": move,
    "collectors": move,
    "guardians": move_ending_doubles("user_id", is_open="removed_at", removed_at="at"),
    "consents": stay,
    "consents_in_force": lambda _table, merging: merge_consents(merging),
    "registrations": lambda _table, merging: move_places(merging),
    "applications": move,
    "travel_documents": move_all_but_doubles("programme_id"),
    "absences": move,
    "messages": move,
    "erasures": move,
    "data_corrections": move,
    "not_doubles": keep_apart,
    "roster_items": move_all_but_doubles("import_id"),
    "claim_slips": move_ending_doubles(is_open="used_at voided_at", voided_at="at"),
    "transfers": move_ending_doubles(
        "to_school_id", is_open="answered_at", answered_at="at", answer="withdrawn", answered_by_id="by"
    ),
}
_FILLED_IN = ("phone", "gender", "kind", "student_no", "volunteer_no")


def merge(kept_id: int, other_id: int, *, by: int, at: datetime) -> Person:
    """Make one record of two; returns the kept one. Of what both say about the person, the kept record's holds.

    Raises `AlreadyOne`, `AskedToErase`, `BothCame`, `GuardiansDisagree`, `OtherBirthDay`.
    """
    merging = Merging(kept_id, other_id, by, at)
    people = _locked(kept_id, other_id)
    kept, other = people[kept_id], people[other_id]
    lock_places(list(people))
    check(kept, other)
    doubles = doubles_of([kept_id, other_id])
    end_doubles(merging)
    end_double_applications(merging)
    for table in sorted(tables_of_people(), key=lambda one: list(RULES).index(one.name)):
        RULES[table.name](table, merging)
    forgive_doubles(doubles, merging, str(_("Was entered twice")))
    _fill_in(kept, other)
    _empty(other, merging)
    db.session.flush()
    db.session.expire_all()
    weigh_places(merging)
    weigh_applications(merging)
    absences.recount([kept_id], at=at)
    note_change(RECORD, kept_id, "merged", by=by, at=at)
    return kept


def check(kept: Person, other: Person) -> None:
    """Raise the `Problem` that says why two records cannot become one."""
    if kept.id == other.id or not is_somebody(kept) or not is_somebody(other):
        raise AlreadyOne
    if kept.born_on != other.born_on:
        raise OtherBirthDay
    asked = select(Erasure.id).where(Erasure.person_id.in_([kept.id, other.id]), Erasure.decided_at.is_(None))
    if db.session.scalar(asked.limit(1)):
        raise AskedToErase
    check_guardians([kept.id, other.id])
    doubles_of([kept.id, other.id])


def _locked(*people: int) -> dict[int, Person]:
    found = select(Person).where(Person.id.in_(people)).order_by(Person.id).with_for_update()
    return {one.id: one for one in db.session.scalars(found.execution_options(populate_existing=True))}


def _fill_in(kept: Person, other: Person) -> None:
    for name in _FILLED_IN:
        setattr(kept, name, getattr(kept, name) or getattr(other, name))
    kept.languages = both_said(kept.languages, other.languages)
    kept.interests = both_said(kept.interests, other.interests)
    kept.created_at = min(kept.created_at, other.created_at)


def _empty(other: Person, merging: Merging) -> None:
    """Leave a record that only says into which one it was merged: access entries and consents still point to it."""
    theirs = (Change.record == RECORD, Change.record_id == other.id)
    db.session.execute(update(Change).where(*theirs).values(record_id=merging.kept_id))
    older = Person.merged_into_id == other.id
    db.session.execute(update(Person).where(older).values(merged_into_id=merging.kept_id))
    other.merged_into_id = merging.kept_id
    other.name, other.born_on = "", other.born_on.replace(month=1, day=1)
    other.phone = other.gender = other.kind = other.opens_later_until = None
    other.student_no = other.languages = other.interests = other.volunteer_no = ""
