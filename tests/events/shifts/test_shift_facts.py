"""Who may take a shift, as the database has it."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import local_day, now
from app.core.db import db
from app.core.problems import Problem
from app.events import rules
from app.events.announcing import cancel_event
from app.events.planning import edit_slot, publish
from app.events.plans import plan_of
from app.events.registration.operations import cancel
from app.events.shifts import insuring, skills
from app.events.shifts import shift_problems as problems
from app.events.shifts.shift_rules import why_not_on_shift
from tests.counting import statements
from tests.factories import Factory
from tests.shifts import HOUR, clock, shift, shift_event, skill


def refusal(slot_id: int, *person_ids: int) -> type[Problem] | None:
    """Return what kind of a no there is just now."""
    db.session.rollback()
    problem = why_not_on_shift(slot_id, list(person_ids), at=now())
    return type(problem) if problem else None


def test_another_place_at_the_same_time_is_found_whichever_of_the_two_is_the_shift(
    inside: Flask, make: Factory
) -> None:
    session = make.slot(starts_at=clock(10), ends_at=clock(12), closes_at=clock(10))
    place = make.registration(session, age=20)
    here = shift(make)
    assert refusal(here.id, place.person_id) is problems.ShiftsOverlap
    assert refusal(here.id, make.person(age=20).id) is None
    make.do(cancel, place.id, by=place.registered_by_id, at=now())
    assert refusal(here.id, place.person_id) is None


def test_what_was_called_off_is_in_nobodys_way(inside: Flask, make: Factory) -> None:
    other = make.event(starts_at=clock(10), ends_at=clock(12), closes_at=clock(10))
    place = make.registration(other.slots[0], age=20)
    make.do(cancel_event, other.id, "台风", by=other.created_by_id, at=now())
    assert refusal(shift(make).id, place.person_id) is None


def test_an_hour_in_the_same_town_is_enough_and_ten_minutes_are_not(inside: Flask, make: Factory) -> None:
    far = make.slot(starts_at=clock(7), ends_at=clock(8), closes_at=clock(7), place="石桥镇")
    near = make.slot(starts_at=clock(11) + HOUR / 6, ends_at=clock(12), closes_at=clock(11), place="石桥镇")
    here = shift(make)
    assert refusal(here.id, make.registration(far, age=20).person_id) is None
    assert refusal(here.id, make.registration(near, age=20).person_id) is problems.TooFarApart


def test_the_rules_of_the_host_hold_and_nobody_elses(inside: Flask, make: Factory) -> None:
    strict, easy = make.organisation(), make.organisation()
    make.do(rules.change_rules, strict.id, rules.Rules(youngest_volunteer=17), by=make.user().id, at=now())
    young = make.person(age=16)
    assert refusal(shift(make, strict).id, young.id) is problems.TooYoungToVolunteer
    assert refusal(shift(make, easy).id, young.id) is None


def test_of_those_who_come_together_each_is_looked_at(inside: Flask, make: Factory) -> None:
    evening = shift(make, begins=19, ends=22)
    adult, minor = make.person(age=30), make.person(age=16)
    assert refusal(evening.id, adult.id) is None
    assert refusal(evening.id, adult.id, minor.id) is problems.TooLateForMinors


def test_a_session_asks_for_nothing_of_this(inside: Flask, make: Factory) -> None:
    session = make.slot(starts_at=clock(9), ends_at=clock(23), closes_at=clock(9))
    assert refusal(session.id, make.person(age=7).id) is None


def test_a_skill_counts_while_it_is_confirmed_and_until_its_day(inside: Flask, make: Factory) -> None:
    host, staff, somebody = make.organisation(), make.user(), make.person(age=20)
    first_aid = skill(make, host)
    here = shift(make, host, skill_id=first_aid.id)
    last_day = local_day(here.starts_at)
    assert refusal(here.id, somebody.id) is problems.SkillMissing
    for expires_on, expected in ((None, None), (last_day, None), (last_day - timedelta(days=1), problems.SkillMissing)):
        make.do(skills.confirm_skill, first_aid.id, [somebody.id], expires_on, by=staff.id, at=now())
        assert refusal(here.id, somebody.id) is expected
    make.do(skills.confirm_skill, first_aid.id, [somebody.id], None, by=staff.id, at=now())
    (held,) = skills.skills_of(somebody.id, [host.id])
    for _ in range(2):
        make.do(skills.end_skill, held.id, by=staff.id, at=now())
    assert refusal(here.id, somebody.id) is problems.SkillMissing


def test_whoever_lacks_a_skill_is_told_where_the_next_training_is(inside: Flask, make: Factory) -> None:
    host = make.organisation()
    first_aid = skill(make, host)
    here, somebody = shift(make, host, skill_id=first_aid.id), make.person(age=20)
    nowhere = why_not_on_shift(here.id, [somebody.id], at=now())
    assert nowhere is not None
    assert "急救" in nowhere.message
    make.event(host, title="急救培训", teaches_skill_id=first_aid.id)
    make.event(host, title="还没发布", teaches_skill_id=first_aid.id, is_published=False, starts_at=now() + HOUR)
    somewhere = why_not_on_shift(here.id, [somebody.id], at=now())
    assert somewhere is not None
    assert "急救培训" in somewhere.message
    assert somewhere.facts["skill_id"] == first_aid.id


def test_a_risky_shift_takes_nobody_until_it_is_insured_for_its_time(inside: Flask, make: Factory) -> None:
    event = shift_event(make, is_risky=True, is_published=False)
    (slot,), staff, somebody = event.slots, make.user(), make.person(age=20)
    assert refusal(slot.id, somebody.id) is problems.NotInsured
    with pytest.raises(problems.RiskyButNotInsured):
        make.do(publish, event.id, by=staff.id, at=now())
    for _ in range(2):
        make.do(insuring.mark_insured, slot.id, "保单 2026-0117", by=staff.id, at=now())
    make.do(publish, event.id, by=staff.id, at=now())
    assert refusal(slot.id, somebody.id) is None
    later = make.plan(**{**vars(plan_of(slot)), "starts_at": slot.starts_at + HOUR, "ends_at": slot.ends_at + HOUR})
    make.do(edit_slot, slot.id, later, by=staff.id, at=now())
    assert refusal(slot.id, somebody.id) is problems.NotInsured
    make.do(insuring.mark_insured, slot.id, "保单 2026-0117", by=staff.id, at=now())
    assert refusal(slot.id, somebody.id) is None
    for _ in range(2):
        make.do(insuring.withdraw_insurance, slot.id, by=staff.id, at=now())
    assert refusal(slot.id, somebody.id) is problems.NotInsured


def test_what_is_not_risky_is_not_marked_as_insured(inside: Flask, make: Factory) -> None:
    with pytest.raises(problems.NotRisky):
        make.do(insuring.mark_insured, shift(make).id, "保单", by=make.user().id, at=now())


def test_it_takes_two_statements_for_a_party_of_any_size_and_one_for_a_session(inside: Flask, make: Factory) -> None:
    host, crowd = make.organisation(), [make.person(age=20).id for _ in range(6)]
    first_aid = skill(make, host)
    make.do(skills.confirm_skill, first_aid.id, crowd, None, by=make.user().id, at=now())
    for slot_id, expected in ((shift(make, host, skill_id=first_aid.id).id, 2), (make.slot().id, 1)):
        with statements(inside) as asked:
            assert why_not_on_shift(slot_id, crowd, at=now()) is None
        assert len([one for one in asked if one.startswith("SELECT")]) == expected
