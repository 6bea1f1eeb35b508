"""What organisers do to events: set up, edit, publish, cancel."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.fields import choice
from app.core.finding import get_or_404
from app.core.paging import page_of, read_key
from app.core.problems import Problem
from app.events import planning, queries
from app.events.forms import (
    EventForm,
    NewEventForm,
    ReasonForm,
    SlotEditForm,
    event_values,
    first_slot_defaults,
    slot_values,
)
from app.events.models import Event, Slot
from app.organisations.queries import units

bp = Blueprint("event_desk", __name__, url_prefix="/desk")


@bp.get("/events")
@allow(Role.STAFF)
def index() -> ResponseReturnValue:
    """The events of the hosts one works for: what is on and to come, or what is over."""
    view = "over" if request.args.get("view") == "over" else "to_come"
    found = queries.desk_over if view == "over" else queries.desk_to_come
    events = found(principal(), now(), read_key(request.args.get("after")))
    page, following = page_of(events, queries.PAGE, lambda event: (event.starts_at, event.id))
    return render_template("events/desk.html", events=page, following=following, view=view, at=now())


@bp.route("/events/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def create() -> ResponseReturnValue:
    """Set up an event with its first slot, as a draft."""
    hosts = units(principal().units(Role.STAFF))
    form = NewEventForm(data=first_slot_defaults() | {"contact": hosts[0].phone or ""})
    form.host_id.choices = [choice(str(host.id), host.name) for host in hosts]
    if form.validate_on_submit():
        event = transact(
            planning.create_event,
            form.host_id.data,
            form.words(),
            form.plan(),
            by=principal().actor,
            at=now(),
        )
        flash(_("Saved as a draft. Read it over, then publish it."), "pine")
        return redirect(url_for("event_pages.show", event_id=event.id), 303)
    return render_template("events/create.html", form=form), form.status


@bp.route("/events/<int:event_id>/edit", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit(event_id: int) -> ResponseReturnValue:
    """Change the words of an event."""
    event = _event(event_id)
    form = EventForm(data=event_values(event))
    if form.validate_on_submit():
        transact(planning.edit_event, event_id, form.words())
        flash(_("Saved."), "pine")
        return redirect(url_for("event_pages.show", event_id=event_id), 303)
    return render_template("events/edit.html", form=form, event=event), form.status


@bp.route("/events/<int:event_id>/slots/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def add_slot(event_id: int) -> ResponseReturnValue:
    """Add a session or shift, starting from what the last one looks like."""
    event = _event(event_id)
    form = SlotEditForm(data=slot_values(event.slots[-1]) | {"slot_title": ""})
    if form.validate_on_submit():
        transact(planning.add_slot, event_id, form.plan())
        flash(_("Saved."), "pine")
        return redirect(url_for("event_pages.show", event_id=event_id), 303)
    return render_template("events/slot.html", form=form, event=event, slot=None), form.status


@bp.route("/slots/<int:slot_id>/edit", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit_slot(slot_id: int) -> ResponseReturnValue:
    """Change a session or shift."""
    slot = _slot(slot_id)
    form = SlotEditForm(data=slot_values(slot))
    if form.validate_on_submit():
        try:
            transact(planning.edit_slot, slot_id, form.plan())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return redirect(url_for("event_pages.show", event_id=slot.event_id), 303)
    return render_template("events/slot.html", form=form, event=slot.event, slot=slot), form.status


@bp.post("/slots/<int:slot_id>/deletion")
@allow(Role.STAFF)
def delete_slot(slot_id: int) -> ResponseReturnValue:
    """Delete a slot that nobody has signed up for."""
    event_id = _slot(slot_id).event_id
    try:
        transact(planning.delete_slot, slot_id)
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Deleted."), "pine")
    return redirect(url_for("event_pages.show", event_id=event_id), 303)


@bp.post("/events/<int:event_id>/publication")
@allow(Role.STAFF)
def publish(event_id: int) -> ResponseReturnValue:
    """Let everyone see the event."""
    _event(event_id)
    try:
        transact(planning.publish, event_id, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Published. Share the page in your group chat."), "pine")
    return redirect(url_for("event_pages.show", event_id=event_id), 303)


@bp.route("/events/<int:event_id>/cancellation", methods=["GET", "POST"])
@allow(Role.STAFF)
def cancel(event_id: int) -> ResponseReturnValue:
    """Call the event off, with a reason that everyone reads."""
    event = _event(event_id)
    form = ReasonForm()
    if form.validate_on_submit():
        transact(planning.cancel_event, event_id, form.reason.data, at=now())
        flash(_("The event is cancelled. Everyone who opens it reads why."), "pine")
        return redirect(url_for("event_pages.show", event_id=event_id), 303)
    return render_template("events/cancel.html", form=form, event=event), form.status


@bp.post("/events/<int:event_id>/resumption")
@allow(Role.STAFF)
def resume(event_id: int) -> ResponseReturnValue:
    """Take a cancellation back."""
    _event(event_id)
    transact(planning.resume_event, event_id)
    flash(_("The event takes place again."), "pine")
    return redirect(url_for("event_pages.show", event_id=event_id), 303)


def _event(event_id: int) -> Event:
    return get_or_404(queries.events_run_by(principal()), event_id)


def _slot(slot_id: int) -> Slot:
    return get_or_404(queries.slots_run_by(principal()), slot_id)
