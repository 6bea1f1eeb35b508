"""The ways in, for tests that need some of everything: a lottery that was drawn, invitation links, places set aside."""

from datetime import timedelta

from sqlalchemy import update

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.events.models import Slot, WayIn
from app.events.ways import allotments, invitations
from app.organisations.models import Organisation
from tests.events.ways.lotteries import apply, draw, lottery_slot
from tests.factories import Factory


def way_places(make: Factory, host: Organisation, school: Organisation, staff: User) -> dict[str, str]:
    """Return what the places of addresses stand for."""
    event = make.event(host, title="名额怎么给", way_in=WayIn.INVITATION)
    at, slot_id, by = now(), event.slots[0].id, staff.id
    until = at + timedelta(days=2)
    link = make.do(invitations.invite, slot_id, "合唱团", 10, until, by=by, at=at)
    old = make.do(invitations.invite, slot_id, "去年的", 1, until, by=by, at=at)
    make.do(invitations.close, old.id, by=by, at=at)
    share = allotments.Share("雁南镇", (school.id,), 5, until)
    kept = make.do(allotments.allot, slot_id, share, by=by, at=at)
    spare = allotments.Share("雁北乡", (make.school().id,), 2, until)
    unused = make.do(allotments.allot, slot_id, spare, by=by, at=at)
    places = {"lot": drawn(make, lottery_slot(make, event, title="抽签场")), "invited_slot": slot_id}
    places |= {"link": link.id, "allotment": kept.id, "spare_allotment": unused.id}
    return {name: str(number) for name, number in places.items()} | {"guest_code": link.code}


def drawn(make: Factory, slot: Slot) -> int:
    """Let people apply for a lottery, close it and draw it; returns the slot's id."""
    for people in (1, 2, 1):
        apply(make, slot, people)
    slot_id, past = slot.id, now() - timedelta(minutes=1)
    draw(make, slot)
    change = update(Slot).where(Slot.id == slot_id).values(closes_at=past, draws_at=past)
    make.do(lambda: db.session.execute(change))
    return slot_id
