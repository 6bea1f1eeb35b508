"""The demo county is the same for everyone who builds it on the same day, and alive on every page."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.certificates.models import Certificate
from app.checkin.models import Attendance
from app.core.audit import AccessEntry
from app.core.changes import Change
from app.core.db import db
from app.demo import county, sign_ins
from app.demo.exchanges import GUESTS
from app.demo.families import HOW_MANY
from app.demo.homes import SENT
from app.demo.pairings import LEFT_OVER, PAIRS
from app.events.models import Event, Registration, RegistrationState, Slot
from app.organisations.models import Organisation, OrganisationKind
from app.pairing.accepting.models import PairContact
from app.pairing.journal.models import EntryKind, JournalEntry
from app.pairing.journal.silence import silent_pairs
from app.pairing.letters.models import LetterReader, LetterState, OpenLetter
from app.pairing.models import Pair, PairingRound
from app.pairing.states import PairState
from app.partners.models import PartnerLink
from app.people.models import ActsFor, Enrolment, Person, SchoolClass
from app.programmes.host_families.models import HostFamily, Placement
from app.programmes.kinds import ProgrammeKind
from app.programmes.models import Application, ApplicationState, Programme
from app.trips.adults.checks import unchecked
from app.trips.documents.models import DocumentReader, TravelDocument
from app.trips.models import TripBus, TripGroup, TripTask
from app.trips.papers.models import TripPrint
from app.trips.roster import adults_of, roster_of
from tests.demo.counties import demo_app, how_many

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
    assert how_many(filled, Person) == HOW_MANY + len(GUESTS) + len(SENT) + PAIRS + LEFT_OVER
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


def test_one_trip_is_over_and_of_the_other_something_is_left_to_see_to(filled: Session, moment: datetime) -> None:
    summer, winter = filled.scalars(select(Programme).where(Programme.nights_away).order_by(Programme.starts_on))
    before, ahead = (roster_of(one) for one in (summer, winter))
    assert all(one.group_id and one.bus_id and one.room_id for one in before.youths)
    assert len([one for one in ahead.youths if not (one.group_id or one.bus_id or one.room_id)]) == 1
    assert len(ahead.youths) > 8
    assert [len(unchecked(adults_of(one.id), one.starts_on)) for one in (summer, winter)] == [0, 1]
    assert how_many(filled, TripTask, TripTask.programme_id == summer.id, TripTask.done_at <= moment) == 6
    done = TripTask.programme_id == winter.id, TripTask.done_at <= moment
    assert how_many(filled, TripTask, *done) == 2
    assert how_many(filled, TripTask, TripTask.done_at > moment) == 0
    for model, least in ((TripGroup, 5), (TripBus, 4), (DocumentReader, 2), (TravelDocument, 5), (TripPrint, 1)):
        assert how_many(filled, model) >= least


def test_of_the_pairs_most_write_one_is_silent_and_one_is_over(filled: Session, moment: datetime) -> None:
    made = filled.scalars(select(PairingRound).where(PairingRound.published_at.is_not(None))).one()
    states = Counter(filled.scalars(select(Pair.state).where(Pair.round_id == made.id)))
    assert states == {PairState.FORMED: 10, PairState.ASKED: 1, PairState.ENDED: 1}
    assert len(filled.scalars(silent_pairs(made, moment)).all()) == 1
    assert set(filled.scalars(select(JournalEntry.kind))) == {EntryKind.LETTER, EntryKind.CALL, EntryKind.VISIT}
    letters = Counter(filled.scalars(select(OpenLetter.state)))
    assert letters == {LetterState.HANDED_ON: 2, LetterState.WITH_TEACHER: 1, LetterState.DRAFT: 1}
    theirs = select(Person.name).join(OpenLetter, OpenLetter.reader_id == Person.id)
    assert sign_ins.YOUNG.name in set(filled.scalars(theirs.where(OpenLetter.state == LetterState.HANDED_ON)))
    assert how_many(filled, LetterReader) == 3
    assert how_many(filled, PairContact) == 3


def test_families_take_guests_in_and_a_partner_has_sent_its_list(filled: Session, moment: datetime) -> None:
    approved = Counter(filled.scalars(select(HostFamily.is_approved)))
    assert approved == {True: 2, False: 1}
    assert how_many(filled, Placement) == 2
    link = filled.scalars(select(PartnerLink)).one()
    assert link.is_open(moment)
    sent = Application.side_id == link.side_id, Application.state == ApplicationState.APPLIED
    assert how_many(filled, Application, *sent) == len(SENT)
