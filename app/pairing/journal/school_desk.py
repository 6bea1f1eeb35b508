"""The school's journal: the rounds in which its pupils take part, and one parcel of letters noted in one line."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import local_day, now
from app.core.db import db, transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.problems import Problem
from app.pairing.journal import operations, queries
from app.pairing.journal.forms import GroupEntryForm
from app.pairing.journal.groups import own_groups, rounds_of_schools
from app.pairing.journal.showing import lines_of
from app.pairing.journal.words import WHAT
from app.pairing.models import PairingRound

bp = Blueprint("school_journal", __name__, url_prefix="/school/pairing")
_SHOWN = 100  # rounds


@bp.get("")
@allow(Role.SCHOOL)
def index() -> ResponseReturnValue:
    """The published rounds in which the school's pupils take part, the latest first."""
    found = rounds_of_schools(principal()).order_by(PairingRound.published_at.desc(), PairingRound.id.desc())
    return render_template("pairing/school_rounds.html", rounds=db.session.scalars(found.limit(_SHOWN)).all())


@bp.route("/<int:shared_round_id>", methods=["GET", "POST"])
@allow(Role.SCHOOL)
def show(shared_round_id: int) -> ResponseReturnValue:
    """The journal of the school's own classes; the form notes for one of them in one go (寄出 48 封)."""
    one = get_or_404(rounds_of_schools(principal()), shared_round_id)
    form = GroupEntryForm(data={"happened_on": local_day(now())})
    form.offer(one, own_groups(one, principal()))
    if form.validate_on_submit():
        said, is_another = form.said(), form.is_another.data
        try:
            noted = transact(
                operations.note_group, one.id, form.chosen, said, is_another=is_another, by=principal().actor, at=now()
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Noted: %(what)s, %(count)s.", what=WHAT[noted.way or noted.kind], count=noted.count), "pine")
            return redirect(url_for(".show", shared_round_id=shared_round_id), 303)
    after = read_id_or_none(request.args.get("after"))
    entries, following = queries.page_of_school(one, principal(), after)
    page = {"lines": lines_of(one, entries), "following": following, "after": after, "by": principal().actor}
    return render_template("pairing/school_journal.html", one=one, form=form, **page), form.status


@bp.post("/journal/<int:own_entry_id>/undoing")
@allow(Role.SCHOOL)
def take_back(own_entry_id: int) -> ResponseReturnValue:
    """Let what one noted oneself count no more."""
    entry = get_or_404(queries.entries_noted_by_school(principal()), own_entry_id)
    transact(operations.take_back, own_entry_id, by=principal().actor, at=now())
    flash(_("Taken back. It stays in the list, crossed out, and counts no more."), "gold")
    return redirect(url_for(".show", shared_round_id=entry.round_id), 303)
