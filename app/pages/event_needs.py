"""The organiser's pages of what has to be looked after: numbers for an event; one person's after saying what for."""

from datetime import datetime, timedelta

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.access import Role, allow, principal
from app.core.audit import UNMASKED, AccessEntry, note_access, note_look
from app.core.clock import now
from app.core.db import db, transact
from app.core.fields import LineField
from app.core.finding import get_or_404
from app.core.forms import Form, at_most, required
from app.events.models import Registration
from app.events.needs import count_needs, needs_at
from app.events.queries import events_run_by, registrations_run_by
from app.people.whose import whose
from app.people.words import DIET_WORDS, needs_in_words

bp = Blueprint("event_needs", __name__, url_prefix="/desk")

OPEN_FOR = timedelta(minutes=10)
_RECORD = "needs"  # in the access log


class PurposeForm(Form):
    """Why somebody wants to read what has to be looked after: it goes into the access log."""

    purpose = LineField(_l("What do you need it for?"), [required(), at_most(120)])


@bp.get("/events/<int:event_id>/needs")
@allow(Role.STAFF)
def index(event_id: int) -> ResponseReturnValue:
    """How many of those who come have which needs; no names."""
    event = get_or_404(events_run_by(principal()), event_id)
    return render_template("pages/event_needs.html", event=event, counts=count_needs(event_id), diets=DIET_WORDS)


@bp.get("/registrations/<int:registration_id>/needs")
@allow(Role.STAFF)
def show(registration_id: int) -> ResponseReturnValue:
    """One person's needs, for ten minutes after saying what for."""
    return _show(_registration(registration_id), PurposeForm())


@bp.post("/registrations/<int:registration_id>/needs/unmasking")
@allow(Role.STAFF)
def unmask(registration_id: int) -> ResponseReturnValue:
    """Show them for ten minutes; who asked, when and what for is written down."""
    registration = _registration(registration_id)
    form = PurposeForm()
    if not form.validate_on_submit():
        return _show(registration, form)
    person, purpose, by = whose(registration.person), form.purpose.data, principal().actor
    transact(note_access, UNMASKED, _RECORD, registration_id, people=person, purpose=purpose, by=by, at=now())
    return redirect(url_for(".show", registration_id=registration_id), 303)


def _show(registration: Registration, form: PurposeForm) -> ResponseReturnValue:
    is_open = registration.is_active and _said_lately(registration.id, now())
    if is_open:
        note_look(_RECORD, registration.id, whose(registration.person))
    page = {
        "registration": registration,
        "is_open": is_open,
        "needs": needs_in_words(needs_at(registration)) if is_open else [],
    }
    response = make_response(render_template("pages/registration_needs.html", form=form, **page), form.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _said_lately(registration_id: int, at: datetime) -> bool:
    """Return whether whoever asks said lately what it is for."""
    said = select(AccessEntry.id).where(
        AccessEntry.at > at - OPEN_FOR,
        AccessEntry.user_id == principal().actor,
        AccessEntry.action == UNMASKED,
        AccessEntry.record == _RECORD,
        AccessEntry.record_id == registration_id,
    )
    return db.session.scalar(said.limit(1)) is not None


def _registration(registration_id: int) -> Registration:
    return get_or_404(registrations_run_by(principal()), registration_id)
