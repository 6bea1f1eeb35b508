"""What organisers do to programmes: find, set up, read over, edit, publish, copy, call off, delete."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import local_day, now, start_of_day
from app.core.db import transact
from app.core.fields import choice
from app.core.finding import get_or_404
from app.core.paging import page_of, read_key
from app.core.problems import Problem
from app.organisations.queries import units
from app.programmes import planning, queries
from app.programmes.agreements.queries import agreements_to_choose
from app.programmes.forms import CopyForm, NewProgrammeForm, ProgrammeForm, ReasonForm, programme_values
from app.programmes.kinds import ProgrammeKind
from app.programmes.models import Programme
from app.programmes.search import read_programmes_wanted

bp = Blueprint("programme_desk", __name__, url_prefix="/desk/programmes")


@bp.get("")
@allow(Role.STAFF)
def index() -> ResponseReturnValue:
    """The programmes of the hosts one works for."""
    at, wanted = now(), read_programmes_wanted(request.args)
    found = queries.desk_programmes(principal(), wanted, at, read_key(request.args.get("after")))
    page, following = page_of(found, queries.PAGE, lambda one: (start_of_day(one.starts_on), one.id))
    shown = {
        "programmes": page,
        "following": following,
        "wanted": wanted,
        "kinds": ProgrammeKind,
        "today": local_day(at),
    }
    return render_template("programmes/desk.html", **shown)


@bp.route("/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def create() -> ResponseReturnValue:
    """Set up a programme, as a draft; it can be read over before."""
    in_view = principal().units_in_view(Role.STAFF)
    hosts = sorted(units(principal().units(Role.STAFF)), key=lambda host: host.id not in in_view)
    form = NewProgrammeForm(agreements_to_choose(principal()), data={"contact": hosts[0].phone or ""})
    form.host_id.choices = [choice(str(host.id), host.name) for host in hosts]
    if "back" not in request.form and form.validate_on_submit():
        if "preview" in request.form:
            host = next(host for host in hosts if host.id == form.host_id.data)
            return _preview(form.words(), host.name, request.path)
        words, picture = form.words(), form.picture.change
        made = transact(planning.create_programme, form.host_id.data, words, picture, by=principal().actor, at=now())
        flash(_("Saved as a draft. Now say who takes part, then publish it."), "pine")
        return redirect(url_for("programme_pages.show", programme_id=made.id), 303)
    return render_template("programmes/create.html", form=form), form.status


@bp.route("/<int:programme_id>/edit", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit(programme_id: int) -> ResponseReturnValue:
    """Change the words of a programme; they can be read over before."""
    programme = _programme(programme_id)
    form = ProgrammeForm(agreements_to_choose(principal()), data=programme_values(programme))
    if "back" not in request.form and form.validate_on_submit():
        if "preview" in request.form:
            return _preview(form.words(), programme.host.name, request.path)
        picture = form.picture.change
        transact(planning.edit_programme, programme_id, form.words(), picture, by=principal().actor, at=now())
        flash(_("Saved."), "pine")
        return _back(programme_id)
    return render_template("programmes/edit.html", form=form, programme=programme), form.status


@bp.post("/<int:programme_id>/publication")
@allow(Role.STAFF)
def publish(programme_id: int) -> ResponseReturnValue:
    """Let everyone see the programme."""
    _programme(programme_id)
    try:
        transact(planning.publish, programme_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Published. Share the page in your group chat."), "pine")
    return _back(programme_id)


@bp.route("/<int:programme_id>/cancellation", methods=["GET", "POST"])
@allow(Role.STAFF)
def cancel(programme_id: int) -> ResponseReturnValue:
    """Call the programme off; everybody who applied is told."""
    programme = _programme(programme_id)
    form = ReasonForm(data={"reason": programme.cancel_reason or ""})
    if form.validate_on_submit():
        transact(planning.cancel, programme_id, form.reason.data, by=principal().actor, at=now())
        flash(_("Cancelled. Everybody who applied has been told."), "pine")
        return _back(programme_id)
    return render_template("programmes/cancel.html", form=form, programme=programme), form.status


@bp.post("/<int:programme_id>/resumption")
@allow(Role.STAFF)
def resume(programme_id: int) -> ResponseReturnValue:
    """Take the cancellation back."""
    _programme(programme_id)
    transact(planning.resume, programme_id, by=principal().actor, at=now())
    flash(_("The cancellation is taken back; all applications are what they were. Tell the families yourself."), "pine")
    return _back(programme_id)


@bp.route("/<int:programme_id>/copy", methods=["GET", "POST"])
@allow(Role.STAFF)
def copy(programme_id: int) -> ResponseReturnValue:
    """Set up the same programme on other days, as a draft."""
    programme, form = _programme(programme_id), CopyForm()
    if form.validate_on_submit():
        made = transact(planning.copy_programme, programme_id, form.starts_on.data, by=principal().actor, at=now())
        flash(_("Copied as a draft, nobody has applied yet. Read it over, then publish it."), "pine")
        return _back(made.id)
    return render_template("programmes/copy.html", form=form, programme=programme), form.status


@bp.post("/<int:programme_id>/deletion")
@allow(Role.STAFF)
def delete(programme_id: int) -> ResponseReturnValue:
    """Delete a draft that nobody has applied for."""
    _programme(programme_id)
    try:
        transact(planning.delete_programme, programme_id)
    except Problem as problem:
        flash(problem.message, "bad")
        return _back(programme_id)
    flash(_("Deleted."), "pine")
    return redirect(url_for(".index"), 303)


def _preview(words: planning.ProgrammeWords, host: str, address: str) -> ResponseReturnValue:
    typed = [(name, text) for name, text in request.form.items(multi=True) if name not in {"csrf_token", "preview"}]
    page = {"programme": words, "host": host, "typed": typed, "address": address}
    return render_template("programmes/preview.html", **page)


def _back(programme_id: int) -> ResponseReturnValue:
    return redirect(url_for("programme_pages.show", programme_id=programme_id), 303)


def _programme(programme_id: int) -> Programme:
    return get_or_404(queries.programmes_run_by(principal()), programme_id)
