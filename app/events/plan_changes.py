"""What organisers do when plans change: announce, rain, postpone, call off."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events import announcing, queries
from app.events.forms import NoticeForm, PostponeForm, ReasonForm
from app.events.models import Event
from app.events.registration.telling import how_many_to_tell

bp = Blueprint("plan_changes", __name__, url_prefix="/desk")


@bp.route("/events/<int:event_id>/notice", methods=["GET", "POST"])
@allow(Role.STAFF)
def announce(event_id: int) -> ResponseReturnValue:
    """Say something on top of the event's page, or take it away again."""
    event = _event(event_id)
    form = NoticeForm(data={"notice": event.notice})
    if form.validate_on_submit():
        transact(announcing.announce, event_id, form.notice.data, by=principal().actor, at=now())
        flash(_("The notice is on the event's page.") if form.notice.data else _("The notice is gone."), "pine")
        return _back(event_id)
    return render_template("events/notice.html", form=form, event=event), form.status


@bp.post("/events/<int:event_id>/rain")
@allow(Role.STAFF)
def begin_rain_plan(event_id: int) -> ResponseReturnValue:
    """Let the rain plan hold."""
    return _act(announcing.begin_rain_plan, event_id, _("The rain plan holds. Everyone who opens the event reads it."))


@bp.post("/events/<int:event_id>/rain/end")
@allow(Role.STAFF)
def end_rain_plan(event_id: int) -> ResponseReturnValue:
    """Take the rain plan back."""
    return _act(announcing.end_rain_plan, event_id, _("Everything is as planned again."))


@bp.route("/events/<int:event_id>/postponement", methods=["GET", "POST"])
@allow(Role.STAFF)
def postpone(event_id: int) -> ResponseReturnValue:
    """Move a whole event to another time; everybody keeps the place and the code."""
    event = _event(event_id)
    form = PostponeForm(data={"starts_at": event.starts_at})
    page = {"event": event, "slot": None, "form": form}
    if form.validate_on_submit() and _moved(form, announcing.postpone_event, event_id):
        return _back(event_id)
    return render_template("events/postpone.html", **page), form.status


@bp.route("/slots/<int:slot_id>/postponement", methods=["GET", "POST"])
@allow(Role.STAFF)
def postpone_slot(slot_id: int) -> ResponseReturnValue:
    """Move one session or shift to another time."""
    slot = get_or_404(queries.slots_run_by(principal()), slot_id)
    form = PostponeForm(data={"starts_at": slot.starts_at})
    page = {"event": slot.event, "slot": slot, "form": form}
    if form.validate_on_submit() and _moved(form, announcing.postpone_slot, slot_id):
        return _back(slot.event_id)
    return render_template("events/postpone.html", **page), form.status


@bp.route("/events/<int:event_id>/cancellation", methods=["GET", "POST"])
@allow(Role.STAFF)
def cancel(event_id: int) -> ResponseReturnValue:
    """Call the event off, with a reason that everyone reads."""
    event = _event(event_id)
    form = ReasonForm()
    if form.validate_on_submit():
        transact(announcing.cancel_event, event_id, form.reason.data, by=principal().actor, at=now())
        flash(_("The event is cancelled. Everybody who has a place is told now."), "pine")
        return _back(event_id)
    people = how_many_to_tell(event, at=now())
    return render_template("events/cancel.html", form=form, event=event, people=people), form.status


@bp.post("/events/<int:event_id>/resumption")
@allow(Role.STAFF)
def resume(event_id: int) -> ResponseReturnValue:
    """Take a cancellation back."""
    return _act(announcing.resume_event, event_id, _("The event takes place again."))


def _act(operation: Callable[..., Event], event_id: int, done: str) -> ResponseReturnValue:
    _event(event_id)
    try:
        transact(operation, event_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(done, "pine")
    return _back(event_id)


def _moved(form: PostponeForm, operation: Callable[..., Any], row_id: int) -> bool:
    try:
        transact(operation, row_id, form.starts_at.data, form.reason.data, by=principal().actor, at=now())
    except Problem as problem:
        form.refuse(problem)
        return False
    flash(_("Moved. Everybody keeps the place and the code, and reads the new time."), "pine")
    return True


def _back(event_id: int) -> ResponseReturnValue:
    """Go on where the change can be copied for the chat groups."""
    return redirect(url_for("event_pages.show", event_id=event_id, changed=1, _anchor="share"), 303)


def _event(event_id: int) -> Event:
    return get_or_404(queries.events_run_by(principal()), event_id)
