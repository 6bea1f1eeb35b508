"""Letting somebody into a published round."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.problems import Problem
from app.pairing.desk import the_round
from app.pairing.ending import late
from app.pairing.people_desk import entered
from app.pairing.people_forms import ListForm

bp = Blueprint("pairing_late", __name__, url_prefix="/desk/pairing/<int:round_id>/latecomers")


@bp.route("", methods=["GET", "POST"])
@allow(Role.STAFF)
def index(round_id: int) -> ResponseReturnValue:
    """A list of those who come, without a partner yet."""
    one, form = the_round(round_id), ListForm()
    form.offer(one)
    count = entered(form, round_id, late.let_in)
    if count is None:
        return render_template("pairing/late.html", one=one, form=form), form.status
    _say(count)
    return redirect(url_for("pair_history.index", round_id=round_id), 303)


@bp.post("/programme")
@allow(Role.STAFF)
def from_programme(round_id: int) -> ResponseReturnValue:
    """Everybody whose place in the programme was confirmed since."""
    the_round(round_id)
    try:
        count = transact(late.let_in_from_programme, round_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        _say(count)
    return redirect(url_for("pair_history.index", round_id=round_id), 303)


def _say(count: int) -> None:
    words = ngettext("%(num)d person more takes part.", "%(num)d people more take part.", count)
    flash(f"{words} {_('They have no partner yet.')}" if count else words, "pine" if count else "gold")
