"""The demo county is the same for everyone who builds it on the same day, and alive on every page."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import create_app
from app.accounts.models import User
from app.certificates.models import Certificate
from app.checkin.models import Attendance
from app.core.audit import AccessEntry
from app.core.changes import Change
from app.core.db import Base, db
from app.demo import county, sign_ins
from app.demo.exchanges import GUESTS
from app.demo.families import HOW_MANY
from app.demo.pairings import LEFT_OVER, PAIRS
from app.events.models import Event, Registration, RegistrationState, Slot
from app.organisations.models import Organisation, OrganisationKind
from app.people.models import ActsFor, Enrolment, Person, SchoolClass
from app.programmes.kinds import ProgrammeKind
from config import Settings, sqlite_url

NOON = datetime(2026, 5, 16, 4, 0, tzinfo=UTC)
MOMENTS = {
    "at noon": NOON,
    "as the day begins": datetime(2026, 12, 31, 16, 0, 1, tzinfo=UTC),
    "as 29 February ends": datetime(2028, 2, 29, 15, 59, 30, tzinfo=UTC),
}


@pytest.fixture(scope="module", params=MOMENTS.values(), ids=MOMENTS.keys())
def moment(request: pytest.FixtureRequest) -> datetime:
    """When the county is filled in."""
    at: datetime = request.param
    return at


@pytest.fixture(scope="module")
def filled(moment: datetime, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """What is in the county."""
    app = demo_app(tmp_path_factory.mktemp("county"))
    with app.app_context():
        county.fill("no hash", moment)
        yield db.session()
        db.engine.dispose()


def demo_app(folder: Path) -> Flask:
    """Return an application on an empty, migrated database."""
    app = create_app(Settings("demo", folder, sqlite_url(folder), "for tests only, never elsewhere", "http://x"))
    with app.app_context():
        flask_migrate.upgrade()
    return app


def how_many(session: Session, model: type[Base], *conditions: object) -> int:
    """Return how many rows of a kind there are."""
    statement = select(func.count()).select_from(model).where(*conditions)  # type: ignore[arg-type]
    return session.scalar(statement) or 0


def story(folder: Path) -> list[tuple[object, ...]]:
    """Build the county in a folder and return who signed up for what, and how each is called and read."""
    folder.mkdir()
    with demo_app(folder).app_context():
        county.fill("no hash", NOON)
        rows = db.session.execute(
            select(Person.name, Person.born_on, Person.name_pinyin, Registration.slot_id, Registration.registered_at)
            .outerjoin(Registration, Registration.person_id == Person.id)
            .order_by(Person.id, Registration.id)
        ).all()
        db.engine.dispose()
    return [tuple(row) for row in rows]


def test_the_same_moment_makes_the_same_county(tmp_path: Path) -> None:
    first = story(tmp_path / "one")
    assert len(first) > 2000
    assert first == story(tmp_path / "two")


def test_it_has_everybody_and_everything(filled: Session, moment: datetime) -> None:
    kinds = Counter(filled.scalars(select(Organisation.kind)))
    assert kinds == {
        OrganisationKind.SCHOOL: 12,
        OrganisationKind.HOST: 3,
        OrganisationKind.PARTNER: 4,
        OrganisationKind.BASE: 5,
    }
    assert how_many(filled, Person) == HOW_MANY + len(GUESTS) + PAIRS + LEFT_OVER
    assert 900 < how_many(filled, User) < 1200
    assert how_many(filled, Event) >= 41
    assert set(filled.scalars(select(Event.kind))) == set(ProgrammeKind)
    assert how_many(filled, Event, Event.published_at.is_(None)) == 2
    assert how_many(filled, Event, Event.cancelled_at.is_not(None)) == 1
    assert how_many(filled, Event, Event.postponed_at.is_not(None)) == 1
    assert how_many(filled, Event, Event.rain_plan != "") == 5
    assert how_many(filled, Event, Event.notice != "") == 1
    assert how_many(filled, Organisation, Organisation.logo_digest.is_not(None)) == 3
    assert how_many(filled, SchoolClass) > 150
    assert how_many(filled, AccessEntry) > 20
    assert how_many(filled, Change) > 80
    titles = filled.scalars(select(Event.title)).all()
    assert len(set(titles)) == len(titles)


def test_a_year_of_events_with_one_going_on_and_people_arriving(filled: Session, moment: datetime) -> None:
    first, last = filled.execute(select(func.min(Event.starts_at), func.max(Event.starts_at))).one()
    assert first < moment - timedelta(days=280)
    assert last > moment + timedelta(days=50)
    now_on = filled.scalars(select(Event).where(Event.title == "清溪古镇青年文化交流日")).one()
    assert now_on.starts_at <= moment < now_on.ends_at
    this_week = Event.starts_at.between(moment, moment + timedelta(days=7))
    assert how_many(filled, Event, this_week, Event.published_at.is_not(None)) >= 5
    if now_on.starts_at < moment - timedelta(hours=1):
        assert 30 < how_many(filled, Attendance, Attendance.event_id == now_on.id) < 110


def test_some_events_are_full_and_some_nearly_empty(filled: Session, moment: datetime) -> None:
    coming = [slot for slot in filled.scalars(select(Slot)) if slot.starts_at > moment and slot.event.is_published]
    assert sum(slot.free == 0 for slot in coming) >= 3
    assert any(slot.taken < slot.capacity / 5 for slot in coming)


def test_the_young_person_and_the_parent_have_a_past_a_today_and_a_future(filled: Session, moment: datetime) -> None:
    for phone in (sign_ins.YOUNG.identifier, sign_ins.PARENT.identifier):
        theirs = (
            select(Registration)
            .join(ActsFor, ActsFor.person_id == Registration.person_id)
            .join(User, User.id == ActsFor.user_id)
            .where(User.phone == phone, Registration.state != RegistrationState.CANCELLED)
        )
        places = filled.scalars(theirs).all()
        assert sum(one.slot.ends_at < moment for one in places) >= 4
        assert sum(one.slot.starts_at > moment for one in places) >= 3
        assert any(one.slot.starts_at <= moment < one.slot.ends_at for one in places)
        ids = [one.id for one in places]
        theirs_and_valid = Certificate.registration_id.in_(ids), Certificate.revoked_at.is_(None)
        assert how_many(filled, Certificate, *theirs_and_valid) >= 2


def test_schools_have_pupils_who_are_confirmed_who_wait_and_who_were_refused(filled: Session) -> None:
    answered = Enrolment.confirmed_at.is_not(None), Enrolment.refused_at.is_not(None)
    confirmed, refused = (how_many(filled, Enrolment, one) for one in answered)
    waiting = how_many(filled, Enrolment) - confirmed - refused
    assert confirmed > 700
    assert refused > 10
    assert waiting > 20


def test_names_of_every_kind_are_in_it(filled: Session) -> None:
    names = set(filled.scalars(select(Person.name)))
    assert {"阿依古丽·买买提", "欧阳娜娜", "𠮷野樱", "O’Brien Liam", "ᠮᠣᠩᠭᠣᠯ ᠪᠠᠶᠠᠷ"} <= names
