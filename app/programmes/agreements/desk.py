"""The organiser's pages of co-operation agreements."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import names_of
from app.core.access import Role, allow, principal
from app.core.changes import changes_of, told
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.organisations.models import OrganisationKind
from app.programmes import documents
from app.programmes.agreements import operations, queries
from app.programmes.agreements.forms import agreement_form
from app.programmes.models import Agreement
from app.programmes.part_forms import DocumentForm
from app.programmes.queries import documents_of, units_to_choose
from app.programmes.words import AGREEMENT

bp = Blueprint("agreement_desk", __name__, url_prefix="/desk/agreements")
_PARTNERS = (OrganisationKind.PARTNER, OrganisationKind.HOST, OrganisationKind.SCHOOL)


@bp.get("")
@allow(Role.STAFF)
def index() -> ResponseReturnValue:
    """All agreements of the host in view."""
    at = now()
    found = [(one, queries.ends_soon(one, at)) for one in queries.desk_agreements(principal())]
    return render_template("programmes/agreements.html", agreements=found, today=local_day(at))


@bp.route("/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def create() -> ResponseReturnValue:
    """Enter an agreement of the unit in view."""
    host_id = min(principal().units_in_view(Role.STAFF))
    form = agreement_form([one for one in units_to_choose(*_PARTNERS) if one.id != host_id])
    if form.validate_on_submit():
        try:
            made = transact(operations.create_agreement, host_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved. Now add the signed paper."), "pine")
            return redirect(url_for(".show", agreement_id=made.id), 303)
    return render_template("programmes/agreement_edit.html", form=form, agreement=None), form.status


@bp.route("/<int:agreement_id>/edit", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit(agreement_id: int) -> ResponseReturnValue:
    """Change an agreement and its promises."""
    agreement = _agreement(agreement_id)
    partners = [one for one in units_to_choose(*_PARTNERS) if one.id != agreement.host_id]
    form = agreement_form(partners, agreement)
    if form.validate_on_submit():
        try:
            transact(operations.edit_agreement, agreement_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return redirect(url_for(".show", agreement_id=agreement_id), 303)
    return render_template("programmes/agreement_edit.html", form=form, agreement=agreement), form.status


@bp.route("/<int:agreement_id>", methods=["GET", "POST"])
@allow(Role.STAFF)
def show(agreement_id: int) -> ResponseReturnValue:
    """What was promised, what was held of it, and the papers; another one is added here."""
    agreement, form, at = _agreement(agreement_id), DocumentForm(), now()
    if form.validate_on_submit():
        transact(documents.add_to_agreement, agreement_id, form.kept(), by=principal().actor, at=at)
        flash(_("Saved."), "pine")
        return redirect(url_for(".show", agreement_id=agreement_id), 303)
    changes = [(one, told(one, AGREEMENT)) for one in changes_of(operations.RECORD, [agreement_id])]
    page = {
        "agreement": agreement,
        "years": queries.fulfilment(agreement, local_day(at)),
        "ends_soon": queries.ends_soon(agreement, at),
        "documents": documents_of(agreement_id=agreement_id),
        "changes": changes,
        "names": names_of(one.by_id for one, _said in changes),
    }
    return render_template("programmes/agreement.html", form=form, **page), form.status


@bp.post("/<int:agreement_id>/settlement")
@allow(Role.STAFF)
def settle(agreement_id: int) -> ResponseReturnValue:
    """Say that its end has been seen to."""
    _agreement(agreement_id)
    transact(operations.settle, agreement_id, by=principal().actor, at=now())
    flash(_("Noted; nobody is reminded of its end any more."), "pine")
    return redirect(url_for(".show", agreement_id=agreement_id), 303)


def _agreement(agreement_id: int) -> Agreement:
    return get_or_404(queries.agreements_run_by(principal()), agreement_id)
