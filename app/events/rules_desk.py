"""A host's rules of signing up. Staff reads, managers write."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import names_of
from app.core.access import Role, allow, principal
from app.core.changes import changes_of, told
from app.core.clock import now
from app.core.db import transact
from app.core.finding import read_id
from app.events import rules
from app.events.leave import absences
from app.events.shifts.shift_forms import RulesForm
from app.organisations.models import Organisation
from app.organisations.queries import units

bp = Blueprint("rules_desk", __name__, url_prefix="/desk/rules")


@bp.get("")
@allow(Role.STAFF)
def show() -> ResponseReturnValue:
    """What holds for minors, for two shifts on one day, and for whoever did not come."""
    host = own_host()
    return _page(host, RulesForm(obj=rules.rules_of(host.id)))


@bp.post("")
@allow(Role.MANAGER)
def change() -> ResponseReturnValue:
    """Let something else hold from now on."""
    host = own_host(Role.MANAGER)
    form = RulesForm()
    if form.validate_on_submit():
        transact(absences.change_rules, host.id, form.rules(), by=principal().actor, at=now())
        flash(_("Saved. It holds for whoever signs up from now on."), "pine")
        return redirect(url_for(".show", unit=host.id), 303)
    return _page(host, form)


def own_host(role: Role = Role.STAFF) -> Organisation:
    """Return the host one works for, or manages; whoever has several says which by ``unit``, or has chosen its desk."""
    own = principal().units(Role.STAFF) & principal().units(role)
    asked, in_view = request.values.get("unit", type=read_id), principal().units_in_view(Role.STAFF)
    return min(units(own), key=lambda unit: (unit.id != asked, unit.id not in in_view), default=None) or abort(404)


def _page(host: Organisation, form: RulesForm) -> ResponseReturnValue:
    changes = changes_of(rules.RECORD, [host.id])
    page = {
        "host": host,
        "may_write": host.id in principal().units(Role.MANAGER),
        "changes": [(change, told(change, rules.VOCABULARY)) for change in changes],
        "names": names_of(change.by_id for change in changes),
    }
    return render_template("events/rules.html", form=form, **page), form.status
