"""For the host's staff: who did not come, why, and forgiving it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.audit import note_search
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events import queries
from app.events.leave import absences
from app.events.leave.absence_queries import PAGE, AbsenceView, absences_of, read_absences_wanted
from app.events.leave.leave_forms import ForgiveForm
from app.people.whose import whose_of

bp = Blueprint("absence_desk", __name__, url_prefix="/desk")


@bp.get("/absences")
@allow(Role.STAFF)
def index() -> ResponseReturnValue:
    """Who missed what, the latest first."""
    wanted = read_absences_wanted(request.args)
    found = absences_of(principal(), wanted, request.args.get("after"))
    if wanted.name:
        note_search("absences", None, whose_of((one.person for one in found), "name"))
    page = {
        "wanted": wanted,
        "views": AbsenceView,
        "found": found[:PAGE],
        "following": found[PAGE - 1].id if len(found) > PAGE else None,
    }
    return render_template("events/absence_desk.html", **page)


@bp.post("/registrations/<int:registration_id>/forgiveness")
@allow(Role.STAFF)
def forgive(registration_id: int) -> ResponseReturnValue:
    """Let an absence count no more."""
    get_or_404(queries.registrations_run_by(principal()), registration_id)
    form = ForgiveForm()
    if not form.validate_on_submit():
        flash(_("Please say why; it is kept with the record."), "bad")
        return redirect(url_for("checkin.person", registration_id=registration_id), 303)
    try:
        transact(absences.forgive, registration_id, form.why.data, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Forgiven: it counts no more."), "pine")
    return redirect(url_for("checkin.person", registration_id=registration_id), 303)
