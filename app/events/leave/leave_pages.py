"""For whoever cannot come, or did not: asking for leave, and what was missed."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events import queries
from app.events.dates import series
from app.events.leave import absence_queries, absences, leaving
from app.events.leave.leave_forms import LeaveForm, PleaForm, SeriesLeaveForm
from app.events.models import Registration

bp = Blueprint("leaving", __name__)


@bp.route("/registrations/<int:registration_id>/leave", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def leave(registration_id: int) -> ResponseReturnValue:
    """Ask for leave; of a series for one date, or for good."""
    registration = _own(registration_id)
    form: LeaveForm = SeriesLeaveForm() if registration.slot.leads_id else LeaveForm()
    if form.validate_on_submit():
        try:
            words = _leave(registration, form)
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(words, "pine")
            return redirect(url_for("events.show_code", registration_id=registration_id), 303)
    page = {"registration": registration, "form": form, "absence": leaving.absence_of(registration_id)}
    return render_template("events/leave.html", **page, is_open=_is_open(registration)), form.status


@bp.post("/registrations/<int:registration_id>/return")
@allow(Role.SIGNED_IN)
def come_after_all(registration_id: int) -> ResponseReturnValue:
    """Take the leave for one date back."""
    _own(registration_id)
    try:
        transact(leaving.come_after_all, registration_id, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Good, the host counts on you again."), "pine")
    return redirect(url_for("events.show_code", registration_id=registration_id), 303)


@bp.get("/mine/absences")
@allow(Role.SIGNED_IN)
def mine() -> ResponseReturnValue:
    """What was missed, what follows from it, until when, and how to have it put right."""
    missed = absence_queries.missed_by(principal().actor, now())
    return render_template("events/absences.html", missed=missed, form=PleaForm())


@bp.post("/registrations/<int:registration_id>/explanation")
@allow(Role.SIGNED_IN)
def explain(registration_id: int) -> ResponseReturnValue:
    """Tell the host why one did not come."""
    _own(registration_id)
    form = PleaForm()
    if form.validate_on_submit():
        try:
            transact(absences.plead, registration_id, form.reason.data, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("The host reads it now and can put it right."), "pine")
            return redirect(url_for(".mine"), 303)
    missed = absence_queries.missed_by(principal().actor, now())
    return render_template("events/absences.html", missed=missed, form=form, asked=registration_id), form.status


def _leave(registration: Registration, form: LeaveForm) -> str:
    by, at = principal().actor, now()
    if not isinstance(form, SeriesLeaveForm):
        transact(leaving.leave, registration.id, form.reason, by=by, at=at)
        return str(_("Thank you for telling. The place is free for somebody else."))
    if form.is_about_series:
        lead = series.place_in(registration) or registration
        transact(leaving.leave, lead.id, form.reason, by=by, at=at)
        return str(_("You have left the series. The places are free for somebody else."))
    transact(leaving.leave_date, registration.id, form.reason, by=by, at=at)
    return str(_("Thank you for telling. Your place in the series stays."))


def _is_open(registration: Registration) -> bool:
    slot = registration.slot
    return registration.is_active and now() < slot.starts_at and not slot.event.is_cancelled


def _own(registration_id: int) -> Registration:
    return get_or_404(queries.registrations_of(principal().actor), registration_id)
