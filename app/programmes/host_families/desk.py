"""The organiser's host families of a programme: visited, checked, approved by a second person, and who lives where."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import names_of
from app.core.access import Role, allow, principal
from app.core.audit import Whose, note_look
from app.core.changes import changes_of, told
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.programmes.host_families import operations, queries
from app.programmes.host_families.forms import PlacementForm, family_form, placement_form
from app.programmes.host_families.keeping import KEPT_FOR
from app.programmes.host_families.models import HostFamily
from app.programmes.host_families.words import GUESTS, VOCABULARY
from app.programmes.models import Programme
from app.programmes.queries import programmes_run_by

bp = Blueprint("host_families", __name__, url_prefix="/desk")


@bp.get("/programmes/<int:programme_id>/families")
@allow(Role.STAFF)
def index(programme_id: int) -> ResponseReturnValue:
    """The families of a programme, how many beds are left, and who has none yet."""
    programme = _programme(programme_id)
    page = {
        "programme": programme,
        "rooms": queries.rooms_of(programme_id),
        "unplaced": queries.guests_to_place(programme_id),
        "guests": GUESTS,
        "warnings_of": queries.warnings_of,
        "today": local_day(now()),
        "gone_on": programme.ends_on + KEPT_FOR,
    }
    return render_template("programmes/families.html", **page)


@bp.route("/programmes/<int:programme_id>/families/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def enter(programme_id: int) -> ResponseReturnValue:
    """Enter a family."""
    programme, form = _programme(programme_id), family_form()
    if form.validate_on_submit():
        made = transact(operations.enter_family, programme_id, form.words(), by=principal().actor, at=now())
        flash(_("Saved. A colleague approves it, then somebody can live there."), "pine")
        return redirect(url_for(".show", family_id=made.id), 303)
    return render_template("programmes/family_edit.html", form=form, programme=programme, family=None), form.status


@bp.route("/families/<int:family_id>", methods=["GET", "POST"])
@allow(Role.STAFF)
def show(family_id: int) -> ResponseReturnValue:
    """A family whole, which is written down; the form places a guest."""
    family = _family(family_id)
    form = placement_form(family.programme, queries.guests_to_place(family.programme_id))
    if form.validate_on_submit():
        said = form.person_id.data, (form.comes_on.data, form.leaves_on.data)
        try:
            transact(operations.place, family_id, *said, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Placed."), "pine")
            return redirect(url_for(".show", family_id=family_id), 303)
    return _page(family, form)


@bp.route("/families/<int:family_id>/edit", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit(family_id: int) -> ResponseReturnValue:
    """Change what is known; an approval of before counts no more."""
    family = _family(family_id)
    form = family_form(family)
    if form.validate_on_submit():
        try:
            transact(operations.edit_family, family_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved. A colleague approves it, then somebody can live there."), "pine")
            return redirect(url_for(".show", family_id=family_id), 303)
    note_look("host_family", family_id, Whose(len(family.adults)))
    page = {"programme": family.programme, "family": family}
    return render_template("programmes/family_edit.html", form=form, **page), form.status, {"Cache-Control": "no-store"}


@bp.post("/families/<int:family_id>/approval")
@allow(Role.STAFF)
def approve(family_id: int) -> ResponseReturnValue:
    """Say as a second person that guests may live there."""
    return _done(family_id, operations.approve, _("Approved. Guests can be placed here now."))


@bp.post("/families/<int:family_id>/approval/withdrawal")
@allow(Role.STAFF)
def withdraw(family_id: int) -> ResponseReturnValue:
    """Take an approval back."""
    return _done(family_id, operations.withdraw_approval, _("Taken back. Nobody can be placed here."))


@bp.post("/placements/<int:placement_id>/ending")
@allow(Role.STAFF)
def end(placement_id: int) -> ResponseReturnValue:
    """Let a guest live there no more."""
    placement = get_or_404(queries.placements_run_by(principal()), placement_id)
    transact(operations.end_placement, placement_id, by=principal().actor, at=now())
    flash(_("The placement has ended."), "gold")
    return redirect(url_for(".show", family_id=placement.family_id), 303)


def _page(family: HostFamily, form: PlacementForm) -> ResponseReturnValue:
    note_look("host_family", family.id, Whose(len(family.adults)))
    changes = changes_of(operations.RECORD, [family.id])
    page: dict[str, Any] = {
        "family": family,
        "known": operations.words_of(family),
        "placements": queries.placed_with(family.id),
        "warnings": queries.warnings_of(family, local_day(now())),
        "guests": GUESTS,
        "may_approve": family.changed_by_id != principal().actor,
        "changes": [(change, told(change, VOCABULARY)) for change in changes],
        "names": names_of([*(change.by_id for change in changes), family.approved_by_id]),
    }
    return render_template("programmes/family.html", form=form, **page), form.status, {"Cache-Control": "no-store"}


def _done(family_id: int, operation: Any, words: str) -> ResponseReturnValue:
    _family(family_id)
    try:
        transact(operation, family_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(words, "pine")
    return redirect(url_for(".show", family_id=family_id), 303)


def _family(family_id: int) -> HostFamily:
    return get_or_404(queries.families_run_by(principal()), family_id)


def _programme(programme_id: int) -> Programme:
    return get_or_404(programmes_run_by(principal()), programme_id)
