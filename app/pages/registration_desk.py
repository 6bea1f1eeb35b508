"""What staff does to one registration: notes, and another pupil of the same school in its place."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.checkin.forms import CommentForm
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events.acts.comments import comment, comments_run_by, take_comment_away
from app.events.acts.substituting import can_be_replaced, pupil_called, substitute
from app.events.models import Registration
from app.events.queries import registrations_run_by
from app.pages.registration_forms import SubstituteForm

bp = Blueprint("registration_desk", __name__, url_prefix="/desk")


@bp.post("/registrations/<int:registration_id>/comments")
@allow(Role.STAFF)
def note(registration_id: int) -> ResponseReturnValue:
    """Note something for one's colleagues."""
    _registration(registration_id)
    form = CommentForm()
    if form.validate_on_submit():
        transact(comment, registration_id, form.words.data, by=principal().actor, at=now())
        flash(_("Noted, for staff alone."), "pine")
    else:
        flash(_("A note has 1 to 500 characters."), "bad")
    return redirect(_person(registration_id), 303)


@bp.post("/comments/<int:comment_id>/deletion")
@allow(Role.STAFF)
def delete_note(comment_id: int) -> ResponseReturnValue:
    """Take a note away."""
    row = get_or_404(comments_run_by(principal()), comment_id)
    transact(take_comment_away, comment_id, by=principal().actor, at=now())
    flash(_("The note is deleted."), "pine")
    return redirect(_person(row.registration_id), 303)


@bp.route("/registrations/<int:registration_id>/substitution", methods=["GET", "POST"])
@allow(Role.STAFF)
def replace(registration_id: int) -> ResponseReturnValue:
    """Let another pupil of the same school take the place over; the host names the pupil, and sees no school's list."""
    leaving = _registration(registration_id)
    form = SubstituteForm()
    if form.validate_on_submit():
        try:
            pupil = pupil_called(form.name.data, form.born_on.data, leaving.school_id or 0)
            made = transact(substitute, registration_id, pupil.id, form.reason.data, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("%(name)s has the place now; the printed list says so.", name=made.person.name), "pine")
            return redirect(_person(made.id), 303)
    page = {"leaving": leaving, "form": form, "can": can_be_replaced(leaving, now())}
    return render_template("pages/substitution.html", **page), form.status


def _registration(registration_id: int) -> Registration:
    return get_or_404(registrations_run_by(principal()), registration_id)


def _person(registration_id: int) -> str:
    return url_for("checkin.person", registration_id=registration_id)
