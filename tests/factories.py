"""Rows for tests, made by the operations themselves wherever there is one."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from flask import Flask, has_app_context

from app.accounts.identifiers import Way
from app.accounts.models import User
from app.accounts.operations import open_account
from app.accounts.passwords import hash_password
from app.certificates.models import Certificate
from app.certificates.operations import issue
from app.checkin.models import Device
from app.checkin.operations import check_in, open_device
from app.core.clock import end_of_day, local_day, now
from app.core.db import transact
from app.core.pictures import Picture, keep, prepare
from app.events import planning
from app.events.models import Event, Registration, Slot, SlotForm
from app.events.plans import EventWords, SlotPlan
from app.events.registration.operations import register
from app.organisations.models import Membership, MembershipRole, Organisation, OrganisationKind
from app.organisations.operations import add_member, create_organisation
from app.people.classes import ClassWords, add_class
from app.people.models import Enrolment, Person, Relation, SchoolClass
from app.people.operations import Details, Newcomer, add_person, ask_school, confirm_enrolments
from app.programmes.kinds import ProgrammeKind
from tests.photos import photo

Row = TypeVar("Row")
PASSWORD = "a password for tests"
_HASH = hash_password(PASSWORD)
_numbers = count(1)


def born(age: int, on: date | None = None) -> date:
    """Return the birth date of somebody who turned that age half a year before a day (today)."""
    day = (on or local_day(now())) - timedelta(days=183)
    return date(day.year - age, day.month, min(day.day, 28))


class Factory:
    """Makes rows; works inside an application context and outside of one."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def do(self, operation: Callable[..., Row], *args: Any, **kwargs: Any) -> Row:
        """Run an operation in a transaction."""
        if has_app_context():
            return transact(operation, *args, **kwargs)
        with self.app.app_context():
            return transact(operation, *args, **kwargs)

    def user(self, name: str = "周建国", phone: str | None = None) -> User:
        """Make an account with the password `PASSWORD`."""
        number = phone or f"138{next(_numbers):08d}"
        return self.do(open_account, name, Way.PHONE, number, _HASH, at=now())

    def organisation(self, kind: OrganisationKind = OrganisationKind.HOST, name: str | None = None) -> Organisation:
        """Make a unit."""
        return self.do(create_organisation, name or f"单位{next(_numbers)}", kind, at=now())

    def school(self, name: str | None = None) -> Organisation:
        """Make a school."""
        return self.organisation(OrganisationKind.SCHOOL, name)

    def member(
        self, organisation: Organisation, role: MembershipRole = MembershipRole.STAFF, user: User | None = None
    ) -> User:
        """Make somebody who works for a unit."""
        user = user or self.user("苏小禾")
        self.do(add_member, user.id, organisation.id, role, at=now())
        return user

    def membership(self, organisation: Organisation, role: MembershipRole = MembershipRole.STAFF) -> Membership:
        """Make somebody who works for a unit, and return the membership."""
        return self.do(add_member, self.user().id, organisation.id, role, at=now())

    def school_class(self, school: Organisation, name: str = "高二（3）班", **words: Any) -> SchoolClass:
        """Make a class of a school."""
        return self.do(add_class, school.id, ClassWords(name, **words), by=self.user().id, at=now())

    def picture(self, **look: Any) -> Picture:
        """Make a picture; keywords are those of `tests.photos.photo`."""
        return self.do(keep, prepare(photo(**look), 800), now())

    def plan(self, **changes: Any) -> SlotPlan:
        """Return a slot that is open now, with thirty places, for all: three hours from now, or when the next day
        begins where that would lead into a night; a shift at a noon after."""
        begins = now() + timedelta(hours=3)
        if local_day(begins) != local_day(begins + timedelta(hours=2)):
            begins = end_of_day(local_day(begins))
        if changes.get("form") is SlotForm.SHIFT:  # by night it would refuse minors, whatever the hour of the test
            begins = end_of_day(local_day(begins)) + timedelta(hours=12)
        values: dict[str, Any] = {
            "title": "上午场",
            "form": SlotForm.SESSION,
            "starts_at": begins,
            "ends_at": begins + timedelta(hours=2),
            "place": "",
            "capacity": 30,
            "min_age": 6,
            "max_age": 60,
            "opens_at": now() - timedelta(days=10),
            "closes_at": begins,
            "has_waiting_list": False,
            "leave_hours": 0,
        }
        return SlotPlan(**(values | changes))

    def event(
        self, host: Organisation | None = None, *, title: str = "古镇文化交流日", is_published: bool = True, **slot: Any
    ) -> Event:
        """Make an event with one slot; keywords are the slot's."""
        host = host or self.organisation()
        words = EventWords(title, ProgrammeKind.THEME, "请带水杯。", "古镇游客中心", "苏老师")
        creator = self.user()
        event = self.do(planning.create_event, host.id, words, self.plan(**slot), by=creator.id, at=now())
        if is_published:
            self.do(planning.publish, event.id, by=creator.id, at=now())
        return event

    def slot(self, event: Event | None = None, **changes: Any) -> Slot:
        """Make another slot of an event, or one of a new event."""
        if event is None:
            return self.event(**changes).slots[0]
        return self.do(planning.add_slot, event.id, self.plan(**changes), by=event.created_by_id, at=now())

    def going_on(self, host: Organisation | None = None, **slot: Any) -> Event:
        """Make an event that began an hour ago and is open for sign-up until it ends."""
        begins = now() - timedelta(hours=1)
        ends = begins + timedelta(hours=3)
        return self.event(host, **({"starts_at": begins, "ends_at": ends, "closes_at": ends} | slot))

    def person(
        self,
        user: User | None = None,
        *,
        name: str = "林晓雨",
        age: int = 18,
        born_on: date | None = None,
        relation: Relation = Relation.CHILD,
        school: Organisation | None = None,
        class_name: str = "高二（3）班",
    ) -> Person:
        """Make a person for whom an account (a new one) acts."""
        school_id, class_name = (school.id, class_name) if school else (None, "")
        details = Details(name, born_on or born(age), school_id, class_name)
        newcomer = Newcomer(details, relation, "13712345678")
        return self.do(add_person, newcomer, user_id=(user or self.user()).id, at=now())

    def enrolment(self, person: Person, school: Organisation, *, is_confirmed: bool = True) -> Enrolment:
        """Make a pupil of a school."""
        enrolment = self.do(ask_school, person.id, school.id, "高二（3）班", at=now())
        if is_confirmed:
            self.do(confirm_enrolments, [enrolment.id], school.id, by=self.user().id, at=now())
        return enrolment

    def registration(
        self, slot: Slot | None = None, *, user: User | None = None, at: datetime | None = None, **person: Any
    ) -> Registration:
        """Make a place of a new person; keywords are the person's."""
        user = user or self.user()
        somebody = self.person(user, **person)
        return self.do(register, somebody.id, (slot or self.slot()).id, by=user.id, at=at or now())

    def device(self, event: Event) -> tuple[Device, str]:
        """Open a device at the door of an event and return it with its token."""
        opener = self.user("苏小禾")
        self.do(add_member, opener.id, event.host_id, MembershipRole.STAFF, at=now())
        return self.do(open_device, event.id, by=opener.id, at=now())

    def arrival(self, registration: Registration, at: datetime | None = None) -> None:
        """Check somebody in."""
        self.do(check_in, registration.id, by=self.user().id, at=at or now())

    def certificate(self, host: Organisation | None = None, **person: Any) -> Certificate:
        """Make a certificate of somebody who was at an event that is going on."""
        event = self.going_on(host)
        self.arrival(self.registration(event.slots[0], **person))
        return self.do(issue, event.id, by=self.user().id, at=now())[0]
