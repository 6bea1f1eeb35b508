"""Schools recommend within their quota, families apply where they may, and nobody asks twice."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.programmes import sides
from app.programmes.applications import applying
from app.programmes.models import ApplicationSource, ApplicationState, Entry
from app.programmes.problems import AppliedAlready, NotOpen, QuotaUsed, SchoolsRecommend, WrongAge
from tests.exchanges import a_programme, a_pupil, a_quota, entered, first_side, nominated, side_words
from tests.factories import Factory


def test_a_school_recommends_as_many_as_its_quota_and_a_second_time_is_the_first(inside: Flask, make: Factory) -> None:
    school = make.school()
    quota = a_quota(make, a_programme(make), school, 2)
    pupils = [a_pupil(make, school, name=name) for name in ("林一", "林二", "林三")]
    assert [one.source for one in nominated(make, quota, *pupils[:2])] == [ApplicationSource.SCHOOL] * 2
    assert nominated(make, quota, *pupils[:2]) == []
    with pytest.raises(QuotaUsed):
        nominated(make, quota, pupils[2])


def test_whom_another_school_has_or_nobody_confirmed_is_left_out(inside: Flask, make: Factory) -> None:
    school = make.school()
    quota = a_quota(make, a_programme(make), school)
    own, other, asked = a_pupil(make, school), a_pupil(make, make.school()), make.person()
    make.enrolment(asked, school, is_confirmed=False)
    assert [one.person_id for one in nominated(make, quota, own, other, asked)] == [own.id]


def test_ages_and_the_window_are_kept(inside: Flask, make: Factory) -> None:
    school = make.school()
    quota = a_quota(make, a_programme(make, min_age=10, max_age=15), school)
    with pytest.raises(WrongAge):
        nominated(make, quota, a_pupil(make, school, age=16))
    late, child = now() + timedelta(days=11), a_pupil(make, school, age=12)
    with pytest.raises(NotOpen):
        make.do(applying.nominate, quota.id, [child.id], "", by=make.user().id, at=late)


def test_families_apply_only_where_they_may_and_once(inside: Flask, make: Factory) -> None:
    by = make.user().id
    closed, open_one = a_programme(make), a_programme(make, entry=Entry.APPLICATION)
    child = make.person(age=12)
    with pytest.raises(SchoolsRecommend):
        make.do(applying.apply, first_side(make, closed).id, child.id, "", {}, by=by, at=now())
    side = first_side(make, open_one)
    first = make.do(applying.apply, side.id, child.id, "想去", {}, by=by, at=now())
    again = make.do(applying.apply, side.id, child.id, "很想去", {}, by=by, at=now())
    assert (again.id, again.statement, again.state) == (first.id, "很想去", ApplicationState.APPLIED)


def test_somebody_on_one_side_is_not_entered_on_another(inside: Flask, make: Factory) -> None:
    programme, by = a_programme(make), make.user().id
    one = entered(make, programme)
    other = make.do(sides.add_side, programme.id, side_words(None, "湾里区"), by=by, at=now())
    with pytest.raises(AppliedAlready):
        make.do(applying.enter, other.id, one.person_id, by=by, at=now())
