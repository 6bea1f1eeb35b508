"""A host's shifts that lack people, and risky ones that are to be insured."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events.queries import slots_run_by
from app.events.registration import reasons
from app.events.shifts import insuring, need
from app.events.shifts.shift_forms import InsuranceForm

bp = Blueprint("shifts_desk", __name__, url_prefix="/desk")


@bp.get("/shifts")
@allow(Role.STAFF)
def index() -> ResponseReturnValue:
    """The own shifts of the next weeks that lack people, the one that needs most first."""
    at, after = now(), need.read_need_key(request.args.get("after"))
    shifts, following = need.page_of_shifts(need.own_shifts_in_need(principal(), at, after), at, after)
    closed = {slot.id: reasons.why_closed(slot, slot.event, at=at) for slot in shifts}
    return render_template("events/shifts_desk.html", shifts=shifts, following=following, closed=closed, at=at)


@bp.route("/slots/<int:slot_id>/insurance", methods=["GET", "POST"])
@allow(Role.STAFF)
def insure(slot_id: int) -> ResponseReturnValue:
    """Say by what a risky shift is insured."""
    slot = get_or_404(slots_run_by(principal()), slot_id)
    form = InsuranceForm(data={"note": slot.insurance_note})
    if form.validate_on_submit():
        try:
            transact(insuring.mark_insured, slot_id, form.note.data, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Marked as insured. The shift takes people."), "pine")
            return redirect(url_for("event_pages.show", event_id=slot.event_id), 303)
    return render_template("events/insurance.html", form=form, slot=slot), form.status


@bp.post("/slots/<int:slot_id>/insurance/withdrawal")
@allow(Role.STAFF)
def withdraw_insurance(slot_id: int) -> ResponseReturnValue:
    """Say that it is not insured after all."""
    slot = get_or_404(slots_run_by(principal()), slot_id)
    transact(insuring.withdraw_insurance, slot_id, by=principal().actor, at=now())
    flash(_("No longer marked as insured: nobody else can sign up for this shift."), "gold")
    return redirect(url_for("event_pages.show", event_id=slot.event_id), 303)
