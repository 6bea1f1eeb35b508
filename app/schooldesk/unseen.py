"""The school's page of which of its own pupils have not seen what is urgent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.announcements.following_up import note_not_told, note_told, open_phones
from app.announcements.notices import Scope, events_told_urgently, tallies_of_school, urgent_messages_of_school
from app.announcements.unseen_desk import Paths, not_kept, way_back
from app.announcements.unseen_page import unseen_page
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.events.models import Event
from app.messages.models import Message
from app.organisations.models import Organisation
from app.schooldesk.routes import the_school

bp = Blueprint("pupils_unseen", __name__, url_prefix="/school")
MOST = 20  # events; what was urgent longer ago is no longer


@bp.get("/unseen")
@allow(Role.SCHOOL)
def index() -> ResponseReturnValue:
    """The events of which the school's own pupils were told something urgent."""
    school = the_school()
    latest = events_told_urgently(school.id).order_by(Event.starts_at.desc(), Event.id.desc()).limit(MOST)
    events = db.session.scalars(latest).all()
    tallies = tallies_of_school(school.id, events)
    return render_template("schooldesk/unseen_events.html", school=school, events=events, tallies=tallies)


@bp.get("/events/<int:event_id>/unseen")
@allow(Role.SCHOOL)
def show(event_id: int) -> ResponseReturnValue:
    """Which of the school's own pupils do not know yet, by class, and whom to call."""
    school, event = the_school(), _event(event_id)
    page = unseen_page(Scope(event_id, school.id), request.args, by=principal().actor, at=now())
    paths = Paths(bp.name, event_id, school.id)
    return not_kept(render_template("schooldesk/unseen.html", school=school, event=event, page=page, paths=paths))


@bp.post("/events/<int:event_id>/unseen/phones")
@allow(Role.SCHOOL)
def show_phones(event_id: int) -> ResponseReturnValue:
    """Show the numbers; who asked is written down."""
    event, school = _event(event_id), the_school()
    transact(open_phones, Scope(event.id, school.id), by=principal().actor, at=now())
    return redirect(way_back(_page(school, event_id)), 303)


@bp.post("/messages/<int:message_id>/told")
@allow(Role.SCHOOL)
def tell(message_id: int) -> ResponseReturnValue:
    """已通知: somebody reached the pupil in another way."""
    row = _message(message_id)
    transact(note_told, message_id, by=principal().actor, at=now())
    flash(_("Noted. Was it a slip? Take it back under “Everybody”."), "pine")
    return redirect(way_back(_page(the_school(), row.event_id)), 303)


@bp.post("/messages/<int:message_id>/told/end")
@allow(Role.SCHOOL)
def untell(message_id: int) -> ResponseReturnValue:
    """Take that back."""
    row = _message(message_id)
    transact(note_not_told, message_id)
    return redirect(way_back(_page(the_school(), row.event_id)), 303)


def _page(school: Organisation, event_id: int | None) -> str:
    return url_for(".show", event_id=event_id, school=school.id)


def _event(event_id: int) -> Event:
    """Return an event of which own pupils were told something urgent."""
    return get_or_404(events_told_urgently(the_school().id), event_id)


def _message(message_id: int) -> Message:
    return get_or_404(urgent_messages_of_school(the_school().id), message_id)
