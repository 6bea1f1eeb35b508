"""The administrator's page of requests to erase: what has to be decided until when, and what was."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.queries import names_of
from app.care.erasing import requests
from app.care.models import Erasure
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.fields import LineField
from app.core.finding import get_or_404, read_id
from app.core.forms import Form, at_most, required
from app.core.problems import Problem

bp = Blueprint("erasure_desk", __name__, url_prefix="/admin/erasures")


class RefusalForm(Form):
    """Why not; whoever asked reads it."""

    why = LineField(_l("Why not? Whoever asked reads it."), [required(), at_most(200)])


@bp.get("")
@allow(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """What waits for a decision, the most urgent first, and what was decided."""
    before = request.args.get("before", type=read_id)
    decided, size = requests.page_of_decided(before), requests.PAGE
    waiting = requests.waiting_requests()
    page = {
        "waiting": waiting,
        "decided": decided[:size],
        "names": names_of([one.asked_by_id for one in waiting] + [one.decided_by_id for one in decided]),
        "at": now(),
        "following": url_for(".index", before=decided[size - 1].id) if len(decided) > size else None,
        "previous": url_for(".index") if before else None,
    }
    return render_template("care/erasures.html", **page), {"Cache-Control": "no-store"}


@bp.post("/<int:erasure_id>/grant")
@allow(Role.ADMINISTRATOR)
def grant(erasure_id: int) -> ResponseReturnValue:
    """Have the person erased, for good."""
    get_or_404(select(Erasure), erasure_id)
    try:
        transact(requests.grant, erasure_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("It is being erased. The certificates stay genuine, without the name."), "pine")
    return redirect(url_for(".index"), 303)


@bp.route("/<int:erasure_id>/refusal", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def refuse(erasure_id: int) -> ResponseReturnValue:
    """Say why not."""
    row, form = get_or_404(select(Erasure), erasure_id), RefusalForm()
    if form.validate_on_submit():
        try:
            transact(requests.refuse, erasure_id, form.why.data, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Refused; whoever asked reads why."), "pine")
            return redirect(url_for(".index"), 303)
    return render_template("care/erasure_refusal.html", row=row, form=form), form.status
