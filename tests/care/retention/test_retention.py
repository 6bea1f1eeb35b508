"""Each night what is too old goes, and the page says what went."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.care.models import Erasure, Keeping
from app.care.retention.jobs import PURGE, last_runs
from app.care.retention.rules import days_of, set_days
from app.core.audit import AccessEntry, note_access
from app.core.changes import Change, note_change
from app.core.clock import now
from app.core.db import db
from app.core.jobs import enqueue
from app.messages.models import Message
from app.pairing.models import PairingRound
from app.people.models import Person
from app.programmes.models import Programme
from tests.accepting_rows import published
from tests.exchanges import a_programme, entered
from tests.factories import Factory
from tests.signing_in import Personas
from tests.work import work_off


def night(app: Flask, make: Factory) -> dict[str, int]:
    """Let a night pass and return what went."""
    make.do(enqueue, PURGE, {}, at=now())
    work_off(app)
    return dict(last_runs()[0].counts)


def ago(days: int) -> datetime:
    """Return the moment so many days ago."""
    return now() - timedelta(days=days)


def _age(person_id: int, at: datetime) -> None:
    db.session.execute(update(Person).where(Person.id == person_id).values(created_at=at))


def _age_messages(at: datetime) -> None:
    db.session.execute(update(Message).values(sent_at=at))


def test_what_is_too_old_goes_and_what_is_not_stays(inside: Flask, make: Factory) -> None:
    user = make.user().id
    for days in (1094, 1096):
        make.do(note_change, "event", days, "published", by=None, at=ago(days))
    for days in (729, 731):
        make.do(note_access, "read", "event", days, people=1, purpose="", by=user, at=ago(days))
    assert night(inside, make) == {
        "messages": 0,
        "changes": 1,
        "access": 1,
        "sessions": 0,
        "invitations": 0,
        "people": 0,
    }
    assert db.session.scalars(select(Change.record_id)).all() == [1094]
    assert db.session.scalars(select(AccessEntry.record_id)).all() == [729]


def test_old_messages_go_with_their_deliveries(inside: Flask, make: Factory) -> None:
    make.registration(age=20)
    make.do(_age_messages, ago(366))
    assert night(inside, make)["messages"] > 0
    assert db.session.scalars(select(Message)).all() == []


def test_whoever_nobody_has_heard_of_for_three_years_is_erased(
    inside: Flask, make: Factory, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(inside.config, "BACKUP_FOLDER", tmp_path)
    silent, lively = make.person(name="孙悦").id, make.registration(name="何晨", age=20).person_id
    for person_id in (silent, lively):
        make.do(_age, person_id, ago(1096))
    assert night(inside, make)["people"] == 1
    work_off(inside)
    assert db.session.get_one(Person, silent).name == ""
    assert db.session.get_one(Person, lively).name == "何晨"
    assert db.session.scalars(select(Erasure.asked_by_id)).all() == [None]
    assert night(inside, make)["people"] == 0


def test_whoever_is_of_a_programme_or_of_a_pair_is_not_silent(inside: Flask, make: Factory) -> None:
    travelling = entered(make, a_programme(make), name="吴限").person_id
    paired = [make.person(name=name, age=19) for name in ("周舟", "郑爽")]
    published(make, make.organisation(), paired)
    for person_id in (travelling, *(one.id for one in paired)):
        make.do(_age, person_id, ago(1096))
    assert night(inside, make)["people"] == 0
    earlier = {"starts_on": ago(1097).date(), "ends_on": ago(1097).date()}
    make.do(lambda: db.session.execute(update(Programme).values(earlier)))
    make.do(lambda: db.session.execute(update(PairingRound).values(created_at=ago(1096))))
    assert night(inside, make)["people"] == 3


def test_never_less_than_the_law_says(inside: Flask, make: Factory) -> None:
    make.do(set_days, {Keeping.ACCESS: 10, Keeping.MESSAGES: 40})
    assert (days_of(Keeping.ACCESS), days_of(Keeping.MESSAGES)) == (183, 40)


def fields(**changes: str) -> dict[str, str]:
    """Return the form of the page with its defaults, but for some."""
    days = {"messages": 365, "changes": 1095, "access": 730, "sessions": 90, "invitations": 365, "people": 1095}
    return {name: str(number) for name, number in days.items()} | changes


def test_the_page_changes_how_long_and_refuses_too_little(personas: Personas) -> None:
    admin = personas.administrator
    assert admin.post("/admin/retention", data=fields(messages="200")).status_code == 303
    assert 'value="200"' in admin.get("/admin/retention").text
    refused = admin.post("/admin/retention", data=fields(access="182", messages="77"))
    assert refused.status_code == 422
    assert 'value="77"' in refused.text


@pytest.mark.parametrize("who", ["staff", "manager", "school_office", "auditor"])
def test_only_administrators(personas: Personas, who: str) -> None:
    assert getattr(personas, who).get("/admin/retention").status_code == 403
