"""Setting a programme up, calling it off and taking that back, copying and deleting it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.messages.models import Message, MessageKind
from app.programmes import planning, sides
from app.programmes.applications.deciding import Verdict
from app.programmes.models import ApplicationState, Programme, Side
from app.programmes.problems import FewerPlacesThanGiven, NoSides, ProgrammeInUse, QuotaBelowUsed, SideInUse
from tests.exchanges import (
    a_programme,
    a_pupil,
    a_quota,
    decide,
    entered,
    first_side,
    fresh,
    nominated,
    side_words,
    words,
)
from tests.factories import Factory


def test_it_is_published_once_somebody_takes_part(inside: Flask, make: Factory) -> None:
    host, by = make.organisation(), make.user().id
    made = make.do(planning.create_programme, host.id, words(), by=by, at=now())
    with pytest.raises(NoSides):
        make.do(planning.publish, made.id, by=by, at=now())
    make.do(sides.add_side, made.id, side_words(host.id), by=by, at=now())
    assert make.do(planning.publish, made.id, by=by, at=now()).is_published


def test_calling_it_off_tells_everybody_once_and_taking_it_back_gives_time_to_answer_anew(
    inside: Flask, make: Factory
) -> None:
    programme, by = a_programme(make), make.user().id
    one = entered(make, programme)
    decide(make, Verdict.ACCEPT, one)
    before = fresh(one).confirm_by
    for _twice in range(2):
        make.do(planning.cancel, programme.id, "台风", by=by, at=now())
    told = select(Message).where(Message.kind == MessageKind.PROGRAMME_OFF)
    assert [message.person_id for message in db.session.scalars(told)] == [one.person_id]
    later = now() + timedelta(days=5)
    make.do(planning.resume, programme.id, by=by, at=later)
    assert fresh(one).state is ApplicationState.ACCEPTED
    assert before and (fresh(one).confirm_by or before) > before


def test_a_copy_has_the_sides_and_quotas_and_nobodys_application(inside: Flask, make: Factory) -> None:
    programme, school = a_programme(make), make.school()
    nominated(make, a_quota(make, programme, school, 3), a_pupil(make, school))
    first_day = programme.starts_on + timedelta(days=365)
    copy = make.do(planning.copy_programme, programme.id, first_day, by=make.user().id, at=now())
    side = first_side(make, copy)
    assert (copy.starts_on, copy.ends_on) == (first_day, programme.ends_on + timedelta(days=365))
    assert (side.places, side.accepted, [one.places for one in side.quotas]) == (2, 0, [3])
    assert not copy.is_published


def test_what_somebody_applied_for_stays(inside: Flask, make: Factory) -> None:
    programme = a_programme(make, is_published=False)
    one = entered(make, programme)
    with pytest.raises(ProgrammeInUse):
        make.do(planning.delete_programme, programme.id)
    with pytest.raises(SideInUse):
        make.do(sides.remove_side, one.side_id, by=make.user().id, at=now())
    empty = a_programme(make, is_published=False)
    make.do(planning.delete_programme, empty.id)
    assert db.session.get(Programme, empty.id) is None


def test_places_that_were_given_and_quotas_that_were_used_cannot_be_taken_away(inside: Flask, make: Factory) -> None:
    programme, school, by = a_programme(make), make.school(), make.user().id
    (one,) = nominated(make, a_quota(make, programme, school), a_pupil(make, school))
    decide(make, Verdict.ACCEPT, one)
    side = db.session.get_one(Side, one.side_id)
    with pytest.raises(FewerPlacesThanGiven):
        make.do(sides.edit_side, side.id, side_words(side.organisation_id, places=0), by=by, at=now())
    with pytest.raises(QuotaBelowUsed):
        make.do(sides.set_quotas, side.id, {}, by=by, at=now())
