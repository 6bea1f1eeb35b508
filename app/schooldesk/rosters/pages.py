"""Entering a class's roster: handed in, looked at line by line, saved; and taken back."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.people.models import SchoolClass
from app.schooldesk.class_queries import imports_of
from app.schooldesk.classes import own_class
from app.schooldesk.rosters.columns import read_columns
from app.schooldesk.rosters.forms import RosterForm, sent_key, sent_lines
from app.schooldesk.rosters.lines import Line, read_lines
from app.schooldesk.rosters.matching import outcomes
from app.schooldesk.rosters.models import Effect
from app.schooldesk.rosters.taking_in import take_in
from app.schooldesk.rosters.undoing import take_back

bp = Blueprint("rosters", __name__, url_prefix="/school")


@bp.route("/classes/<int:class_id>/roster", methods=["GET", "POST"])
@allow(Role.SCHOOL)
def enter(class_id: int) -> ResponseReturnValue:
    """Hand a roster in; what it says is shown before anything is saved."""
    one, form = own_class(class_id), RosterForm()
    if "name" in request.form:
        return _look_again(one)
    if form.validate_on_submit():
        read = read_columns(form.rows, local_day(now()))
        if read.lines:
            return _preview(one, read.lines, left_out=read.left_out)
        form.lines.errors = [_("There is a head, but no pupil below it.")]
    return render_template("schooldesk/roster.html", one=one, form=form), form.status


@bp.post("/rosters/<int:import_id>/undoing")
@allow(Role.SCHOOL)
def undo(import_id: int) -> ResponseReturnValue:
    """Take a list back, as one step."""
    taken = get_or_404(imports_of(principal().units(Role.SCHOOL)), import_id)
    try:
        stay = transact(take_back, import_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("The list is taken back."), "gold")
        if stay:
            flash(
                _("These stay, for they were taken over or signed up since: %(names)s", names="、".join(stay)), "gold"
            )
    return redirect(url_for("class_pages.show", class_id=taken.class_id), 303)


def _look_again(one: SchoolClass) -> ResponseReturnValue:
    """Read the lines as they come back from the preview; save them if that was pressed and nothing is open."""
    typed, choices = sent_lines(_sent())
    if "save" not in request.form:
        return _preview(one, typed, choices)
    lines = read_lines(typed, local_day(now()), choices)
    try:
        taken = transact(take_in, one.id, lines, sent_key(_sent()), by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
        return _preview(one, typed, choices)
    flash(_("%(entered)d entered, %(changed)d put right.", entered=taken.entered, changed=taken.changed), "pine")
    return redirect(url_for("class_pages.show", class_id=one.id), 303)


def _sent() -> dict[str, list[str]]:
    return request.form.to_dict(flat=False)


def _preview(
    one: SchoolClass, typed: Sequence[Mapping[str, str]], choices: Sequence[str] = (), left_out: Sequence[str] = ()
) -> ResponseReturnValue:
    lines: list[Line] = read_lines(typed, local_day(now()), choices)
    found = outcomes(one, lines)
    counts = {effect: sum(outcome.effect is effect for outcome in found) for effect in Effect}
    is_open = bool(counts[Effect.WRONG] or counts[Effect.UNCLEAR])
    page = {
        "one": one,
        "outcomes": found,
        "counts": counts,
        "is_open": is_open,
        "left_out": left_out,
        "key": sent_key(_sent()),
    }
    return render_template("schooldesk/roster_preview.html", **page), 422 if is_open else 200
