"""Whoever was chosen answers, a guardian agrees; what nobody answers goes to the head of the reserve list."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.care.consents.answering import withdraw
from app.core.clock import local, now
from app.core.db import db
from app.messages.models import Message, MessageKind
from app.people.consents.scopes import programme_scope
from app.programmes.applications import answering
from app.programmes.applications.deciding import Decision, Verdict
from app.programmes.models import Application, ApplicationState, Reason, Side
from app.programmes.problems import NothingToAnswer, TooFewPlaces, WithoutReason
from tests.exchanges import a_programme, decide, entered, fresh, said_by
from tests.factories import Factory

S = ApplicationState


def test_an_adult_takes_part_by_saying_yes(inside: Flask, make: Factory) -> None:
    one = entered(make, a_programme(make), age=20)
    decide(make, Verdict.ACCEPT, one)
    for _twice in range(2):
        make.do(answering.say_yes, one.id, by=one.applied_by_id, at=now())
    assert fresh(one).state is S.CONFIRMED


def test_a_child_is_held_until_a_guardians_answer_is_proven(inside: Flask, make: Factory) -> None:
    one = entered(make, a_programme(make), age=12)
    decide(make, Verdict.ACCEPT, one)
    make.do(answering.say_yes, one.id, by=one.applied_by_id, at=now())
    said_by(make, one)
    assert fresh(one).state is S.HELD
    said_by(make, one, is_called=True)
    assert fresh(one).state is S.CONFIRMED


def test_from_fourteen_on_a_link_is_enough_but_not_for_nights_away(inside: Flask, make: Factory) -> None:
    near, far = entered(make, a_programme(make), age=15), entered(make, a_programme(make, nights_away=True), age=15)
    for one in (near, far):
        decide(make, Verdict.ACCEPT, one)
        said_by(make, one)
    assert (fresh(near).state, fresh(far).state) == (S.CONFIRMED, S.HELD)


def test_the_database_itself_refuses_a_child_without_consent(inside: Flask, make: Factory) -> None:
    one = entered(make, a_programme(make), age=12)
    decide(make, Verdict.ACCEPT, one)
    stolen = {"state": S.CONFIRMED, "confirm_by": None}
    with pytest.raises(IntegrityError, match="no_child_without_consent"):
        make.do(lambda: db.session.execute(update(Application).where(Application.id == one.id).values(stolen)))


def test_the_database_itself_refuses_one_place_too_many(inside: Flask, make: Factory) -> None:
    one = entered(make, a_programme(make, places=1))
    with pytest.raises(IntegrityError, match="accepted_within_places"):
        make.do(lambda: db.session.execute(update(Side).where(Side.id == one.side_id).values(accepted=2)))


def test_a_guardian_who_takes_it_back_frees_the_place_for_the_head_of_the_reserve(inside: Flask, make: Factory) -> None:
    programme = a_programme(make, places=1)
    first, second, third = (entered(make, programme, name=name, age=12) for name in ("林一", "林二", "林三"))
    decide(make, Verdict.ACCEPT, first)
    decide(make, Verdict.RESERVE, second, third)
    guardian = said_by(make, first, is_called=True)
    assert fresh(first).state is S.CONFIRMED
    make.do(withdraw, first.person_id, programme_scope(programme.id), guardian.id, at=now())
    assert [fresh(one).state for one in (first, second, third)] == [S.DECLINED, S.ACCEPTED, S.RESERVE]


def test_what_nobody_answers_lapses_in_the_evening_and_moves_the_next_up(inside: Flask, make: Factory) -> None:
    programme = a_programme(make, places=1)
    first, second = entered(make, programme, name="林一"), entered(make, programme, name="林二")
    decide(make, Verdict.ACCEPT, first)
    decide(make, Verdict.RESERVE, second)
    until = fresh(first).confirm_by
    assert until and local(until).hour == 20
    assert answering.due_answers(until - timedelta(minutes=1)) == []
    assert answering.due_answers(until) == [first.id]
    make.do(answering.lapse, first.id, at=until)
    assert [fresh(one).state for one in (first, second)] == [S.LAPSED, S.ACCEPTED]
    with pytest.raises(NothingToAnswer):
        make.do(answering.say_yes, first.id, by=first.applied_by_id, at=until)


def test_more_than_there_are_places_are_not_accepted_and_nobody_is_refused_without_a_reason(
    inside: Flask, make: Factory
) -> None:
    programme = a_programme(make, places=1)
    ones = [entered(make, programme, name=name) for name in ("林一", "林二")]
    with pytest.raises(TooFewPlaces):
        decide(make, Verdict.ACCEPT, *ones)
    with pytest.raises(WithoutReason):
        decide(make, Verdict.REFUSE, ones[0])
    decide(make, Verdict.REFUSE, ones[0], reason=Reason.PLACES, words="下次优先")
    told = db.session.scalars(select(Message).where(Message.kind == MessageKind.NOT_CHOSEN)).one()
    assert (told.person_id, "下次优先" in told.facts["reason"]) == (ones[0].person_id, True)
    decide(make, Verdict.REOPEN, ones[0])
    assert fresh(ones[0]).state is S.APPLIED


def test_a_decision_that_needs_words_says_so() -> None:
    assert Decision(Verdict.CANCEL).lacks_reason
    assert not Decision(Verdict.CANCEL, words="名额有变").lacks_reason
