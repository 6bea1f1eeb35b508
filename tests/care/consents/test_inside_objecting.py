"""What an answer to an event does to what the programme's consent covers, and what a later answer to either does."""

import re

import pytest

from app.care.consents.answering import withdraw
from app.care.consents.queries import calls_of
from app.core.clock import now
from app.core.db import db
from app.events.inside import put_into, take_out
from app.events.models import Event, RegistrationState
from app.people.consents.scopes import event_scope, programme_scope
from app.programmes import planning
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Programme
from tests.care.consents.inside import an_event, now_of, signed_up, taking_part
from tests.consents import NO, call, say
from tests.counting import statements
from tests.exchanges import a_programme, decide, entered, replanned, said_by
from tests.factories import Factory

HELD, CONFIRMED = RegistrationState.HELD, RegistrationState.CONFIRMED

pytestmark = pytest.mark.usefixtures("inside")


def test_a_yes_that_nobody_proved_does_not_undo_a_no_to_the_event(make: Factory) -> None:
    """Whoever has the link may have typed the guardian's name: the child has it."""
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme)
    say(make, signed_up(make, one, event), NO)
    place = signed_up(make, one, event)
    who = say(make, place)
    assert (now_of(place).state, now_of(place).is_agreed) == (HELD, True)
    call(make, place, who)
    assert (now_of(place).state, now_of(place).consent_scope) == (CONFIRMED, event_scope(event.id))


def test_whoever_signs_up_after_such_a_yes_is_held_as_well(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme)
    place = signed_up(make, one, event)
    say(make, place, NO)
    say(make, place)
    assert now_of(signed_up(make, one, event)).state is HELD


def test_what_is_agreed_to_by_itself_later_outlives_the_programme(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), entered(make, programme, age=12)
    decide(make, Verdict.ACCEPT, one)
    by_programme = said_by(make, one, is_called=True)
    place = signed_up(make, one, event)
    call(make, place, say(make, place))
    assert now_of(place).consent_scope == event_scope(event.id)
    make.do(withdraw, one.person_id, programme_scope(programme.id), by_programme.id, at=now())
    assert now_of(place).state is CONFIRMED


def test_an_answer_that_is_proven_after_a_programme_went_further_covers_what_is_new(make: Factory) -> None:
    programme = a_programme(make)
    one = taking_part(make, programme, is_proven=False)
    replanned(make, programme, nights_away=True)
    place = signed_up(make, one, an_event(make, programme, hours=20))
    said_by(make, one)
    assert now_of(place).state is HELD
    said_by(make, one, is_called=True)
    assert now_of(place).state is CONFIRMED


def test_an_unproven_answer_does_not_carry_an_old_proof_to_what_is_new(make: Factory) -> None:
    programme = a_programme(make)
    one = taking_part(make, programme)
    replanned(make, programme, nights_away=True)
    place = signed_up(make, one, an_event(make, programme, hours=20))
    said_by(make, one)
    assert now_of(place).state is HELD


def test_places_are_held_while_a_programme_is_called_off_and_confirmed_once_it_is_resumed(make: Factory) -> None:
    programme = a_programme(make)
    event, one = an_event(make, programme), taking_part(make, programme)
    place, by = signed_up(make, one, event), make.user().id
    make.do(planning.cancel, programme.id, "天气", by=by, at=now())
    assert now_of(place).state is HELD
    make.do(planning.resume, programme.id, by=by, at=now())
    assert now_of(place).state is CONFIRMED


def test_putting_an_event_in_and_out_needs_as_many_statements_for_many_as_for_one(make: Factory) -> None:
    programme = a_programme(make, places=9)
    event, counts = an_event(make, programme), []
    for more in (1, 5):
        _sign_up(make, programme, event, more)
        counts.append(_counted(make, event, programme))
    assert counts[0] == counts[1]


def test_the_list_of_whom_to_call_asks_once_what_covers_them(make: Factory) -> None:
    programme = a_programme(make, places=9)
    event, counts = an_event(make, programme), []
    for more in (1, 5):
        _sign_up(make, programme, event, more, is_proven=False)
        db.session.expire_all()
        with statements(make.app) as asked:
            found = calls_of(event.id)
        assert all(one.consent and not one.consent.is_proven for one in found)
        counts.append(len([one for one in asked if "FROM guardians" not in one]))
    assert counts[0] == counts[1]


def _sign_up(make: Factory, programme: Programme, event: Event, number: int, *, is_proven: bool = True) -> None:
    for _each in range(number):
        signed_up(make, taking_part(make, programme, is_proven=is_proven), event)


def _counted(make: Factory, event: Event, programme: Programme) -> tuple[int, int]:
    """Return how many statements it takes to take an event out and put it in, beside what each place costs: until when
    it is held depends on the school where somebody lives, and it is written."""
    by, counts = make.user().id, []
    for act in (lambda: take_out(event.id, by=by, at=now()), lambda: put_into(event.id, programme.id, by=by, at=now())):
        with statements(make.app) as asked:
            make.do(act)
        counts.append(len([one for one in asked if not re.search("^UPDATE registrations|FROM enrolments", one)]))
    return counts[0], counts[1]
