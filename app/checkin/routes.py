"""The door, for signed-in staff: the scanner page, a person's code opened in a browser, corrections."""

from datetime import datetime
from uuid import uuid4

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select, select

from app.checkin import operations, queries, telling
from app.checkin.forms import CommentForm, CorrectionForm
from app.checkin.models import COUNTS
from app.checkin.verdicts import words
from app.core.access import Role, allow, principal, public
from app.core.audit import note_look
from app.core.clock import now
from app.core.codes import read_code
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.core.headers import allow_wasm
from app.core.problems import Problem
from app.events.acts.comments import comments_on
from app.events.acts.substituting import can_be_replaced
from app.events.former_codes import where_former_codes_lead
from app.events.leave.leaving import absence_of
from app.events.models import Registration, Slot
from app.events.queries import events_run_by, registrations_run_by, with_event
from app.messages.deliveries import troubles_with
from app.messages.queries import messages_about
from app.messages.words import KIND_WORDS
from app.people.queries import acts_for
from app.people.whose import whose
from app.people.words import GENDER_WORDS
from app.people.words import KIND_WORDS as PERSON_KINDS

bp = Blueprint("checkin", __name__)


@bp.get("/desk/events/<int:event_id>/scanner")
@allow(Role.STAFF)
def scanner(event_id: int) -> ResponseReturnValue:
    """The scanner."""
    event = get_or_404(events_run_by(principal()), event_id)
    allow_wasm()
    return render_template("checkin/scanner.html", event=event, counts=queries.head_counts(event_id))


@bp.post("/desk/events/<int:event_id>/devices")
@allow(Role.STAFF)
def open_device(event_id: int) -> ResponseReturnValue:
    """Make this phone a device of the event; from here on it works with its token alone."""
    get_or_404(events_run_by(principal()), event_id)
    device, token = transact(operations.open_device, event_id, by=principal().actor, at=now())
    answer = {"token": token, "device_id": device.id, "expires_at": device.expires_at.isoformat()}
    return answer, {"Cache-Control": "no-store"}


@bp.post("/desk/devices/<int:device_id>/closing")
@allow(Role.STAFF)
def close_device(device_id: int) -> ResponseReturnValue:
    """Close a phone at the door."""
    device = get_or_404(queries.devices_run_by(principal()), device_id)
    transact(operations.close_device, device_id, at=now())
    flash(_("The phone is closed. What it had recorded stays."), "pine")
    return redirect(url_for("event_pages.show", event_id=device.event_id), 303)


@bp.get("/P/<code>")
@public
def show_person(code: str) -> ResponseReturnValue:
    """What a phone's own camera opens. Staff see the person and one button; a stranger sees no name."""
    registration = _by_code(code)
    user_id = principal().user_id
    if user_id and registration.slot.event.host_id in principal().units(Role.STAFF):
        return redirect(url_for(".person", registration_id=registration.id))
    if user_id and acts_for(user_id, registration.person_id):
        return redirect(url_for("events.show_code", registration_id=registration.id))
    return render_template("checkin/stranger.html", event=registration.slot.event)


@bp.get("/desk/registrations/<int:registration_id>")
@allow(Role.STAFF)
def person(registration_id: int) -> ResponseReturnValue:
    """One person of an event, for its staff: check in, or put right."""
    registration = get_or_404(registrations_run_by(principal()), registration_id)
    note_look("registration", registration_id, whose(registration.person))
    arrived_at = queries.arrivals([registration_id]).get(registration_id)
    history = queries.history(registration_id)
    page = {
        "registration": registration,
        "is_over": registration.slot.ends_at <= now(),
        "arrived_at": arrived_at,
        "history": history,
        "form": CorrectionForm(),
        "comments": comments_on(registration_id),
        "comment_form": CommentForm(),
        "key": uuid4().hex,
        "can_be_replaced": can_be_replaced(registration, now()),
        "messages": messages_about(registration.person_id, registration.slot.event_id),
        "message_kinds": KIND_WORDS,
        "may_get_code": telling.has_a_code(registration, now()),
        "absence": absence_of(registration_id),
        "profile_words": (GENDER_WORDS, PERSON_KINDS),
        "troubles": troubles_with(registration.person_id, registration.slot.event_id),
    }
    return render_template("checkin/person.html", **page)


@bp.post("/desk/registrations/<int:registration_id>/arrival")
@allow(Role.STAFF)
def check_in(registration_id: int) -> ResponseReturnValue:
    """Check one person in by hand."""
    get_or_404(registrations_run_by(principal()), registration_id)
    judged = transact(operations.check_in, registration_id, by=principal().actor, at=now())
    tone = "pine" if judged.verdict in COUNTS else "gold"
    flash(words(judged.verdict, judged.guest, judged.arrived_at), tone)
    return redirect(_back_to(registration_id), 303)


@bp.post("/desk/events/<int:event_id>/codes")
@allow(Role.STAFF)
def check_in_by_code(event_id: int) -> ResponseReturnValue:
    """Check in whoever's code was typed, where no script runs: an address would keep the code."""
    get_or_404(events_run_by(principal()), event_id)
    code = read_code(request.form.get("code", ""))
    found = _of_code(registrations_run_by(principal()).where(Slot.event_id == event_id), code) if code else None
    if found is None:
        flash(_("This is not an entry code of this event. Please look again."), "bad")
        return redirect(url_for(".scanner", event_id=event_id), 303)
    return check_in(found.id)


@bp.post("/desk/registrations/<int:registration_id>/correction")
@allow(Role.STAFF)
def correct(registration_id: int) -> ResponseReturnValue:
    """Put attendance right: was here after all, or was not."""
    registration = get_or_404(registrations_run_by(principal()), registration_id)
    form = CorrectionForm()
    if not form.validate_on_submit():
        flash(_("Please say why; it is kept with the record."), "bad")
        return redirect(_back_to(registration_id), 303)
    arrived_at = _probable_arrival(registration) if form.was_here else None
    try:
        transact(operations.correct, registration_id, arrived_at, form.reason.data, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Corrected."), "pine")
    return redirect(_back_to(registration_id), 303)


@bp.post("/desk/registrations/<int:registration_id>/code")
@allow(Role.STAFF)
def send_code(registration_id: int) -> ResponseReturnValue:
    """Send somebody the entry code once more."""
    get_or_404(registrations_run_by(principal()), registration_id)
    try:
        was_sent = transact(telling.send_code, registration_id, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        sent, known = _("The entry code is in the messages."), _("It was sent a moment ago.")
        flash(sent if was_sent else known, "pine" if was_sent else "gold")
    return redirect(_back_to(registration_id), 303)


def _probable_arrival(registration: Registration) -> datetime:
    """Return the beginning of the slot, or now if that is still to come: nobody remembers the minute."""
    return min(now(), max(registration.slot.starts_at, registration.registered_at))


def _by_code(code: str) -> Registration:
    read = read_code(code)
    if read is None:
        abort(404)
    return _of_code(with_event(select(Registration)), read) or abort(404)


def _of_code(visible: Select[Registration], code: str) -> Registration | None:
    registration = db.session.scalar(visible.where(Registration.code == code))
    if registration is None:
        former = where_former_codes_lead([code]).get(code)
        registration = db.session.scalar(visible.where(Registration.id == former)) if former else None
    return registration


def _back_to(registration_id: int) -> str:
    return url_for(".person", registration_id=registration_id)
