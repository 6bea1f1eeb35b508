"""Rounds of choices on the organiser's desk: opened, looked at, decided in one go."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Role, allow, principal
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.programmes.choices import operations, queries
from app.programmes.choices.forms import ChoiceRoundForm
from app.programmes.models import ChoiceRound

bp = Blueprint("choice_desk", __name__, url_prefix="/desk/choices")


@bp.route("", methods=["GET", "POST"])
@allow(Role.STAFF)
def index() -> ResponseReturnValue:
    """The rounds there are; the form opens another."""
    offered = queries.programmes_to_offer(principal().units_in_view(Role.STAFF), local_day(now()))
    form = ChoiceRoundForm()
    form.offer(offered)
    if form.validate_on_submit():
        chosen = form.programmes.data or []
        host_id = next((one.host_id for one in offered if one.id in chosen), 0)
        asked = (host_id, form.title.data, chosen, form.closes_at.data)
        try:
            made = transact(operations.open_round, *asked, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Opened. Whoever has applied for several of them can now say what comes first."), "pine")
            return redirect(url_for(".show", choice_round_id=made.id), 303)
    page = {"rounds": queries.rounds_in_view(principal()), "offered": offered, "at": now()}
    return render_template("programmes/choices/rounds.html", form=form, **page), form.status


@bp.get("/<int:choice_round_id>")
@allow(Role.STAFF)
def show(choice_round_id: int) -> ResponseReturnValue:
    """What the assignment would give, side by side."""
    one = _round(choice_round_id)
    preview = queries.preview_of(one)
    ranked, people = queries.count_ranked(one)
    page = {
        "round": one,
        "preview": preview,
        "mark": operations.mark_of(preview.placed, preview.wishes),
        "ranked": ranked,
        "people": people,
        "at": now(),
    }
    return render_template("programmes/choices/round.html", **page)


@bp.post("/<int:choice_round_id>/decision")
@allow(Role.STAFF)
def decide(choice_round_id: int) -> ResponseReturnValue:
    """Do what the preview shows."""
    _round(choice_round_id)
    mark = request.form.get("mark", "")
    try:
        placed = transact(operations.decide, choice_round_id, mark, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(
            ngettext("Decided: %(num)d person is chosen.", "Decided: %(num)d people are chosen.", len(placed)), "pine"
        )
    return redirect(url_for(".show", choice_round_id=choice_round_id), 303)


@bp.post("/<int:choice_round_id>/removal")
@allow(Role.STAFF)
def drop(choice_round_id: int) -> ResponseReturnValue:
    """Decide each programme by itself after all."""
    _round(choice_round_id)
    try:
        transact(operations.drop_round, choice_round_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
        return redirect(url_for(".show", choice_round_id=choice_round_id), 303)
    flash(_("Removed. Each programme is decided by itself."), "pine")
    return redirect(url_for(".index"), 303)


def _round(round_id: int) -> ChoiceRound:
    return get_or_404(queries.rounds_run_by(principal()), round_id)
