"""What the host settles about travel documents: who may take the numbers out, and reminding of those missing."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.organisations.queries import members_of
from app.programmes.models import Programme
from app.programmes.queries import programmes_run_by
from app.trips.documents import operations
from app.trips.documents.forms import ReadersForm
from app.trips.documents.queries import readers_of
from app.trips.documents.telling import remind_now

bp = Blueprint("trip_documents", __name__, url_prefix="/desk/programmes/<int:programme_id>/trip")


@bp.route("/document-readers", methods=["GET", "POST"])
@allow(Role.MANAGER)
def name_readers(programme_id: int) -> ResponseReturnValue:
    """Say who may take the numbers of documents out: two people at most."""
    programme = get_or_404(
        programmes_run_by(principal()).where(Programme.host_id.in_(principal().units(Role.MANAGER))), programme_id
    )
    named = [one.user_id for one in readers_of(programme_id)]
    form = ReadersForm(data=dict(zip(("first", "second"), named, strict=False)))
    working = {one.user_id: one.user.name for one in db.session.scalars(members_of(programme.host_id))}
    form.offer(list(working.items()))
    if form.validate_on_submit():
        try:
            transact(operations.name_readers, programme_id, form.user_ids(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved. Nobody else can take the numbers out."), "pine")
            return redirect(url_for("trip_papers.index", programme_id=programme_id), 303)
    return render_template("trips/readers.html", programme=programme, form=form), form.status


@bp.post("/document-reminders")
@allow(Role.STAFF)
def remind(programme_id: int) -> ResponseReturnValue:
    """Remind the families whose document is missing; once a day."""
    get_or_404(programmes_run_by(principal()), programme_id)
    told = transact(remind_now, programme_id, at=now())
    if told:
        flash(ngettext("%(num)d family was reminded.", "%(num)d families were reminded.", told), "pine")
    else:
        flash(_("Everybody who can be reminded was reminded today already."), "plain")
    return redirect(url_for("trip_papers.index", programme_id=programme_id), 303)
