"""The organiser's pages of what becomes of published pairs: one pair, its end, a substitute, and all that was."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Role, allow, principal
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.finding import get_or_404, read_id
from app.core.problems import Problem
from app.pairing import queries as rounds
from app.pairing.desk import the_round
from app.pairing.ending import operations, queries
from app.pairing.ending.forms import IN_TIME, EndingForm, SubstitutionForm, WhyForm
from app.pairing.journal import operations as journal
from app.pairing.journal.forms import PairEntryForm
from app.pairing.journal.queries import entries_of_pair
from app.pairing.journal.showing import lines_of
from app.pairing.models import Pair
from app.pairing.words import STATES

bp = Blueprint("pair_history", __name__, url_prefix="/desk/pairing")


@bp.route("/<int:round_id>/history", methods=["GET", "POST"])
@allow(Role.STAFF)
def index(round_id: int) -> ResponseReturnValue:
    """Pairs that ended, and those that somebody left; the form ends all others, because their time is over."""
    one, form = the_round(round_id), WhyForm(data={"ended_on": local_day(now())})
    if form.validate_on_submit():
        try:
            count = transact(operations.end_round, round_id, form.why(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(ngettext("%(num)d pair has ended.", "%(num)d pairs have ended.", count), "pine" if count else "gold")
            return redirect(url_for(".index", round_id=round_id), 303)
    after = request.args.get("after", 0, type=read_id)
    pasts, following = queries.page_of_changed(one, after)
    page = {"one": one, "pasts": pasts, "following": following, "after": after, "form": form}
    return render_template("pairing/history.html", **page), form.status


@bp.route("/pairs/<int:pair_id>", methods=["GET", "POST"])
@allow(Role.STAFF)
def show(pair_id: int) -> ResponseReturnValue:
    """One pair: who it is, what was noted of it, what can be done; the form notes something of it alone."""
    pair, form = _pair(pair_id), PairEntryForm(data={"happened_on": local_day(now()), "count": 1, "side": 0})
    form.offer(pair.round)
    if form.validate_on_submit():
        said: dict[str, Any] = {"is_another": form.is_another.data, "by": principal().actor, "at": now()}
        try:
            transact(journal.note_pair, pair_id, form.side.data, form.said(), **said)
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Noted."), "pine")
            return redirect(url_for(".show", pair_id=pair_id), 303)
    page = {
        "pair": pair,
        "one": pair.round,
        "past": queries.pasts_of([pair])[0],
        "lines": lines_of(pair.round, entries_of_pair(pair_id)),
        "state": STATES[pair.state],
    }
    return render_template("pairing/pair_desk.html", form=form, **page), form.status


@bp.route("/pairs/<int:pair_id>/ending", methods=["GET", "POST"])
@allow(Role.STAFF)
def end(pair_id: int) -> ResponseReturnValue:
    """End a pair, in its time or early."""
    pair, form = _pair(pair_id), EndingForm(data={"ended_on": local_day(now()), "how": IN_TIME})
    if form.validate_on_submit():
        operation = operations.end_in_time if form.how.data == IN_TIME else operations.end_early
        try:
            transact(operation, pair_id, form.why(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("The pair has ended. Who was in it stays in the history."), "pine")
            return redirect(url_for(".show", pair_id=pair_id), 303)
    return render_template("pairing/pair_ending.html", pair=pair, form=form), form.status


@bp.post("/endings/<int:ending_id>/undoing")
@allow(Role.STAFF)
def go_on(ending_id: int) -> ResponseReturnValue:
    """Let a pair go on that ended in its time."""
    pair_id = get_or_404(queries.endings_run_by(principal()), ending_id).pair_id
    try:
        transact(operations.go_on, ending_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("The pair goes on."), "pine")
    return redirect(url_for(".show", pair_id=pair_id), 303)


@bp.route("/members/<int:member_id>/substitution", methods=["GET", "POST"])
@allow(Role.STAFF)
def substitute(member_id: int) -> ResponseReturnValue:
    """Let somebody leave a pair, and put somebody else in."""
    member = get_or_404(rounds.members_run_by(principal()), member_id)
    free = queries.free_for(member) if member.pair else []
    form = SubstitutionForm(data={"ended_on": local_day(now())})
    form.offer(free)
    if form.validate_on_submit():
        other, why = form.substitute_id.data, form.why()
        context: dict[str, Any] = {"by": principal().actor, "at": now()}
        try:
            noted = (
                transact(operations.substitute, member_id, other, why, **context)
                if other
                else transact(operations.leave_pair, member_id, why, **context)
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Changed. Families are told, and asked about a new pair as about any."), "pine")
            return redirect(url_for(".show", pair_id=noted.new_pair_id or noted.pair_id), 303)
    return render_template("pairing/substitution.html", member=member, free=free, form=form), form.status


def _pair(pair_id: int) -> Pair:
    return get_or_404(rounds.pairs_run_by(principal()), pair_id)
