"""Trips whose travellers fill documents in, and what is printed of them, for tests."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from app.accounts.models import User
from app.core.audit import Whose
from app.core.clock import local_day, now
from app.core.db import db
from app.organisations.models import MembershipRole, Organisation
from app.organisations.operations import add_member
from app.people.models import Gender, Person
from app.programmes.applications.answering import say_yes
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application, Programme
from app.trips.adults.operations import AdultWords, add_adult
from app.trips.documents.models import TravelDocument
from app.trips.documents.numbers import DocumentKind
from app.trips.documents.operations import Holder, fill_in, name_readers
from app.trips.documents.sealing import DocumentWords
from app.trips.models import AdultRole, TripAdult, TripGroup, TripMember
from app.trips.papers.facts import TripFacts
from app.trips.papers.making import make_paper
from app.trips.papers.models import PaperKind, TripPrint
from app.trips.papers.printing import Contacts, TakenOut, contacts_of, note_print, write_contacts
from tests.exchanges import a_programme, decide, entered, said_by
from tests.factories import Factory

CONTACTS = Contacts("王主任 13600001111", "陈老师 13600002222", "清溪县人民医院 0577-62001120", "平安 95511")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_number(born_on: date, region: str = "330326", order: str = "012") -> str:
    """Return an identity card's number that holds; an even order is a woman's."""
    digits = f"{region}{born_on:%Y%m%d}{order}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def a_trip(make: Factory, host: Organisation | None = None, *, in_days: int = 2, **changes: Any) -> Programme:
    """Make a programme of four days whose insurance, tickets and rooms need documents; it begins in some days."""
    begins = local_day(now()) + timedelta(days=in_days)
    marks = {"needs_insurance": True, "needs_tickets": True, "needs_rooms": True}
    words = {"starts_on": begins, "ends_on": begins + timedelta(days=3), **marks, **changes}
    return a_programme(make, host, places=20, **words)


def travelling(make: Factory, programme: Programme, **person: Any) -> Application:
    """Let somebody take part: chosen, and, of a child, with a guardian's proven yes."""
    one = entered(make, programme, **({"age": 12, "name": "林小雨"} | person))
    decide(make, Verdict.ACCEPT, one)
    if person.get("age", 12) < 18:
        said_by(make, one, is_called=True)
    else:
        make.do(say_yes, one.id, by=make.user().id, at=now())
    return one


def person_of(make: Factory, one: Application) -> Person:
    """Return whose application it is."""
    return make.do(lambda: db.session.get_one(Person, one.person_id))


def document_of(make: Factory, one: Application, **changes: Any) -> DocumentWords:
    """Return the identity card of somebody who takes part."""
    person = person_of(make, one)
    number = identity_number(person.born_on)
    words = {"kind": DocumentKind.IDENTITY_CARD, "number": number, "name": person.name, "born_on": person.born_on}
    return DocumentWords(**(words | {"gender": Gender.MALE} | changes))


def filled(make: Factory, one: Application, **changes: Any) -> TravelDocument:
    """Let a guardian fill the document in."""
    words = document_of(make, one, **changes)
    return make.do(fill_in, Holder(one.programme_id, one.person_id), words, by=make.user().id, at=now())


def an_adult(make: Factory, programme: Programme, user: User | None = None, **words: Any) -> TripAdult:
    """Let a grown-up go along: an account, or somebody by name."""
    if user:
        make.do(add_member, user.id, programme.host_id, MembershipRole.STAFF, at=now())  # who left sees nothing
    told = {"name": "" if user else "赵师傅", "user_id": user.id if user else None, "phone": "13655556666"} | words
    return make.do(add_adult, programme.id, AdultWords(**told), by=make.user().id, at=now())


def a_group(make: Factory, programme: Programme, name: str, people: Sequence[Application], *adults: TripAdult) -> int:
    """Make a group of some who take part, and those who lead it; returns its number."""

    def put() -> int:
        group = TripGroup(programme_id=programme.id, name=name)
        db.session.add(group)
        db.session.flush()
        for one in people:
            minor = TripMember(programme_id=programme.id, person_id=one.person_id, is_minor=True, group_id=group.id)
            db.session.add(minor)
        for adult in adults:
            db.session.get_one(TripAdult, adult.id).group_id = group.id
        return group.id

    return make.do(put)


def printed(
    make: Factory, programme: Programme, kind: PaperKind = PaperKind.ROSTER, by: User | None = None
) -> TripPrint:
    """Let a list go out as it is now."""
    user_id = (by or make.user()).id

    def paper() -> TripPrint:
        facts = TripFacts(db.session.get_one(Programme, programme.id, populate_existing=True))
        made = make_paper(kind, facts, contacts_of(programme.id))
        return note_print(programme.id, made, TakenOut("print", "trip", Whose(1)), by=user_id, at=now())

    return make.do(paper)


def travel_places(make: Factory, host: Organisation, young: User, staff: User) -> dict[str, int]:
    """Make a trip that is on its way with everything on paper, and return what the places of addresses stand for."""
    trip = a_trip(make, host, in_days=0, title="正在路上的夏令营")
    one = entered(make, trip, user=young, name="林大雨", age=20)
    decide(make, Verdict.ACCEPT, one)
    make.do(say_yes, one.id, by=young.id, at=now())
    child = travelling(make, trip, name="何小雨")
    adult = an_adult(make, trip, staff, roles=(AdultRole.LEADER,))
    filled(make, one)
    filled(make, child)
    make.do(name_readers, trip.id, [staff.id], by=staff.id, at=now())
    make.do(write_contacts, trip.id, CONTACTS, by=staff.id, at=now())
    printed(make, trip)
    return {"journey": trip.id, "travelling": one.id, "travelling_adult": adult.id}
