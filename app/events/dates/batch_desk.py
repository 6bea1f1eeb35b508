"""The organiser's page for many slots at once: what is alike, then the days, then all of them or none."""

from datetime import date
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Role, allow, principal
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.filters import day as day_words
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.core.typed import half_width, read_day, squeezed
from app.events import queries
from app.events.dates import slot_batches
from app.events.dates.batch_forms import BatchForm, Line, batch_values, lines
from app.events.models import Event

bp = Blueprint("batch_desk", __name__, url_prefix="/desk")
_OF_THE_PREVIEW = {"csrf_token", "preview", "create", "add", "back", "day", "another", "chosen", "key"}


@bp.route("/events/<int:event_id>/slots/batch", methods=["GET", "POST"])
@allow(Role.STAFF)
def make(event_id: int) -> ResponseReturnValue:
    """Ask what the slots have in common, show the days, set them all up."""
    event, at = get_or_404(queries.events_run_by(principal()), event_id), now()
    form = BatchForm(data=batch_values(event.slots[-1], local_day(at)))
    if "back" in request.form or not form.validate_on_submit():
        return render_template("events/batch.html", form=form, event=event, like=event.slots[-1]), form.status
    another = _another()
    shown = lines(form, event.slots, _ticked(another), at=at)
    if "create" in request.form:
        try:
            return _make(event, form, shown)
        except Problem as problem:
            form.refuse(problem)
    elif "add" in request.form and another is None:
        form.form_errors.append(_("Please type the day as 8 digits, such as 20261128."))
        form.refused = True
    return _preview(event, form, shown)


@bp.post("/batches/<int:batch_id>/undoing")
@allow(Role.STAFF)
def undo(batch_id: int) -> ResponseReturnValue:
    """Take a batch back, but for what people have signed up for."""
    batch = get_or_404(slot_batches.batches_run_by(principal()), batch_id)
    try:
        kept = transact(slot_batches.undo_batch, batch_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        if kept:
            words = _("These stay, for people have signed up: %(days)s")
            flash(words % {"days": "、".join(day_words(one.starts_at) for one in kept)}, "gold")
        else:
            flash(_("All of them are taken away again."), "pine")
    return redirect(url_for("event_pages.show", event_id=batch.event_id), 303)


def _make(event: Event, form: BatchForm, shown: list[Line]) -> ResponseReturnValue:
    plans = [form.plan(one.on.day, event.slots[-1]) for one in shown if one.is_chosen]
    key, series = squeezed(request.form.get("key"))[:60] or uuid4().hex, form.is_series.data
    transact(slot_batches.make_batch, event.id, plans, key, is_series=series, by=principal().actor, at=now())
    flash(ngettext("%(num)d session was added.", "%(num)d sessions were added.", len(plans)), "pine")
    return redirect(url_for("event_pages.show", event_id=event.id), 303)


def _preview(event: Event, form: BatchForm, shown: list[Line]) -> ResponseReturnValue:
    typed = [(name, text) for name, text in request.form.items(multi=True) if name not in _OF_THE_PREVIEW]
    page = {"event": event, "form": form, "lines": shown, "typed": typed, "most": slot_batches.MOST}
    key = request.form.get("key") or uuid4().hex
    return render_template("events/batch_days.html", **page, key=key), form.status


def _ticked(another: date | None) -> set[date] | None:
    """Return the days that somebody ticked, and the one that was typed besides; None before the first preview."""
    if "chosen" not in request.form:
        return None
    found = {_near(text) for text in request.form.getlist("day")}
    return {one for one in (*found, another) if one}


def _another() -> date | None:
    return _near(half_width(squeezed(request.form.get("another"))))


def _near(text: str) -> date | None:
    """Return the day in a text; none in a year in which nobody plans anything."""
    found = read_day(text)
    return found if found and abs(found - local_day(now())).days < 800 else None
