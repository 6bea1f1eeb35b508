"""What happened at the demo county's doors: phones, scans, corrections, and the papers afterwards."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select

from app.certificates.operations import issue, revoke
from app.checkin.models import Source
from app.checkin.operations import Gate, close_device, correct, open_device, report_scans
from app.checkin.taking_in import Seen
from app.core.clock import local_day, start_of_day
from app.core.codes import new_code
from app.core.db import db
from app.demo.events import Idea
from app.events.models import PLACED, Event, Registration, RegistrationState, Slot

_BEFORE = timedelta(minutes=50)
_CAME, _CAME_SO_FAR = 0.87, 0.6
_ON_PAPER = "手机没电了，签到表上有本人签名"
_MISTAKEN = "同行的同学代扫，本人没有来"
_SPOILED = "打印时纸张损坏，已另发一张"
_OFTEN_SPOILED = 20  # in such a pile


def open_doors(random: Random, event: Event, family: set[int], *, by: int, at: datetime) -> None:
    """Let people arrive at an event that has begun; ``family`` are the ids of those who always came."""
    if event.is_cancelled or event.starts_at > at:
        return
    lost, _token = open_device(event.id, by=by, at=event.starts_at - _BEFORE)
    device, _token = open_device(event.id, by=by, at=event.starts_at - _BEFORE)
    close_device(lost.id, at=event.starts_at)
    gate = Gate(device.id, event.id, device.opened_at)
    for slot in event.slots:
        if slot.starts_at < at:
            over = slot.ends_at <= at
            places = _places(slot)
            report_scans(gate, list(_scans(random, slot, places, family, at)), at=min(at, slot.ends_at))
            if over:
                _put_right(random, slot, places, by, at)


def hand_out(idea: Idea, event: Event, family: set[int], *, by: int, at: datetime) -> None:
    """Issue the papers of an event that is over; a spoiled one, never the printed family's, is issued anew."""
    moment = event.ends_at + timedelta(days=3)
    if not idea.papers or moment >= at:
        return
    certificates = issue(event.id, by=by, at=moment)
    others = [one for one in certificates if one.registration.person_id not in family]
    if len(others) > _OFTEN_SPOILED:
        revoke(others[-1].id, _SPOILED, by=by, at=moment + timedelta(hours=1))
        issue(event.id, by=by, at=moment + timedelta(hours=2))


def _places(slot: Slot) -> Sequence[Registration]:
    active = Registration.state.in_(PLACED)
    statement = select(Registration).where(Registration.slot_id == slot.id, active).order_by(Registration.id)
    return db.session.scalars(statement).all()


def _scans(
    random: Random, slot: Slot, places: Sequence[Registration], family: set[int], at: datetime
) -> Iterator[Seen]:
    """Yield what the phone at the door saw: most people once, some twice, and now and then a code of nobody's."""
    over = slot.ends_at <= at
    first = start_of_day(local_day(slot.starts_at))  # a code counts on its day
    for place in places:
        comes = over if place.person_id in family else random.random() < (_CAME if over else _CAME_SO_FAR)
        moment = max(slot.starts_at + timedelta(minutes=random.randint(-25, 30)), first)
        if comes and (over or moment < at):
            yield _seen(random, place.code, min(moment, at))
            if random.random() < 0.04:
                yield _seen(random, place.code, min(moment + timedelta(minutes=1), at))
    yield _seen(random, new_code(), min(slot.starts_at, at))


def _seen(random: Random, code: str, moment: datetime) -> Seen:
    key = UUID(int=random.getrandbits(128), version=4)
    return Seen(key, code, None, moment, random.choices((Source.CAMERA, Source.TYPED), (12, 1))[0])


def _put_right(random: Random, slot: Slot, places: Sequence[Registration], by: int, at: datetime) -> None:
    confirmed = [one for one in places if one.state is RegistrationState.CONFIRMED]
    afterwards = min(at, slot.ends_at + timedelta(hours=2))
    for place, reason in zip(random.sample(confirmed, min(2, len(confirmed))), (_ON_PAPER, _MISTAKEN), strict=False):
        correct(place.id, slot.starts_at if reason is _ON_PAPER else None, reason, by=by, at=afterwards)
