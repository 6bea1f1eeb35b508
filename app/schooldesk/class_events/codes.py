"""班级码: staff at the door opens it and checks in whoever of the class is there; a parent answers for a child."""

from hmac import compare_digest
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from app.checkin.models import Attendance
from app.checkin.operations import check_in
from app.core.access import Role, allow, principal
from app.core.clock import local_day, now
from app.core.crypto import derived_code
from app.core.db import db, transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.links import scannable
from app.core.qr import qr_png
from app.events.models import PLACED, Event, Registration, RegistrationState, Slot
from app.people.models import Person, SchoolClass
from app.schooldesk.class_queries import ids_of
from app.schooldesk.classes import own_class

bp = Blueprint("class_codes", __name__)
_PURPOSE, _LENGTH = "class code", 10  # 50 random bits


@bp.route("/K/<int:class_id>/<int:event_id>/<code>/door", methods=["GET", "POST"])
@allow(Role.STAFF, Role.MANAGER)
def door(class_id: int, event_id: int, code: str) -> ResponseReturnValue:
    """Who of the class has a place today: the missing are unticked, the others checked in at once."""
    one, event = class_and_event(class_id, event_id, code)
    if not is_host(event):
        abort(404)
    guests = db.session.scalars(_guests(one, event)).all()
    arrived = _arrived([guest.id for guest in guests])
    if request.method == "POST":
        wanted = {read_id_or_none(number) for number in request.form.getlist("registration")}
        _check_in([guest for guest in guests if guest.id in wanted and guest.id not in arrived])
        return redirect(url_for(".door", **address_of(class_id, event_id)), 303)
    held = {guest.id for guest in guests if guest.state is RegistrationState.HELD}
    page = {"one": one, "event": event, "guests": guests, "arrived": arrived, "held": held}
    return render_template("schooldesk/door.html", **page)


@bp.get("/school/classes/<int:class_id>/events/<int:event_id>/code.png")
@allow(Role.SCHOOL)
def image(class_id: int, event_id: int) -> ResponseReturnValue:
    """The code as a picture: one for the chat group and for the door."""
    one = own_class(class_id)
    get_or_404(select(Event).where(Event.published_at.is_not(None)), event_id)
    picture = qr_png(scannable("class_links.open_link", **address_of(one.id, event_id)))
    return picture, {"Content-Type": "image/png", "Cache-Control": "no-store"}


def address_of(class_id: int, event_id: int) -> dict[str, Any]:
    """Return what stands in the address of a class's code for an event; the last of it nobody can guess."""
    code = derived_code(_PURPOSE, f"{class_id}:{event_id}", _LENGTH)
    return {"class_id": class_id, "event_id": event_id, "code": code}


def _check_in(coming: list[Registration]) -> None:
    by, at = principal().actor, now()
    judged = [transact(check_in, guest.id, by=by, at=at) for guest in coming]
    count = sum(one.arrived_at is not None for one in judged)
    flash(ngettext("%(num)d pupil is checked in.", "%(num)d pupils are checked in.", count), "pine")


def class_and_event(class_id: int, event_id: int, code: str) -> tuple[SchoolClass, Event]:
    """Return what a code is of; 404 for a wrong one."""
    if not compare_digest(code.upper().encode(), address_of(class_id, event_id)["code"].encode()):
        abort(404)
    one = get_or_404(select(SchoolClass), class_id)
    return one, get_or_404(select(Event).where(Event.published_at.is_not(None)), event_id)


def is_host(event: Event) -> bool:
    """Return whether somebody of the host asks."""
    return event.host_id in principal().units(Role.STAFF) | principal().units(Role.MANAGER)


def _guests(one: SchoolClass, event: Event) -> Select[Registration]:
    """Return who of the class has a place in what is on today, whatever the class was called at the sign-up."""
    today = local_day(now())
    slots = [slot.id for slot in event.slots if local_day(slot.starts_at) <= today <= local_day(slot.ends_at)]
    return (
        select(Registration)
        .join(Registration.slot)
        .join(Registration.person)
        .where(
            Slot.id.in_(slots),
            Registration.school_id == one.school_id,
            Registration.person_id.in_(ids_of(one)),
            Registration.state.in_(PLACED),
        )
        .options(contains_eager(Registration.slot), contains_eager(Registration.person))
        .order_by(Slot.starts_at, Person.name_pinyin, Registration.id)
    )


def _arrived(registration_ids: list[int]) -> frozenset[int]:
    there = select(Attendance.registration_id).where(
        Attendance.registration_id.in_(registration_ids), Attendance.arrived_at.is_not(None)
    )
    return frozenset(db.session.scalars(there))
