"""Every way in which staff brings somebody to a place, for a birth date and a moment."""

from datetime import date, datetime

from app.care.merging.operations import merge
from app.checkin.operations import check_in
from app.checkin.walking_in import walk_in
from app.events.acts.by_hand import Entry, enter
from app.events.acts.decisions import admit, approve, cancel_for
from app.events.acts.moving import move
from app.events.acts.substituting import substitute
from app.events.acts.undoing import undo
from app.events.models import Registration, WayIn
from app.events.registration.operations import cancel, register
from app.people.operations import Details
from app.schooldesk.class_events.signing_up import ClassSignUp, sign_class_up
from tests.care.consents.ways_in import HOUR, Way, from_the_line, new_name, slot_at
from tests.factories import Factory
from tests.rosters import a_class, entered, typed


def by_the_teacher(make: Factory, born_on: date, at: datetime) -> Registration:
    one, by = a_class(make), make.user().id
    taken = entered(make, one, typed("王芳", born_on), key=f"{one.id}")
    who = frozenset(item.person_id for item in taken.items)
    (made,) = make.do(sign_class_up, ClassSignUp(one.id, slot_at(make, at).id, who), by=by, at=at)
    return made


def by_hand(make: Factory, born_on: date, at: datetime) -> Registration:
    entry = Entry(Details(new_name(), born_on, None, ""))
    return make.do(enter, entry, slot_at(make, at).id, by=make.user().id, at=at)


def walking_in(make: Factory, born_on: date, at: datetime) -> Registration:
    entry = Entry(Details(new_name(), born_on, None, ""))
    slot = slot_at(make, at, starts_at=at - HOUR, ends_at=at + HOUR, closes_at=at + HOUR)
    made, _judged = make.do(walk_in, entry, slot.id, by=make.user().id, at=at)
    return made


def at_the_door(make: Factory, born_on: date, at: datetime) -> Registration:
    slot = slot_at(make, at, starts_at=at - HOUR, ends_at=at + HOUR, closes_at=at + HOUR)
    made = make.registration(slot, born_on=born_on, at=at)
    make.do(check_in, made.id, by=make.user().id, at=at)
    return made


def as_substitute(make: Factory, born_on: date, at: datetime) -> Registration:
    school, slot = make.school(), slot_at(make, at)
    leaving = make.registration(slot, school=school, at=at)
    person = make.person(born_on=born_on, name="王芳")
    make.enrolment(person, school)
    return make.do(substitute, leaving.id, person.id, "发烧了", by=make.user().id, at=at)


def admitted(make: Factory, born_on: date, at: datetime) -> Registration:
    first, waiting = from_the_line(make, at, born_on)
    make.do(cancel, first.id, by=first.registered_by_id, at=at)
    make.do(admit, waiting.slot.event_id, [waiting.id], f"a{waiting.id}", by=make.user().id, at=at)
    return waiting


def approved(make: Factory, born_on: date, at: datetime) -> Registration:
    made = make.registration(slot_at(make, at, way_in=WayIn.APPROVAL), born_on=born_on, at=at)
    make.do(approve, made.slot.event_id, [made.id], f"b{made.id}", by=make.user().id, at=at)
    return made


def moved(make: Factory, born_on: date, at: datetime) -> Registration:
    made = make.registration(slot_at(make, at), born_on=born_on, at=at)
    other = slot_at(make, at, event=made.slot.event)
    make.do(move, made.slot.event_id, [made.id], other.id, f"c{made.id}", by=make.user().id, at=at)
    return made


def put_back(make: Factory, born_on: date, at: datetime) -> Registration:
    made, by = make.registration(slot_at(make, at), born_on=born_on, at=at), make.user().id
    act = make.do(cancel_for, made.slot.event_id, [made.id], "弄错了", f"d{made.id}", by=by, at=at)
    make.do(undo, act.id, by=by, at=at)
    return made


def merged(make: Factory, born_on: date, at: datetime) -> Registration:
    kept = make.person(born_on=born_on)
    made = make.registration(slot_at(make, at), born_on=born_on, at=at)
    make.do(register, made.person_id, slot_at(make, at).id, by=made.registered_by_id, at=at)
    make.do(merge, kept.id, made.person_id, by=make.user().id, at=at)
    return made


BY_STAFF: list[Way] = [
    by_the_teacher,
    by_hand,
    walking_in,
    at_the_door,
    as_substitute,
    admitted,
    approved,
    moved,
    put_back,
    merged,
]
