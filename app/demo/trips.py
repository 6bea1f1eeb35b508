"""The demo county's two trips: last summer's, at which everything was seen to, and this winter's, which is being
prepared: something is overdue, a record check is missing, and whoever came last is placed nowhere yet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.demo.exchange_desk import DAY, ExchangeDesk
from app.demo.trip_plans import checked, list_tasks, travel_along
from app.people.models import Gender, Person
from app.programmes.models import Application, Programme, Side
from app.trips.adults.operations import AdultWords
from app.trips.documents.numbers import DocumentKind
from app.trips.documents.operations import Holder, fill_in, name_readers
from app.trips.documents.sealing import DocumentWords
from app.trips.models import AdultRole, TaskKind
from app.trips.papers import printing
from app.trips.papers.facts import TripFacts
from app.trips.papers.making import make_paper
from app.trips.papers.models import PaperKind
from app.trips.tasks.operations import TaskWords, add_task

_HOUR = timedelta(hours=1)
_NOWHERE = "330000"  # the province itself: such a number of an identity card was never given to anybody
_ON_THE_CARD = printing.Contacts(
    on_duty="苏小禾 13700000021，昼夜都在",
    protection="陈志远 0577-6200 1188",
    hospital="锡林浩特市医院急诊，离住处 3 公里",
    insurance="青少年出行意外险，保单 演示-0001",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def prepare_last_summer(desk: ExchangeDesk, camp: Programme, at: datetime) -> None:
    """See to everything in time."""
    list_tasks(desk, camp, TaskKind, since=at - 158 * DAY, at=at)
    own, guests = camp.sides
    adults = (
        *(checked(one, at - 140 * DAY) for one in _own_adults(desk, own)),
        checked(_adult("古丽巴哈尔·阿不都", Gender.FEMALE, AdultRole.TEACHER, side=guests), at - 140 * DAY),
        checked(_adult("尤努斯·卡哈尔", Gender.MALE, AdultRole.NIGHT, side=guests), at - 140 * DAY),
    )
    travel_along(desk, camp, adults, ("石桥组", "纸灯组", "古道组"), seats=19, at=at - 118 * DAY)


def prepare_winter(desk: ExchangeDesk, camp: Programme, at: datetime) -> None:
    """See to some of it: the emergency plan is late, and nobody has looked up the driver's record."""
    list_tasks(desk, camp, (TaskKind.PLAN, TaskKind.TRANSPORT), since=at - 19 * DAY, at=at)
    meeting = TaskWords("行前家长会", camp.starts_on - 5 * DAY, desk.colleague, "发厚衣物清单，认识领队。")
    add_task(camp.id, meeting, by=desk.by, at=at - 19 * DAY)
    own = camp.sides[0]
    adults = (
        *(checked(one, at) for one in _own_adults(desk, own)),
        _adult("朝鲁", Gender.MALE, AdultRole.DRIVER),
    )
    travel_along(desk, camp, adults, ("骏马组", "云雀组"), seats=9, at=at - 20 * _HOUR)
    name_readers(camp.id, [desk.by, desk.colleague], by=desk.by, at=at - 19 * _HOUR)
    printing.write_contacts(camp.id, _ON_THE_CARD, by=desk.colleague, at=at - 19 * _HOUR)
    _print_roster(desk, camp, at=at - 18 * _HOUR)


def _print_roster(desk: ExchangeDesk, camp: Programme, *, at: datetime) -> None:
    facts = TripFacts(camp)
    paper = make_paper(PaperKind.ROSTER, facts, printing.contacts_of(camp.id))
    taken = printing.TakenOut("print", "发给带队老师", facts.whose())
    printing.note_print(camp.id, paper, taken, by=desk.colleague, at=at)


def hand_in_documents(confirmed: Sequence[Application], at: datetime) -> None:
    """Let the families of some, by the guardian's link, say with which document they travel."""
    for number, one in enumerate(confirmed, start=1):
        words = _document(one.person, number)
        fill_in(Holder(one.programme_id, one.person_id), words, by=None, at=at + number * _HOUR / 6)


def _own_adults(desk: ExchangeDesk, own: Side) -> tuple[AdultWords, ...]:
    leader = AdultWords(
        user_id=desk.colleague, side_id=own.id, phone="13700000021", roles=(AdultRole.LEADER,), gender=Gender.FEMALE
    )
    return (
        leader,
        replace(_adult("韩立群", Gender.MALE, AdultRole.TEACHER, AdultRole.NIGHT, side=own), phone="13700000022"),
        replace(_adult("沈玉兰", Gender.FEMALE, AdultRole.DOCTOR, side=own), phone="13700000023"),
    )


def _adult(name: str, gender: Gender, *roles: AdultRole, side: Side | None = None) -> AdultWords:
    return AdultWords(name=name, side_id=side.id if side else None, roles=roles, gender=gender)


def _document(person: Person, number: int) -> DocumentWords:
    order = 2 * number + (person.gender is Gender.MALE)
    digits = f"{_NOWHERE}{person.born_on:%Y%m%d}{order:03}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    card = DocumentKind.IDENTITY_CARD
    return DocumentWords(card, digits + "10X98765432"[total % 11], person.name, person.born_on, person.gender)
