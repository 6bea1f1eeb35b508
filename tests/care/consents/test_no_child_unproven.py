"""However somebody comes to a place: under 14 it is never confirmed without a proven consent, whoever answers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core.clock import local_day, start_of_day
from app.core.db import db
from app.events.models import Registration, RegistrationState, Slot, SlotForm
from app.events.registration.operations import register
from app.events.registration.scopes import Need, is_overnight, need_of
from app.people.ages import birthday, fourteen_on
from app.schooldesk.rosters.problems import LineUnclear
from tests.care.consents.ways_in import ANSWERED, BY_FAMILIES, DAY, HOUR, Way, slot_at
from tests.care.consents.ways_in_by_staff import BY_STAFF
from tests.consents import agreed, call, say
from tests.factories import Factory, born
from tests.rosters import a_class, entered, typed

PHASES = [Phase.explicit, Phase.generate]
HELD, CONFIRMED = RegistrationState.HELD, RegistrationState.CONFIRMED
MIDNIGHT = start_of_day(date(2026, 3, 1))  # the day on which those of 29 February 2012 turn 14, of 2008 18
SECOND = timedelta(seconds=1)
OF_14, OF_18 = date(2012, 2, 29), date(2008, 2, 29)


def near_a_birthday(day: date, years: int, days: int) -> date:
    """Return the birth date of somebody who turns so many years old some days before a day."""
    return date(day.year - years, day.month, min(day.day, 28)) - timedelta(days=days)


DAYS = st.dates(date(2025, 9, 1), date(2028, 8, 31))
TIMES = st.sampled_from([timedelta(), 8 * HOUR, DAY - SECOND])
CASES = st.builds(
    lambda day, time, years, days: (near_a_birthday(day, years, days), start_of_day(day) + time),
    DAYS,
    TIMES,
    st.sampled_from([9, 14, 14, 18, 18]),
    st.sampled_from([-1, 0, 1, 200]),
)


@pytest.mark.parametrize("come", [*BY_FAMILIES, *BY_STAFF])
@pytest.mark.usefixtures("inside")
@example(case=(OF_14, MIDNIGHT - SECOND))
@example(case=(OF_14, MIDNIGHT))
@example(case=(date(2012, 3, 2), MIDNIGHT))
@example(case=(OF_18, MIDNIGHT - SECOND))
@example(case=(OF_18, MIDNIGHT))
@given(case=CASES)
@settings(max_examples=3, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_by_no_way_in_a_minor_has_a_confirmed_place(make: Factory, come: Way, case: tuple[date, datetime]) -> None:
    born_on, at = case
    today = local_day(at)
    is_child, is_minor = today < birthday(born_on, 14), today < birthday(born_on, 18)
    one = come(make, born_on, at)
    if one is None:
        assert is_child
        return
    is_held = is_child or (is_minor and come not in ANSWERED)
    assert state_of(one) is (HELD if is_held else CONFIRMED)
    if is_child:
        with pytest.raises(IntegrityError, match="no_child_without_consent"), db.engine.begin() as connection:
            connection.execute(text("UPDATE registrations SET state = 'confirmed' WHERE id = :id"), {"id": one.id})
    if is_minor:
        who = say(make, one, at=at)
        assert state_of(one) is (HELD if is_child or is_overnight(one.slot) else CONFIRMED)
        call(make, one, who, at=at)
        assert state_of(one) is CONFIRMED


def state_of(one: Registration) -> RegistrationState:
    """Return what a place is worth, read anew."""
    db.session.expire_all()
    return db.session.get_one(Registration, one.id).state


@pytest.mark.usefixtures("inside")
def test_whoever_has_a_confirmed_place_cannot_become_a_child_by_another_birth_date(make: Factory) -> None:
    one = make.registration(age=20)
    db.session.rollback()
    lie = text("UPDATE people SET fourteen_on = '2040-01-01' WHERE id = :id")
    with pytest.raises(IntegrityError, match="no_child_without_consent"), db.engine.begin() as connection:
        connection.execute(lie, {"id": one.person_id})
    for name, value in (("fourteen_on", "'2001-01-01'"), ("person_id", "0")):
        with pytest.raises(IntegrityError), db.engine.begin() as connection:
            connection.execute(text(f"UPDATE registrations SET {name} = {value} WHERE id = :id"), {"id": one.id})


@pytest.mark.usefixtures("inside")
def test_no_roster_makes_a_child_of_somebody_who_has_a_confirmed_place(make: Factory) -> None:
    school = make.school()
    one = a_class(make, school)
    place = make.registration(age=20, name="王芳", school=school, class_name=one.name)
    (known,) = place.person.enrolments
    with pytest.raises(LineUnclear):
        entered(make, one, typed("王芳", born(12)), choices=(str(known.id),))
    assert state_of(place) is CONFIRMED


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
