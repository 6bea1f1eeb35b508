"""The organiser's journal of a round: how much of what, note something, take it back, take the list away."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.core.access import Role, allow, principal
from app.core.clock import local_day, now
from app.core.db import db, transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.lists import DownloadForm, hand_out
from app.core.problems import Problem
from app.pairing.desk import the_round
from app.pairing.journal import operations, queries
from app.pairing.journal.forms import GroupEntryForm
from app.pairing.journal.groups import groups_of
from app.pairing.journal.models import JournalEntry
from app.pairing.journal.showing import counted_of, lines_of
from app.pairing.journal.words import KINDS, WHAT
from app.pairing.models import PairingMember, PairingRound
from app.people.whose import whose_with_ids

bp = Blueprint("pairing_journal", __name__, url_prefix="/desk/pairing")
_MOST = 20_000  # lines of one file


@bp.route("/<int:round_id>/journal", methods=["GET", "POST"])
@allow(Role.STAFF)
def index(round_id: int) -> ResponseReturnValue:
    """The journal; the form notes something for a class or a side in one go."""
    one = the_round(round_id)
    form = GroupEntryForm(data={"happened_on": local_day(now())})
    form.offer(one, groups_of(one))
    if form.validate_on_submit():
        try:
            noted = transact(
                operations.note_group,
                round_id,
                form.chosen,
                form.said(),
                is_another=form.is_another.data,
                by=principal().actor,
                at=now(),
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Noted: %(what)s, %(count)s.", what=WHAT[noted.way or noted.kind], count=noted.count), "pine")
            return redirect(url_for(".index", round_id=round_id), 303)
    return _page(one, form)


@bp.post("/journal/<int:entry_id>/undoing")
@allow(Role.STAFF)
def take_back(entry_id: int) -> ResponseReturnValue:
    """Let an entry count no more."""
    entry = get_or_404(queries.entries_run_by(principal()), entry_id)
    transact(operations.take_back, entry_id, by=principal().actor, at=now())
    flash(_("Taken back. It stays in the list, crossed out, and counts no more."), "gold")
    return redirect(url_for(".index", round_id=entry.round_id), 303)


@bp.post("/<int:round_id>/journal/list")
@allow(Role.STAFF)
def download(round_id: int) -> ResponseReturnValue:
    """The journal as a file; who took it is written down."""
    one, form = the_round(round_id), DownloadForm()
    if not form.validate_on_submit():
        return redirect(url_for(".index", round_id=round_id), 303)
    found = select(JournalEntry).where(JournalEntry.round_id == round_id, JournalEntry.taken_back_at.is_(None))
    ordered = found.order_by(JournalEntry.happened_on, JournalEntry.id).limit(_MOST)
    lines = lines_of(one, db.session.scalars(ordered).all())
    head = [_("Day"), _("Of which class or pair"), _("What"), _("How many"), _("A line about it"), _("Noted by")]
    rows = [
        [f"{line.entry.happened_on:%Y-%m-%d}", line.whom, line.what, str(line.entry.count), line.entry.words, line.by]
        for line in lines
    ]
    people = whose_with_ids(select(PairingMember.person_id).where(PairingMember.round_id == round_id))
    title = _("Journal of pairs")
    return hand_out(form, one.title, title, (head, rows), record="pairing_round", record_id=round_id, whose=people)


def _page(one: PairingRound, form: GroupEntryForm) -> ResponseReturnValue:
    after = read_id_or_none(request.args.get("after"))
    entries, following = queries.page_of_round(one, after)
    page = {
        "one": one,
        "form": form,
        "lines": lines_of(one, entries),
        "counted": counted_of(one),
        "kinds": KINDS,
        "download_form": DownloadForm(formdata=None),
        "following": following,
        "after": after,
    }
    return render_template("pairing/journal.html", **page), form.status
