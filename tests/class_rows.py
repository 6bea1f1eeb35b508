"""A class with its list and a claim slip, for tests that walk over everything."""

from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.events.models import Event
from app.people.consents.models import GuardianRelation
from app.people.models import SchoolClass
from app.schooldesk.claims.slips import code_of, make_slips
from app.schooldesk.class_events.codes import address_of
from app.schooldesk.class_events.reminding import remind
from app.schooldesk.class_events.replying import Heard, hear
from app.schooldesk.models import ClaimSlip
from app.schooldesk.rosters.models import RosterImport
from app.schooldesk.transfers.operations import Newcomer, ask
from app.schooldesk.years.rolling_over import roll_over
from tests.factories import Factory, born
from tests.rosters import entered, typed


def class_rows(make: Factory, one: SchoolClass, by: int, event: Event) -> dict[str, str]:
    """Enter a pupil of a class, print a slip, remind the class of an event, have a stranger answer, close a year in
    which nothing moves, and ask for pupils from here and from there; returns the places of addresses."""
    taken = entered(make, one, typed("钱多多", phone="13800138009"), key=f"rows of {one.id}", by=by)
    slip = make.do(_slip, one.id, taken.id, by)
    make.do(remind, one.id, event.id, 1, by=by, at=now())
    unknown = Heard("钱小小", "13800138009", None, {}, "钱大大", GuardianRelation.FATHER)
    make.do(hear, one.id, event.id, unknown, at=now())
    year = make.do(roll_over, one.school_id, [], f"year of {one.school_id}", by=by, at=now())
    other = make.school()
    asked = make.do(ask, Newcomer("钱多多", born(10), one.school_id, "一班"), other.id, by=by, at=now())
    wish = make.do(ask, Newcomer("钱少少", born(10), other.id, one.name), one.school_id, by=by, at=now())
    with make.app.app_context():
        codes = {"claim_code": code_of(slip), "class_code": address_of(one.id, event.id)["code"]}
    places = {"import": taken.id, "roll_over": year.id, "transfer": asked.id, "wish": wish.id}
    return {name: str(value) for name, value in places.items()} | codes


def _slip(class_id: int, import_id: int, by: int) -> ClaimSlip:
    pupils = {item.person_id for item in db.session.get_one(RosterImport, import_id).items}
    make_slips(class_id, pupils, by=by, at=now())
    db.session.flush()
    return db.session.scalars(select(ClaimSlip).where(ClaimSlip.person_id.in_(pupils))).one()
