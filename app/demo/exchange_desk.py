"""What the demo county's exchanges have in common: who sets them up, and the steps from a side to a confirmed place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.care.consents.answering import Said, answer, typed_guardian
from app.care.consents.proving import confirm_by_call
from app.core.clock import local_day
from app.demo.families import Entrant
from app.demo.people import likely_gender
from app.demo.units import Unit
from app.people.ages import age_on
from app.people.consents.models import GuardianRelation, Purpose
from app.people.consents.scopes import programme_scope
from app.programmes import itinerary, planning, sides
from app.programmes.applications import applying
from app.programmes.applications.deciding import Decision, Verdict, decide
from app.programmes.itinerary import ItemWords
from app.programmes.models import Application, Programme, Side
from app.programmes.planning import ProgrammeWords
from app.programmes.sides import SideWords

DAY = timedelta(days=1)


@dataclass(frozen=True)
class ExchangeDesk:
    """Who sets it up, and with whom; ``working`` are who does the work of each unit, by its key."""

    units: Mapping[str, Unit]
    everybody: Sequence[Entrant]
    random: Random
    working: Mapping[str, int]
    by: int
    colleague: int

    def pupils(self, school: str, number: int, at: datetime) -> list[Entrant]:
        """Return some pupils between 11 and 17 whom their school has confirmed, always the same."""
        school_id, today = self.units[school].organisation.id, local_day(at)
        fitting = [
            one
            for one in self.everybody
            if one.enrolment
            and one.enrolment.school_id == school_id
            and one.enrolment.confirmed_at
            and 11 <= age_on(one.person.born_on, today) <= 17
        ]
        return fitting[:number]


def set_up(
    desk: ExchangeDesk,
    words: ProgrammeWords,
    partner: tuple[str, int],
    places: int,
    plan: Sequence[tuple[str, str]],
    at: datetime,
) -> tuple[Programme, Side, Side]:
    """Set a programme up with the centre's own side and a partner's and a plan, a day each, and publish it."""
    made = planning.create_programme(desk.units["centre"].organisation.id, words, by=desk.by, at=at)
    own = add_side(desk, made, "centre", places, at, until=at + 30 * DAY)
    guests = add_side(desk, made, partner[0], partner[1], at, until=at + 30 * DAY)
    for later, (from_time, what) in enumerate(plan):
        itinerary.add_item(made.id, ItemWords(words.starts_on + later * DAY, from_time, what, None))
    planning.publish(made.id, by=desk.by, at=at + DAY)
    return made, own, guests


def add_side(
    desk: ExchangeDesk, programme: Programme, unit: str, places: int, at: datetime, *, until: datetime
) -> Side:
    """Let a unit take part with so many places."""
    its = desk.units[unit]
    words = SideWords(its.organisation.id, "", places, its.contact, at, until)
    return sides.add_side(programme.id, words, by=desk.by, at=at)


def nominate(
    desk: ExchangeDesk, side: Side, shares: Mapping[str, int], at: datetime, *, first: Entrant | None = None
) -> list[Application]:
    """Let schools recommend as many as they have shares."""
    schools = {key: desk.units[key].organisation.id for key in shares}
    sides.set_quotas(side.id, {schools[key]: number for key, number in shares.items()}, by=desk.by, at=at)
    made: list[Application] = []
    for quota in side.quotas:
        key = next(key for key, number in schools.items() if number == quota.school_id)
        pupils = [one.person.id for one in desk.pupils(key, quota.places, at)]
        if first and key == "first":
            pupils = [first.person.id, *pupils[: quota.places - 1]]
        made += applying.nominate(quota.id, pupils, "学习踏实，愿意交朋友。", by=desk.by, at=at)
    for one in made:
        one.person.gender = one.person.gender or likely_gender(one.person.name)
    return made


def accept(programme: Programme, ones: Sequence[Application], by: int, at: datetime) -> None:
    """Give people a place."""
    decide(programme.id, [one.id for one in ones], Decision(Verdict.ACCEPT), by=by, at=at)


def confirm(one: Application, by: int, at: datetime) -> None:
    """Let a guardian agree by the link, and the teacher call an hour later."""
    guardian = typed_guardian(one.person_id, f"{one.person.name[:1]}女士", GuardianRelation.MOTHER, at=at)
    scope, purposes = programme_scope(one.programme_id), one.side.programme.purposes
    said = dict.fromkeys(purposes, True) | {Purpose.TAKING_PART: True}
    answer(Said(one.person_id, scope, said), guardian, at=at)
    confirm_by_call(one.person_id, scope, guardian.id, at, by=by, at=at + timedelta(hours=1))
