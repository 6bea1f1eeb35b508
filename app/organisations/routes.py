"""The administrator's pages: units and who works for them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404, read_id
from app.core.problems import Problem
from app.organisations import operations, queries
from app.organisations.forms import NewOrganisationForm, OrganisationForm
from app.organisations.history import history_of
from app.organisations.models import Organisation, OrganisationKind, SchoolLevel
from app.organisations.words import KIND_WORDS, LEVEL_WORDS, ROLE_WORDS

bp = Blueprint("organisations", __name__, url_prefix="/admin")


@bp.get("/organisations")
@allow(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """All units by name, searched by how a name begins and filtered by kind."""
    kind = request.args.get("kind", type=OrganisationKind)
    level = request.args.get("level", type=SchoolLevel) if kind is OrganisationKind.SCHOOL else None
    typed = request.args.get("q", "").strip()
    found, following = queries.page_of_units(kind, level, typed, request.args.get("after", type=read_id))
    asked: dict[str, Any] = {"kind": kind, "level": level, "q": typed or None}
    page = {
        "units": found,
        "kind": kind,
        "level": level,
        "typed": typed,
        "following": url_for(".index", **asked, after=following) if following else None,
        "previous": url_for(".index", **asked) if "after" in request.args else None,
        "kinds": KIND_WORDS,
        "levels": LEVEL_WORDS,
    }
    return render_template("organisations/index.html", **page)


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
                short_name=form.short_name.data,
                place=form.place.data,
                phone=form.phone.data or None,
                contact=form.contact.data,
                by=principal().actor,
                at=now(),
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            return redirect(url_for(".show", organisation_id=organisation.id), 303)
    return render_template("organisations/create.html", form=form), form.status


@bp.route("/organisations/<int:organisation_id>/edit", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def edit(organisation_id: int) -> ResponseReturnValue:
    """Change a unit; what kind it is stays."""
    organisation = get_or_404(select(Organisation), organisation_id)
    form = OrganisationForm(obj=organisation)
    form.ask_only(organisation.kind)
    if form.validate_on_submit():
        try:
            transact(
                operations.edit_organisation,
                organisation_id,
                form.name.data,
                form.short_name.data,
                form.logo_digest.change,
                by=principal().actor,
                at=now(),
                **form.profile(),
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return redirect(url_for(".show", organisation_id=organisation_id), 303)
    return render_template("organisations/form.html", form=form, organisation=organisation), form.status


@bp.get("/organisations/<int:organisation_id>")
@allow(Role.ADMINISTRATOR)
def show(organisation_id: int) -> ResponseReturnValue:
    """A unit, and who works for it."""
    organisation = get_or_404(select(Organisation), organisation_id)
    page = {
        "organisation": organisation,
        **history_of(organisation_id),
        "members": list(db.session.scalars(queries.members_of(organisation_id))),
        "roles": ROLE_WORDS,
        "kinds": KIND_WORDS,
        "levels": LEVEL_WORDS,
    }
    return render_template("organisations/show.html", **page)
