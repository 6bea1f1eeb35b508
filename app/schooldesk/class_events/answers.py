"""同意 / 不参加 / 未回复: what the parents of a class have answered about an event."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from app.core.db import db
from app.events.models import OPEN, Event, Registration, RegistrationState, Slot
from app.events.registration.consenting import of_programme
from app.events.registration.scopes import programme_scope_of, scope_of
from app.people.consents.models import Answer, Consent, ConsentInForce, Guardian, Purpose
from app.people.consents.scopes import PROGRAMME
from app.people.models import Enrolment, Person, SchoolClass
from app.people.queries import about_any_of, kept_record
from app.schooldesk.class_queries import ids_of, pupils_of
from app.schooldesk.rosters.guardians import roster_guardians

MOST_EVENTS = 30
Taken = Mapping[int, Sequence[Registration]]  # places by person


class Reply(StrEnum):
    """What a family said, in the order of the page: whom to call comes first."""

    SILENT = "silent"
    UNPROVEN = "unproven"  # said yes, and nobody knows who it was
    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class Row:
    """A pupil on a class's page of an event."""

    pupil: Enrolment
    reply: Reply
    places: Sequence[Registration]
    guardians: Sequence[Guardian]


def rows_of(one: SchoolClass, event: Event) -> list[Row]:
    """Return the pupils of a class with what their parents answered about an event, and their places; whom to call
    first, then by name."""
    pupils = db.session.scalars(pupils_of(one)).all()
    ids = [pupil.person_id for pupil in pupils]
    taken = _places(ids, event)
    replies = _replies(ids, event) | _replies_inside(event, ids, taken)
    guardians = roster_guardians(one.school_id, ids)
    rows = [
        Row(
            pupil,
            _reply(replies.get(pupil.person_id), taken.get(pupil.person_id, ())),
            taken.get(pupil.person_id, ()),
            guardians.get(pupil.person_id, ()),
        )
        for pupil in pupils
    ]
    order = list(Reply)
    return sorted(rows, key=lambda row: order.index(row.reply))


def counts_of(rows: Iterable[Row]) -> Mapping[Reply, int]:
    """Return how many gave each answer."""
    counts = dict.fromkeys(Reply, 0)
    for row in rows:
        counts[row.reply] += 1
    return counts


@dataclass(frozen=True)
class Coming:
    """An event in a class's list, and when it goes on: of a series the next date."""

    event: Event
    next_at: datetime


def events_open_to_classes(at: datetime) -> list[Coming]:
    """Return the published events that a class may still be signed up for, the soonest first."""
    is_open = select(Slot.event_id).where(Slot.closes_at > at, Slot.opens_at <= at)
    coming = (Event.published_at.is_not(None), Event.cancelled_at.is_(None), Event.id.in_(is_open))
    return _coming(select(Event).where(*coming), at)[:MOST_EVENTS]


def events_of_class(one: SchoolClass, at: datetime) -> list[Coming]:
    """Return the events to come in which pupils of a class have places, or wait for one, the soonest first."""
    taken = (
        select(Slot.event_id)
        .join(Registration, Registration.slot_id == Slot.id)
        .where(
            Registration.school_id == one.school_id,
            Registration.person_id.in_(ids_of(one)),
            Registration.state.in_(OPEN),
            Slot.ends_at > at,
        )
    )
    return _coming(select(Event).where(Event.id.in_(taken)), at)


def _coming(events: Select[Event], at: datetime) -> list[Coming]:
    ahead = select(Slot.event_id, func.min(Slot.starts_at).label("at")).where(Slot.ends_at > at).group_by(Slot.event_id)
    dates = ahead.subquery()
    found = events.join(dates, dates.c.event_id == Event.id).add_columns(dates.c.at).order_by(dates.c.at, Event.id)
    return [Coming(event, next_at) for event, next_at in db.session.execute(found)]


def _reply(said: Reply | None, places: Sequence[Registration]) -> Reply:
    """Return what a family said; a yes that was enough for all places needs no call."""
    is_enough = said is Reply.UNPROVEN and places and all(one.state is RegistrationState.CONFIRMED for one in places)
    return Reply.YES if is_enough else said or Reply.SILENT


def _replies(person_ids: Sequence[int], event: Event) -> dict[int, Reply]:
    """Return what is in force, and where nothing is, whether somebody has said no."""
    scopes = {scope_of(slot) for slot in event.slots}
    answers = select(kept_record(), Consent.answer).join(Person, Person.id == Consent.person_id)
    said = (about_any_of(person_ids), Consent.scope.in_(scopes), Consent.purpose == Purpose.TAKING_PART)
    found: dict[int, Reply] = {}
    for person_id, answer in db.session.execute(answers.where(*said).order_by(Consent.id)):
        found[person_id] = Reply.UNPROVEN if answer is Answer.YES else Reply.NO
    in_force = (ConsentInForce.person_id.in_(person_ids), ConsentInForce.scope.in_(scopes))
    for holds in db.session.scalars(select(ConsentInForce).where(*in_force)):
        found[holds.person_id] = Reply.YES if holds.is_proven else Reply.UNPROVEN
    return found


def _replies_inside(event: Event, person_ids: Sequence[int], taken: Taken) -> dict[int, Reply]:
    """Return what was said to the programme in which an event happens, of those whose places all lean on that."""
    slot = next((one for one in event.slots if programme_scope_of(one)), None)
    leaning = [one for one in person_ids if one in taken and all(_is_by_programme(place) for place in taken[one])]
    held = of_programme(slot, leaning) if slot else ()
    return {one.person_id: Reply.YES if one.is_proven else Reply.UNPROVEN for one in held}


def _is_by_programme(one: Registration) -> bool:
    return one.consent_scope is not None and one.consent_scope.startswith(PROGRAMME)


def _places(person_ids: Sequence[int], event: Event) -> dict[int, list[Registration]]:
    taken = (
        select(Registration)
        .join(Registration.slot)
        .where(Slot.event_id == event.id, Registration.person_id.in_(person_ids), Registration.state.in_(OPEN))
        .options(contains_eager(Registration.slot))
        .order_by(Registration.id)
    )
    found: dict[int, list[Registration]] = {}
    for registration in db.session.scalars(taken):
        found.setdefault(registration.person_id, []).append(registration)
    return found
