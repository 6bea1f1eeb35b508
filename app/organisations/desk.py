"""A manager's page: what the own unit tells about itself."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import read_id
from app.organisations import operations, queries
from app.organisations.forms import ProfileForm
from app.organisations.history import history_of
from app.organisations.models import Organisation

bp = Blueprint("own_unit", __name__)


@bp.route("/desk/unit", methods=["GET", "POST"])
@allow(Role.MANAGER)
def host() -> ResponseReturnValue:
    """The profile of the host one manages."""
    return _profile(_unit(Role.STAFF), "own_unit.host")


@bp.route("/school/unit", methods=["GET", "POST"])
@allow(Role.MANAGER)
def school() -> ResponseReturnValue:
    """The profile of the school one manages."""
    return _profile(_unit(Role.SCHOOL), "own_unit.school")


def _profile(unit: Organisation, endpoint: str) -> ResponseReturnValue:
    form = ProfileForm(obj=unit)
    form.ask_only(unit.kind)
    if form.validate_on_submit():
        change, profile = form.logo_digest.change, form.profile()
        transact(operations.edit_profile, unit.id, change, by=principal().actor, at=now(), **profile)
        flash(_("Saved."), "pine")
        return redirect(url_for(endpoint, unit=unit.id), 303)
    return render_template("organisations/own.html", form=form, unit=unit, **history_of(unit.id)), form.status


def _unit(role: Role) -> Organisation:
    """Return the unit one manages; whoever manages several says which by ``unit``, or has chosen its desk."""
    asked, in_view = request.values.get("unit", type=read_id), principal().units_in_view(role)
    own = db.session.scalars(queries.managed_by(principal(), role)).all()
    return min(own, key=lambda unit: (unit.id != asked, unit.id not in in_view), default=None) or abort(404)
