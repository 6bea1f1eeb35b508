"""What organisers do to events: find, set up, read over, edit, publish, copy, delete."""

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
from app.events import drafts, planning, queries
from app.events.desk_search import EventState, read_desk_wanted
from app.events.forms import (
    CopyForm,
    EventForm,
    NewEventForm,
    SlotEditForm,
    event_values,
    first_slot_defaults,
    slot_values,
)
from app.events.models import Event, Slot
from app.events.previews import preview, preview_of
from app.events.shifts.skills import skills_to_choose
from app.organisations.queries import units
from app.programmes.kinds import ProgrammeKind

bp = Blueprint("event_desk", __name__, url_prefix="/desk")


@bp.get("/events")
@allow(Role.STAFF)
def index() -> ResponseReturnValue:
    """The events of the hosts one works for: what is on and to come, what is over, what is still a draft."""
    at = now()
    wanted = read_desk_wanted(request.args)
    events = queries.desk_events(principal(), wanted, at, read_key(request.args.get("after")))
    page, following = page_of(events, queries.PAGE, lambda event: (event.starts_at, event.id))
    choices = {"kinds": ProgrammeKind, "states": EventState}
    return render_template("events/desk.html", events=page, following=following, wanted=wanted, at=at, **choices)


@bp.route("/events/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def create() -> ResponseReturnValue:
    """Set up an event with its first slot, as a draft; it can be read over before."""
    in_view = principal().units_in_view(Role.STAFF)
    hosts = sorted(units(principal().units(Role.STAFF)), key=lambda host: host.id not in in_view)  # its own first
    form = NewEventForm(
        skills=skills_to_choose(host.id for host in hosts),
        data=first_slot_defaults() | {"contact": hosts[0].phone or ""},
    )
    form.host_id.choices = [choice(str(host.id), host.name) for host in hosts]
    if "back" not in request.form and form.validate_on_submit():
        if "preview" in request.form:
            host = next(host for host in hosts if host.id == form.host_id.data)
            return _preview(preview(form.words(), form.plan(), host), request.path)
        words, plan, picture = form.words(), form.plan(), form.picture.change
        event = transact(planning.create_event, form.host_id.data, words, plan, picture, by=principal().actor, at=now())
        flash(_("Saved as a draft. Read it over, then publish it."), "pine")
        return redirect(url_for("event_pages.show", event_id=event.id), 303)
    return render_template("events/create.html", form=form), form.status


@bp.route("/events/<int:event_id>/edit", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit(event_id: int) -> ResponseReturnValue:
    """Change the words of an event; they can be read over before."""
    event = _event(event_id)
    form = EventForm(data=event_values(event))
    if "back" not in request.form and form.validate_on_submit():
        if "preview" in request.form:
            return _preview(preview_of(event, form.words()), request.path)
        transact(planning.edit_event, event_id, form.words(), form.picture.change, by=principal().actor, at=now())
        flash(_("Saved."), "pine")
        return redirect(url_for("event_pages.show", event_id=event_id), 303)
    return render_template("events/edit.html", form=form, event=event), form.status


@bp.route("/events/<int:event_id>/slots/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def add_slot(event_id: int) -> ResponseReturnValue:
    """Add a session or shift, starting from what the last one looks like."""
    event = _event(event_id)
    form = SlotEditForm(skills_to_choose([event.host_id]), data=slot_values(event.slots[-1]) | {"slot_title": ""})
    if form.validate_on_submit():
        transact(planning.add_slot, event_id, form.plan(), by=principal().actor, at=now())
        flash(_("Saved."), "pine")
        return redirect(url_for("event_pages.show", event_id=event_id), 303)
    return render_template("events/slot.html", form=form, event=event, slot=None), form.status


@bp.route("/slots/<int:slot_id>/edit", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit_slot(slot_id: int) -> ResponseReturnValue:
    """Change a session or shift."""
    slot = _slot(slot_id)
    form = SlotEditForm(skills_to_choose([slot.event.host_id]), data=slot_values(slot))
    if form.validate_on_submit():
        try:
            transact(planning.edit_slot, slot_id, form.plan(), by=principal().actor, at=now())
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
        transact(planning.delete_slot, slot_id, by=principal().actor, at=now())
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
        transact(planning.publish, event_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Published. Share the page in your group chat."), "pine")
    return redirect(url_for("event_pages.show", event_id=event_id), 303)


@bp.route("/events/<int:event_id>/copy", methods=["GET", "POST"])
@allow(Role.STAFF)
def copy(event_id: int) -> ResponseReturnValue:
    """Set up the same event on another day, as a draft."""
    event = _event(event_id)
    form = CopyForm()
    if form.validate_on_submit():
        first_day = form.starts_at.data
        try:
            made = transact(drafts.copy_event, event_id, first_day, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Copied as a draft, nobody is signed up yet. Read it over, then publish it."), "pine")
            return redirect(url_for("event_pages.show", event_id=made.id), 303)
    return render_template("events/copy.html", form=form, event=event), form.status


@bp.post("/events/<int:event_id>/deletion")
@allow(Role.STAFF)
def delete(event_id: int) -> ResponseReturnValue:
    """Delete a draft that nobody has signed up for."""
    _event(event_id)
    try:
        transact(drafts.delete_event, event_id)
    except Problem as problem:
        flash(problem.message, "bad")
        return redirect(url_for("event_pages.show", event_id=event_id), 303)
    flash(_("Deleted."), "pine")
    return redirect(url_for(".index"), 303)


def _preview(event: Event, address: str) -> ResponseReturnValue:
    typed = [(name, text) for name, text in request.form.items(multi=True) if name not in {"csrf_token", "preview"}]
    return render_template("events/preview.html", event=event, typed=typed, address=address)


def _event(event_id: int) -> Event:
    return get_or_404(queries.events_run_by(principal()), event_id)


def _slot(slot_id: int) -> Slot:
    return get_or_404(queries.slots_run_by(principal()), slot_id)
