"""Every way in which a family comes to a place, for a birth date and a moment."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from app.care.consents.family import FamilyAnswer
from app.care.consents.guardian_page import Signed
from app.care.consents.joining import sign_up_and_answer
from app.core.clock import local_day, start_of_day
from app.core.db import db
from app.events.dates.slot_batches import make_batch
from app.events.models import Registration, Slot, SlotForm, WayIn
from app.events.problems import NeedsAdult
from app.events.registration import offers
from app.events.registration.operations import cancel, sign_up
from app.events.registration.wishes import SignUp
from app.events.shifts.shift_problems import TooYoungToVolunteer
from app.events.shifts.swaps import offer_shift, take_over
from app.events.ways import invitations, lottery
from app.people.consents.models import GuardianRelation
from app.people.models import Relation
from app.schooldesk.class_events.replying import Heard, hear
from tests.consents import YES
from tests.factories import Factory
from tests.rosters import a_class, entered, typed

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GROWN_UP = date(1985, 5, 5)
_names = count(ord("一"))
Way = Callable[[Factory, date, datetime], Registration | None]


def slot_at(make: Factory, at: datetime, **more: Any) -> Slot:
    """Make a slot on the morning of the day after the next, open for long."""
    begins = start_of_day(local_day(at)) + 2 * DAY + 9 * HOUR
    times = {"starts_at": begins, "ends_at": begins + HOUR, "opens_at": at - 90 * DAY, "closes_at": begins}
    return make.slot(**(times | {"min_age": 6} | more))


def new_name() -> str:
    """Return a name that nobody had before."""
    return f"林{chr(next(_names))}"


def from_the_line(make: Factory, at: datetime, born_on: date) -> tuple[Registration, Registration]:
    """Let somebody wait behind a grown-up who has the only place; return both."""
    slot = slot_at(make, at, capacity=1, has_waiting_list=True)
    first = make.registration(slot, born_on=GROWN_UP, at=at)
    return first, make.registration(slot, born_on=born_on, at=at)


def by_oneself(make: Factory, born_on: date, at: datetime) -> Registration:
    return make.registration(slot_at(make, at), born_on=born_on, relation=Relation.ONESELF, at=at)


def by_parent(make: Factory, born_on: date, at: datetime) -> Registration:
    return make.registration(slot_at(make, at), born_on=born_on, relation=Relation.CHILD, at=at)


def by_parent_who_answers(make: Factory, born_on: date, at: datetime) -> Registration:
    user, slot = make.user(), slot_at(make, at)
    child = make.person(user, born_on=born_on, relation=Relation.CHILD)
    family = FamilyAnswer({str(child.id): YES}, Signed("周建国", GuardianRelation.FATHER))
    return make.do(sign_up_and_answer, SignUp(slot.id, (child.id,)), family, by=user.id, at=at)[0]


def by_class_link(make: Factory, born_on: date, at: datetime) -> Registration:
    one, slot = a_class(make), slot_at(make, at)
    taken = entered(make, one, typed("王芳", born_on), key=f"{one.id}")
    heard = Heard("王芳", str(born_on), slot.id, YES, "周建国", GuardianRelation.FATHER)
    make.do(hear, one.id, slot.event_id, heard, at=at)
    theirs = select(Registration).where(Registration.person_id == taken.items[0].person_id)
    return db.session.scalars(theirs).one()


def with_a_grown_up(make: Factory, born_on: date, at: datetime) -> Registration | None:
    user, slot = make.user(), slot_at(make, at, form=SlotForm.SHIFT, largest_party=2)
    people = [make.person(user, name=name, born_on=day) for name, day in (("周建国", GROWN_UP), ("周小雨", born_on))]
    try:
        made = make.do(sign_up, SignUp(slot.id, tuple(one.id for one in people)), by=user.id, at=at)
    except TooYoungToVolunteer:
        return None
    return next(one for one in made if one.person_id == people[1].id)


def by_swap(make: Factory, born_on: date, at: datetime) -> Registration | None:
    giver = make.registration(slot_at(make, at, form=SlotForm.SHIFT), born_on=GROWN_UP, at=at)
    swap = make.do(offer_shift, giver.id, "要考试", True, by=giver.registered_by_id, at=at)
    user = make.user()
    person = make.person(user, born_on=born_on)
    try:
        return make.do(take_over, swap.id, person.id, by=user.id, at=at)
    except NeedsAdult:
        return None


def by_offer(make: Factory, born_on: date, at: datetime) -> Registration:
    first, waiting = from_the_line(make, at, born_on)
    make.do(cancel, first.id, by=first.registered_by_id, at=at)
    return make.do(offers.accept, waiting.id, by=waiting.registered_by_id, at=at)


def by_invitation(make: Factory, born_on: date, at: datetime) -> Registration:
    slot, user = slot_at(make, at, way_in=WayIn.INVITATION), make.user()
    link = make.do(invitations.invite, slot.id, "合唱团", 1, at + DAY, by=user.id, at=at)
    who = make.person(user, born_on=born_on)
    return make.do(sign_up, SignUp(slot.id, (who.id,), invitation=link.code), by=user.id, at=at)[0]


def by_lot(make: Factory, born_on: date, at: datetime) -> Registration:
    slot = slot_at(make, at, way_in=WayIn.LOTTERY, closes_at=at + DAY, draws_at=at + DAY)
    made = make.registration(slot, born_on=born_on, at=at)
    make.do(lottery.draw, slot.id, at=at + DAY)
    return made


def of_a_series(make: Factory, born_on: date, at: datetime) -> Registration:
    event = make.event(starts_at=at + DAY, ends_at=at + DAY + HOUR, opens_at=at - DAY, closes_at=at + DAY)
    dates = [at + number * 7 * DAY for number in (1, 2, 3)]
    plans = [make.plan(starts_at=one, ends_at=one + HOUR, opens_at=at - DAY, closes_at=one, min_age=6) for one in dates]
    batch = make.do(make_batch, event.id, plans, f"k{event.id}", is_series=True, by=make.user().id, at=at)
    lead = db.session.scalars(select(Slot).where(Slot.batch_id == batch.id).order_by(Slot.starts_at)).first()
    assert lead
    made = make.registration(lead, born_on=born_on, at=at)
    later = select(Registration).where(Registration.person_id == made.person_id, Registration.slot_id != lead.id)
    return db.session.scalars(later).all()[-1]


ANSWERED: list[Way] = [by_parent_who_answers, by_class_link]
BY_FAMILIES: list[Way] = [
    *ANSWERED,
    by_oneself,
    by_parent,
    with_a_grown_up,
    by_swap,
    by_offer,
    by_invitation,
    by_lot,
    of_a_series,
]
