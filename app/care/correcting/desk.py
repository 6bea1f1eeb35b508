"""What guardians say is wrong: the school compares it with what it knows, and puts it right or says why not."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import names_of
from app.care.correcting import operations, queries
from app.care.correcting.forms import NotSoForm
from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.people.whose import whose_of

bp = Blueprint("correction_desk", __name__, url_prefix="/corrections")
_DESKS = (Role.SCHOOL, Role.ADMINISTRATOR)


@bp.get("")
@allow(*_DESKS)
def index() -> ResponseReturnValue:
    """What waits for an answer, and what was answered."""
    waiting, answered = queries.waiting(principal()), queries.answered(principal())
    if waiting or answered:
        note_look("corrections", 0, whose_of(one.person for one in (*waiting, *answered)))
        waiting, answered = queries.waiting(principal()), queries.answered(principal())
    names = names_of(one.decided_by_id for one in answered)
    page = {"waiting": waiting, "answered": answered, "names": names}
    return render_template("care/corrections.html", **page), {"Cache-Control": "no-store"}


@bp.post("/<int:correction_id>/done")
@allow(*_DESKS)
def put_right(correction_id: int) -> ResponseReturnValue:
    """It is so."""
    get_or_404(queries.corrections_visible_to(principal()), correction_id)
    try:
        transact(operations.put_right, correction_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Put right. The guardian sees it on the own page."), "pine")
    return redirect(url_for(".index"), 303)


@bp.route("/<int:correction_id>/refusal", methods=["GET", "POST"])
@allow(*_DESKS)
def refuse(correction_id: int) -> ResponseReturnValue:
    """Say why it stays as it is."""
    row, form = get_or_404(queries.corrections_visible_to(principal()), correction_id), NotSoForm()
    if form.validate_on_submit():
        try:
            transact(operations.refuse, correction_id, form.why.data, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("It stays as it is; the guardian reads why."), "pine")
            return redirect(url_for(".index"), 303)
    row = get_or_404(queries.corrections_visible_to(principal()), correction_id)
    return render_template("care/correction_refusal.html", row=row, form=form), form.status
