"""The family's page: what comes first among the programmes that somebody has applied for."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.programmes.applications.queries import applications_of
from app.programmes.choices import operations, queries
from app.programmes.choices.forms import ranking_form

bp = Blueprint("choices", __name__)


@bp.route("/applications/<int:application_id>/choices", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def rank(application_id: int) -> ResponseReturnValue:
    """Say what comes first, second, third; while nothing is decided it can be said anew."""
    one = get_or_404(applications_of(principal().actor), application_id)
    its_round = queries.round_of(one.programme_id)
    if its_round is None:
        return redirect(url_for("applications.show", application_id=application_id), 303)
    own = queries.own_in_round(its_round, one.person_id)
    ranks = queries.ranks_of(its_round)
    said = {f"rank{ranks[each.id]}": str(each.id) for each in own if each.id in ranks}
    form = ranking_form(own)(data=said)
    if own and form.validate_on_submit():
        try:
            transact(operations.rank, its_round.id, one.person_id, form.chosen(), at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Noted. You can change it until choosing ends."), "pine")
            return redirect(url_for("applications.show", application_id=application_id), 303)
    page = {"application": one, "round": its_round, "own": own, "is_open": its_round.is_open(now())}
    return render_template("programmes/choices/rank.html", form=form, **page), form.status
