"""Filling the demo county: units, accounts, people, events, registrations, arrivals, certificates."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from app.accounts.identifiers import read_identifier
from app.accounts.operations import open_account
from app.certificates.operations import issue
from app.checkin.operations import check_in
from app.core.clock import local_day
from app.core.db import db, transact
from app.core.problems import Problem
from app.demo import sign_ins
from app.demo.events import IDEAS, plans
from app.demo.people import Somebody, two_hundred
from app.demo.sign_ins import SignIn
from app.events import planning
from app.events.models import Event, Registration
from app.events.operations import register
from app.organisations.models import MembershipRole, Organisation, OrganisationKind
from app.organisations.operations import add_member, create_organisation
from app.people.ages import age_on
from app.people.models import Enrolment, Person, Relation
from app.people.operations import Details, Newcomer, add_person, confirm_enrolments

_HOSTS = ("清溪县青少年交流中心", "清溪县青少年宫")
_SCHOOLS = (
    "清溪县第一中学",
    "清溪县实验中学",
    "清溪县民族中学",
    "清溪镇中心小学",
    "雁北九年一贯制学校",
    "滨江职业高中",
)
_SEED = 20261122


def fill(password_hash: str, at: datetime) -> None:
    """Fill an empty database; the same day gives the same county."""
    transact(_fill, password_hash, at)


def _fill(password_hash: str, at: datetime) -> None:
    random = Random(_SEED)
    long_ago = at - timedelta(days=59)
    hosts = [create_organisation(name, OrganisationKind.HOST, at=long_ago, place="清溪县") for name in _HOSTS]
    schools = [create_organisation(name, OrganisationKind.SCHOOL, at=long_ago, place="清溪县") for name in _SCHOOLS]
    manager = _staff(sign_ins.MANAGER, hosts[0], MembershipRole.MANAGER, password_hash, long_ago)
    _staff(sign_ins.STAFF, hosts[0], MembershipRole.STAFF, password_hash, long_ago)
    _staff(sign_ins.OTHER_STAFF, hosts[1], MembershipRole.STAFF, password_hash, long_ago)
    _staff(sign_ins.SCHOOL, schools[0], MembershipRole.STAFF, password_hash, long_ago)
    _staff(sign_ins.OTHER_SCHOOL, schools[1], MembershipRole.STAFF, password_hash, long_ago)
    _staff(sign_ins.ADMINISTRATOR, hosts[0], MembershipRole.ADMINISTRATOR, password_hash, long_ago)
    _staff(sign_ins.AUDITOR, hosts[0], MembershipRole.AUDITOR, password_hash, long_ago)
    events = [_event(idea, hosts, manager, at) for idea in IDEAS]
    families = _families(random, schools, password_hash, long_ago)
    _sign_up(random, events, families, at)
    _confirm_pupils(schools[:2], manager, at)
    for event in (events[0], events[7]):
        _arrive(random, event, manager, at)
    issue(events[7].id, by=manager, at=at - timedelta(days=28))
    for event, idea in zip(events, IDEAS, strict=True):
        if idea.cancel_reason:
            planning.cancel_event(event.id, idea.cancel_reason, at=at)


def _staff(who: SignIn, unit: Organisation, role: MembershipRole, password_hash: str, at: datetime) -> int:
    user = _account(who, password_hash, at)
    add_member(user, unit.id, role, at=at)
    return user


def _account(who: SignIn, password_hash: str, at: datetime) -> int:
    identified = read_identifier(who.identifier)
    assert identified is not None  # noqa: S101 - our own list
    return open_account(who.name, *identified, password_hash, at=at).id


def _event(idea, hosts: list[Organisation], by: int, at: datetime) -> Event:  # type: ignore[no-untyped-def]
    first, *rest = plans(idea, at)
    event = planning.create_event(hosts[idea.host].id, idea.words, first, by=by, at=at - timedelta(days=59))
    for plan in rest:
        planning.add_slot(event.id, plan)
    if not idea.is_draft:
        planning.publish(event.id, at=at - timedelta(days=59))
    return event


def _families(
    random: Random, schools: list[Organisation], password_hash: str, at: datetime
) -> list[tuple[int, Person]]:
    """Return two hundred people, each with the account that acts for them; some accounts have several children."""
    everyone = list(two_hundred(random, local_day(at)))
    year = local_day(at).year
    young = Somebody(sign_ins.YOUNG.name, everyone[0].born_on.replace(year=year - 16), "高二（3）班")
    children = (
        Somebody("周一诺", young.born_on.replace(year=year - 11), "五年级2班"),
        Somebody("周思远", young.born_on.replace(year=year - 15), "九年级1班"),
    )
    found = [(_account(sign_ins.YOUNG, password_hash, at), young, Relation.ONESELF)]
    parent = _account(sign_ins.PARENT, password_hash, at)
    found += [(parent, child, Relation.CHILD) for child in children]
    holder = 0
    for number, somebody in enumerate(everyone[: 200 - len(found)]):
        if number % 4 != 3:  # every fourth one shares the phone of the one before
            who = SignIn(f"139{number:08d}", f"{somebody.name[:1]}家长", "", "")
            holder = _account(who, password_hash, at)
        found.append((holder, somebody, Relation.CHILD))
    return [
        (user, _person(random, user, somebody, relation, schools, place, at))
        for place, (user, somebody, relation) in enumerate(found)
    ]


def _person(
    random: Random,
    user: int,
    somebody: Somebody,
    relation: Relation,
    schools: list[Organisation],
    place: int,
    at: datetime,
) -> Person:
    age = age_on(somebody.born_on, local_day(at))
    school = schools[0] if place == 0 else random.choice([*_schools_for(schools, age), None])
    school_id, class_name = (school.id, somebody.class_name) if school else (None, "")
    details = Details(somebody.name, somebody.born_on, school_id, class_name)
    return add_person(Newcomer(details, relation, f"137{place:08d}"), user_id=user, at=at)


def _schools_for(schools: list[Organisation], age: int) -> list[Organisation]:
    """Return the schools for an age: two with primary classes, three with middle ones, three with high ones."""
    first, experimental, minority, primary, nine_year, vocational = schools
    if age < 12:
        return [primary, nine_year]
    return [experimental, nine_year, minority] if age < 15 else [first, first, minority, vocational]


def _sign_up(random: Random, events: list[Event], families: list[tuple[int, Person]], at: datetime) -> None:
    for place, (user, person) in enumerate(families):
        wanted = [*events[:2], events[7]] if place < 3 else random.sample(events, random.randint(1, 2))
        for event in wanted:
            slot = random.choice(event.slots)
            moment = min(at, slot.closes_at) - timedelta(days=random.randint(1, 20), minutes=random.randint(0, 900))
            try:
                register(person.id, slot.id, by=user, at=moment)
            except Problem:
                continue  # too young, full or a draft: as in life


def _confirm_pupils(schools: list[Organisation], by: int, at: datetime) -> None:
    """Let the first schools have answered for most of their pupils, so that a few still wait."""
    for school in schools:
        ids = list(db.session.scalars(select(Enrolment.id).where(Enrolment.school_id == school.id)))
        confirm_enrolments(ids[: len(ids) * 4 // 5], school.id, by=by, at=at - timedelta(days=5))


def _arrive(random: Random, event: Event, by: int, at: datetime) -> None:
    in_event = Registration.slot_id.in_([slot.id for slot in event.slots])
    for registration in db.session.scalars(select(Registration).where(in_event).order_by(Registration.id)).all():
        if random.random() < 0.6 or (registration.person.name == sign_ins.YOUNG.name and event.ends_at < at):
            begins = registration.slot.starts_at
            check_in(registration.id, by=by, at=min(at, begins + timedelta(minutes=random.randint(-20, 25))))
