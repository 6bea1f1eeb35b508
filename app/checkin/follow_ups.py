"""Afterwards: thanks to those who came, and a question to those who did not, where the host wants that."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, cast, exists, literal, select
from sqlalchemy.orm import aliased, joinedload

from app.checkin.models import Attendance
from app.core.clock import local_day
from app.core.db import db
from app.events.models import Absence, AbsenceKind, Event, Registration, RegistrationState, Slot
from app.events.registration.telling import slot_facts
from app.messages.models import Message, MessageKind
from app.messages.plans import Plan, all_plans
from app.messages.sending import News, Reader, tell_all

BATCH = 500  # people in one transaction
_DAY = timedelta(days=1)
_other = aliased(Registration)
_AFTER = {MessageKind.THANKS: timedelta(), MessageKind.NO_SHOW: _DAY}  # the end


def slots_to_follow_up(kind: MessageKind, at: datetime) -> list[int]:
    """Return the slots whose guests are to be thanked (`THANKS`), or asked where they were (`NO_SHOW`), about now."""
    latest = at - _AFTER[kind]
    over = (
        select(Slot)
        .join(Slot.event)
        .where(Event.ends_at > latest - _DAY, Slot.ends_at > latest - _DAY, Slot.ends_at <= latest)
        .where(Event.published_at.is_not(None), Event.cancelled_at.is_(None))
        .options(joinedload(Slot.event, innerjoin=True))
        .order_by(Slot.ends_at, Slot.id)
    )
    plans = all_plans()
    return [slot.id for slot in db.session.scalars(over) if _wants(kind, plans.get(slot.event.host_id, Plan()))]


def follow_up(slot_id: int, kind: MessageKind, *, at: datetime) -> int:
    """Tell a batch of people who were not told yet; returns how many, 0 at the end.

    Nobody under 14 is asked where they were, and nobody at all where arrivals were not recorded.
    """
    slot = db.session.get_one(Slot, slot_id)
    event = slot.event
    name = literal(f"{kind}:") + cast(Registration.id, String)
    waiting = (
        select(Registration.id, Registration.person_id, name)
        .where(Registration.slot_id == slot_id, Registration.state == RegistrationState.CONFIRMED)
        .where(*_whom(kind, slot, at), ~exists().where(Message.once == name))
        .order_by(Registration.id)
        .limit(BATCH)
    )
    readers = [Reader(person_id, id_, once=once) for id_, person_id, once in db.session.execute(waiting)]
    facts = {"event": event.title, "contact": event.contact, **slot_facts(event, slot)}
    return tell_all(News(kind, event.host_id, facts, event.id), readers, at=at)


def _whom(kind: MessageKind, slot: Slot, at: datetime) -> list[ColumnElement[bool]]:
    came = exists().where(Attendance.registration_id == Registration.id)
    if kind is MessageKind.THANKS:
        return [came]
    here = select(Attendance.id).join(Attendance.registration.of_type(_other)).where(_other.slot_id == slot.id)
    excused = exists().where(Absence.registration_id == Registration.id, Absence.kind == AbsenceKind.EXCUSED)
    return [~came, here.exists(), ~excused, Registration.fourteen_on <= local_day(at)]


def _wants(kind: MessageKind, plan: Plan) -> bool:
    return plan.sends_thanks if kind is MessageKind.THANKS else plan.asks_after_no_shows
