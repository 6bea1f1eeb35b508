"""The administrator's pages: units and who works for them."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts import passwords
from app.core.access import Role, allow
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.organisations import operations, queries
from app.organisations.forms import MemberForm, NewOrganisationForm, OrganisationForm
from app.organisations.models import Membership, MembershipRole, Organisation, OrganisationKind
from app.organisations.words import KIND_WORDS, ROLE_WORDS

bp = Blueprint("organisations", __name__, url_prefix="/admin")


@bp.get("/organisations")
@allow(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """All units, by kind."""
    by_kind = queries.by_kind()
    return render_template("organisations/index.html", by_kind=by_kind, kinds=KIND_WORDS)


@bp.route("/organisations/new", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def create() -> ResponseReturnValue:
    """Enter a unit."""
    form = NewOrganisationForm()
    if form.validate_on_submit():
        try:
            organisation = transact(
                operations.create_organisation,
                form.name.data,
                OrganisationKind(form.kind.data),
                place=form.place.data,
                phone=form.phone.data or None,
                at=now(),
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            return redirect(url_for(".show", organisation_id=organisation.id), 303)
    return render_template("organisations/form.html", form=form, organisation=None), form.status


@bp.route("/organisations/<int:organisation_id>/edit", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def edit(organisation_id: int) -> ResponseReturnValue:
    """Change a unit's name, place or number."""
    organisation = get_or_404(select(Organisation), organisation_id)
    form = OrganisationForm(obj=organisation)
    if form.validate_on_submit():
        try:
            words = (form.name.data, form.place.data, form.phone.data or None)
            transact(operations.edit_organisation, organisation_id, *words)
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return redirect(url_for(".show", organisation_id=organisation_id), 303)
    return render_template("organisations/form.html", form=form, organisation=organisation), form.status


@bp.route("/organisations/<int:organisation_id>", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def show(organisation_id: int) -> ResponseReturnValue:
    """A unit and its staff; the form below adds one."""
    organisation = get_or_404(select(Organisation), organisation_id)
    form = MemberForm()
    form.offer_roles(organisation)
    if form.validate_on_submit():
        try:
            _add_member(form, organisation_id)
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_added(form), "pine")
            return redirect(url_for(".show", organisation_id=organisation_id), 303)
    members = list(db.session.scalars(queries.members_of(organisation_id)))
    page = {
        "organisation": organisation,
        "members": members,
        "form": form,
        "roles": ROLE_WORDS,
        "kinds": KIND_WORDS,
    }
    return render_template("organisations/show.html", **page), form.status


@bp.post("/memberships/<int:membership_id>/end")
@allow(Role.ADMINISTRATOR)
def end_membership(membership_id: int) -> ResponseReturnValue:
    """End somebody's access, at once."""
    membership = get_or_404(select(Membership), membership_id)
    try:
        transact(operations.end_membership, membership_id, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("The access has ended."), "pine")
    return redirect(url_for(".show", organisation_id=membership.organisation_id), 303)


def _added(form: MemberForm) -> str:
    if form.existing.data:
        return str(_("The account has the role now."))
    return str(_("The account is open. Tell %(name)s the first password.", name=form.name.data))


def _add_member(form: MemberForm, organisation_id: int) -> None:
    if form.identified is None:
        abort(422)
    way, identifier = form.identified
    role = MembershipRole(form.role.data)
    if form.existing.data:
        transact(operations.employ, organisation_id, role, way=way, identifier=identifier, at=now())
        return
    transact(
        operations.open_staff_account,
        organisation_id,
        role,
        name=form.name.data,
        way=way,
        identifier=identifier,
        password_hash=passwords.hash_password(str(form.password.data)),
        at=now(),
    )
