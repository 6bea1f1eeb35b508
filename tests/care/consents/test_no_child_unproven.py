"""However somebody comes to a place: under 14 it is never confirmed without a proven consent, whoever answers."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.checkin.walking_in import walk_in
from app.core.clock import local_day, start_of_day
from app.core.db import db
from app.events.acts.by_hand import Entry, enter
from app.events.acts.substituting import substitute
from app.events.dates.slot_batches import make_batch
from app.events.models import Registration, RegistrationState, Slot, SlotForm
from app.events.registration.operations import register
from app.events.registration.scopes import Need, need_of
from app.people.ages import birthday, fourteen_on
from app.people.operations import Details
from tests.consents import agreed, call, say
from tests.factories import Factory

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HELD, CONFIRMED = RegistrationState.HELD, RegistrationState.CONFIRMED
MIDNIGHT = start_of_day(date(2026, 3, 1))  # the day on which those of 29 February 2012 turn 14, of 2008 18
MOMENTS = [MIDNIGHT - timedelta(seconds=1), MIDNIGHT, MIDNIGHT + 12 * HOUR]
BORN = [date(2012, 2, 29), date(2012, 2, 28), date(2012, 3, 1), date(2012, 3, 2), date(2008, 2, 29), date(2008, 3, 2)]


def slot_at(make: Factory, at: datetime, **more: Any) -> Slot:
    begins = at + 2 * DAY
    times = {"starts_at": begins, "ends_at": begins + HOUR, "opens_at": at - 90 * DAY, "closes_at": begins}
    return make.slot(**(times | {"min_age": 6} | more))


def by_form(make: Factory, born_on: date, at: datetime) -> Registration:
    return make.registration(slot_at(make, at), born_on=born_on, at=at)


def by_hand(make: Factory, born_on: date, at: datetime) -> Registration:
    entry = Entry(Details("林晓雨", born_on, None, ""))
    return make.do(enter, entry, slot_at(make, at).id, by=make.user().id, at=at)


def walking_in(make: Factory, born_on: date, at: datetime) -> Registration:
    entry = Entry(Details("林晓雨", born_on, None, ""))
    slot = slot_at(make, at, starts_at=at - HOUR, ends_at=at + HOUR, closes_at=at + HOUR)
    made, _judged = make.do(walk_in, entry, slot.id, by=make.user().id, at=at)
    return made


def as_substitute(make: Factory, born_on: date, at: datetime) -> Registration:
    school, slot = make.school(), slot_at(make, at)
    leaving = make.registration(slot, school=school, at=at)
    person = make.person(born_on=born_on, name="王芳")
    make.enrolment(person, school)
    return make.do(substitute, leaving.id, person.id, "发烧了", by=make.user().id, at=at)


def of_a_series(make: Factory, born_on: date, at: datetime) -> Registration:
    event = make.event(starts_at=at + DAY, ends_at=at + DAY + HOUR, opens_at=at - DAY, closes_at=at + DAY)
    dates = [at + number * 7 * DAY for number in (1, 2, 3)]
    plans = [make.plan(starts_at=one, ends_at=one + HOUR, opens_at=at - DAY, closes_at=one, min_age=6) for one in dates]
    batch = make.do(make_batch, event.id, plans, f"k{at}", is_series=True, by=make.user().id, at=at)
    lead = db.session.scalars(select(Slot).where(Slot.batch_id == batch.id).order_by(Slot.starts_at)).first()
    assert lead
    make.registration(lead, born_on=born_on, at=at)
    return db.session.scalars(select(Registration).where(Registration.series_of_id.is_not(None))).all()[-1]


WAYS = [by_form, by_hand, walking_in, as_substitute, of_a_series]


@pytest.mark.parametrize("born_on", BORN, ids=str)
@pytest.mark.parametrize("at", MOMENTS, ids=lambda moment: f"{moment:%d-%H%M%S}")
@pytest.mark.parametrize("come", WAYS)
@pytest.mark.usefixtures("inside")
def test_by_no_way_in_a_minor_has_a_confirmed_place(
    make: Factory, come: Callable[[Factory, date, datetime], Registration], at: datetime, born_on: date
) -> None:
    one = come(make, born_on, at)
    db.session.expire_all()
    one = db.session.get_one(Registration, one.id)
    is_minor = local_day(at) < birthday(born_on, 18)
    assert one.state is (HELD if is_minor else CONFIRMED)
    if fourteen_on(born_on) > local_day(at):
        with pytest.raises(IntegrityError, match="no_child_without_consent"), db.engine.begin() as connection:
            connection.execute(text("UPDATE registrations SET state = 'confirmed' WHERE id = :id"), {"id": one.id})


LIES = [
    "UPDATE registrations SET state = 'confirmed', consent_proven = true WHERE id = :id",
    "UPDATE registrations SET state = 'confirmed', consent_id = 1, consent_scope = 'x', consent_proven = true "
    "WHERE id = :id",
    "UPDATE registrations SET state = 'confirmed', consent_id = :consent, consent_scope = :scope, "
    "consent_proven = true WHERE id = :id",
    "UPDATE registrations SET state = 'confirmed', consent_id = :consent, consent_scope = :scope, "
    "consent_proven = false WHERE id = :id",
    "UPDATE consents_in_force SET is_proven = true WHERE id = :consent",
]


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.usefixtures("inside")
def test_no_plain_sql_makes_an_unproven_answer_count(make: Factory, lie: str) -> None:
    child = make.registration(age=12)
    say(make, child)
    db.session.rollback()
    with db.engine.begin() as connection:
        row = connection.execute(text("SELECT id, scope FROM consents_in_force")).one()
    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(text(lie), {"id": child.id, "consent": row.id, "scope": row.scope})


@pytest.mark.usefixtures("inside")
def test_the_database_keeps_a_consent_that_a_place_leans_on(make: Factory) -> None:
    agreed(make, make.registration(age=12))
    db.session.rollback()
    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM consents_in_force"))


@pytest.mark.usefixtures("inside")
def test_a_consent_given_for_one_event_is_none_for_another(make: Factory) -> None:
    user = make.user()
    child = make.registration(user=user, age=12)
    agreed(make, child)
    other = make.do(register, child.person_id, make.slot().id, by=user.id, at=child.registered_at)
    assert other.state is HELD


@pytest.mark.usefixtures("inside")
def test_one_call_covers_a_hosts_daytime_shifts_of_the_term(make: Factory) -> None:
    host, user = make.organisation(), make.user()
    at = datetime(2026, 10, 10, 1, tzinfo=UTC)
    shifts = [
        slot_at(make, at + number * DAY, form=SlotForm.SHIFT, host=host, opens_at=at - 9 * DAY) for number in range(3)
    ]
    first = make.registration(shifts[0], user=user, born_on=date(2010, 1, 1), at=at)
    assert first.state is HELD
    call(make, first, say(make, first, at=at), at=at)
    second = make.do(register, first.person_id, shifts[2].id, by=user.id, at=at)
    assert (second.state, second.consent_scope) == (CONFIRMED, f"term:{host.id}:2026-autumn")


@given(born=st.dates(date(1990, 1, 1), date(2024, 1, 1)), on=st.dates(date(2024, 1, 1), date(2040, 1, 1)))
@pytest.mark.parametrize("form", list(SlotForm))
@pytest.mark.parametrize("asks", [True, False])
def test_what_a_place_needs_follows_from_the_age_on_the_day_of_sign_up(
    born: date, on: date, form: SlotForm, asks: bool
) -> None:
    begins = start_of_day(on) + 9 * HOUR
    slot = Slot(form=form, starts_at=begins, ends_at=begins + HOUR)
    need = need_of(fourteen_on(born), on, slot, leaves_county=False, asks_guardians=asks)
    if on < birthday(born, 14):
        assert need is Need.PROVEN
    elif on >= birthday(born, 18):
        assert need is Need.NONE
    else:
        assert need is (Need.ANSWERED if asks or form is SlotForm.SHIFT else Need.NONE)
