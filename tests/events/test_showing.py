"""The event's page and the first question of a sign-up."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.clock import now
from app.events import announcing
from app.people.models import Relation
from tests.factories import Factory
from tests.signing_in import Personas


def test_anyone_reads_a_published_event(client: FlaskClient, make: Factory) -> None:
    event = make.event(title="书香接力")
    answer = client.get(f"/events/{event.id}")
    assert answer.status_code == 200
    for words in ("书香接力", "请带水杯。", "古镇游客中心", "苏老师"):
        assert words in answer.text
    assert f"/slots/{event.slots[0].id}/registration" in answer.text


def test_a_draft_is_seen_by_its_own_staff_alone(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host, is_published=False)
    paths = [f"/events/{event.id}", f"/slots/{event.slots[0].id}/registration"]
    paths += [f"{paths[1]}/self", f"{paths[1]}/child"]
    for path in paths:
        assert personas.staff.get(path).status_code == 200
        for browser in (personas.anonymous, personas.young(), personas.outsider, personas.school_office):
            assert browser.get(path).status_code == 404


@pytest.mark.parametrize("number", [999_999, 10**30])
def test_what_is_not_there_is_not_found(client: FlaskClient, number: int) -> None:
    for path in (f"/events/{number}", f"/slots/{number}/registration", f"/slots/{number}/registration/self"):
        assert client.get(path).status_code == 404


def test_a_sign_up_is_for_oneself_or_a_child_and_nobody_else(client: FlaskClient, make: Factory) -> None:
    assert client.get(f"/slots/{make.slot().id}/registration/aunt").status_code == 404


def test_what_is_said_in_an_event_is_never_run(client: FlaskClient, make: Factory) -> None:
    event = make.event(title="<script>alert(1)</script>")
    assert "<script>alert(1)" not in client.get(f"/events/{event.id}").text


def test_a_cancelled_event_stays_and_says_why(client: FlaskClient, make: Factory) -> None:
    event = make.event()
    make.do(announcing.cancel_event, event.id, "台风来了", by=event.created_by_id, at=now())
    page = client.get(f"/events/{event.id}").text
    assert "台风来了" in page
    assert f"/slots/{event.slots[0].id}/registration" not in page


def test_a_full_slot_is_shown_and_says_so(client: FlaskClient, make: Factory) -> None:
    slot = make.slot(capacity=1)
    make.registration(slot)
    client.get("/language/en")
    for path in (f"/events/{slot.event_id}", f"/slots/{slot.id}/registration"):
        page = client.get(path).text
        assert "All places are taken" in page
        assert f"/slots/{slot.id}/registration/self" not in page


def test_a_stranger_is_asked_first_for_whom_it_is(client: FlaskClient, make: Factory) -> None:
    slot = make.slot()
    page = client.get(f"/slots/{slot.id}/registration").text
    assert f"/slots/{slot.id}/registration/self" in page
    assert f"/slots/{slot.id}/registration/child" in page
    assert client.post(f"/slots/{slot.id}/registration", data={"person_id": "1"}).status_code == 200


def test_whoever_was_here_before_picks_the_person_and_is_done(personas: Personas, make: Factory) -> None:
    user, slot = make.user(), make.slot()
    person = make.person(user, name="林晓雨")
    browser = personas.young(user)
    page = browser.get(f"/slots/{slot.id}/registration").text
    assert "林晓雨" in page
    answer = browser.post(f"/slots/{slot.id}/registration", data={"person_id": person.id})
    assert answer.status_code == 303
    assert "林晓雨" in browser.get(answer.location).text
    again = browser.post(f"/slots/{slot.id}/registration", data={"person_id": person.id})
    assert again.location == answer.location


@pytest.mark.parametrize("person_id", ["", "x", "999999", str(10**30)])
def test_nobody_picks_a_person_who_is_not_theirs(personas: Personas, make: Factory, person_id: str) -> None:
    user, slot = make.user(), make.slot()
    make.person(user)
    answer = personas.young(user).post(f"/slots/{slot.id}/registration", data={"person_id": person_id})
    assert answer.status_code == 422


def test_somebody_elses_child_cannot_be_picked(personas: Personas, make: Factory) -> None:
    user, slot = make.user(), make.slot()
    make.person(user)
    other = make.person(make.user(), name="别家孩子")
    answer = personas.young(user).post(f"/slots/{slot.id}/registration", data={"person_id": other.id})
    assert answer.status_code == 422
    assert "别家孩子" not in answer.text


def test_picking_somebody_it_is_not_for_says_why(personas: Personas, make: Factory) -> None:
    user, slot = make.user(), make.slot(min_age=18)
    person = make.person(user, age=16)
    browser = personas.young(user)
    browser.get("/language/en")
    answer = browser.post(f"/slots/{slot.id}/registration", data={"person_id": person.id})
    assert answer.status_code == 422
    assert "aged 18 and over" in answer.text


def test_oneself_is_offered_until_one_has_been_entered(app: Flask, personas: Personas, make: Factory) -> None:
    user, slot = make.user(), make.slot()
    browser = personas.young(user)
    make.person(user, name="林晓雨")
    assert f"/slots/{slot.id}/registration/self" in browser.get(f"/slots/{slot.id}/registration").text
    make.person(user, name="周建国", relation=Relation.ONESELF, age=40)
    assert f"/slots/{slot.id}/registration/self" not in browser.get(f"/slots/{slot.id}/registration").text
