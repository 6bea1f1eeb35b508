"""Who works for a unit: invitations, roles, the end of an access, slips for new passwords."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts import slips
from app.accounts.identifiers import Way
from app.accounts.models import User
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404, read_id
from app.core.links import public_url
from app.core.problems import Problem
from app.organisations import invitations, operations, queries, staffing
from app.organisations.models import Membership, MembershipRole, Organisation, OrganisationKind
from app.organisations.staffing_forms import EmployForm, InviteForm
from app.organisations.staffing_words import staff_history
from app.organisations.words import ROLE_WORDS

bp = Blueprint("staff_desk", __name__)


@bp.route("/admin/organisations/<int:organisation_id>/staff", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def of_unit(organisation_id: int) -> ResponseReturnValue:
    """The staff of any unit, for the administrator; the form makes a link."""
    return _staff(get_or_404(select(Organisation), organisation_id))


@bp.route("/desk/staff", methods=["GET", "POST"])
@allow(Role.MANAGER)
def of_host() -> ResponseReturnValue:
    """The staff of the host one manages."""
    return _staff(_managed(Role.STAFF))


@bp.route("/school/staff", methods=["GET", "POST"])
@allow(Role.MANAGER)
def of_school() -> ResponseReturnValue:
    """The staff of the school one manages."""
    return _staff(_managed(Role.SCHOOL))


@bp.route("/admin/organisations/<int:organisation_id>/staff/known", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def employ(organisation_id: int) -> ResponseReturnValue:
    """Give a role to an account that is there already."""
    organisation = get_or_404(select(Organisation), organisation_id)
    form = EmployForm()
    form.offer_roles(organisation, principal())
    if form.validate_on_submit() and form.identified:
        try:
            _employ(organisation_id, MembershipRole(form.role.data), *form.identified)
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("The account has the role now."), "pine")
            return redirect(_address(organisation), 303)
    return render_template("organisations/employ.html", form=form, organisation=organisation), form.status


@bp.post("/organisations/<int:organisation_id>/second-factor")
@allow(Role.ADMINISTRATOR, Role.MANAGER)
def require_second_factor(organisation_id: int) -> ResponseReturnValue:
    """Let the staff in only with a second factor, or with the password alone again."""
    organisation = get_or_404(staffing.units_staffed_by(principal()), organisation_id)
    is_required = request.form.get("required") == "yes"
    transact(operations.require_second_factor, organisation_id, is_required, by=principal().actor, at=now())
    flash(_("Saved."), "pine")
    return redirect(_address(organisation), 303)


@bp.post("/memberships/<int:membership_id>/end")
@allow(Role.ADMINISTRATOR, Role.MANAGER)
def end_membership(membership_id: int) -> ResponseReturnValue:
    """End somebody's access, at once."""
    membership = get_or_404(staffing.memberships_run_by(principal()), membership_id)
    organisation = db.session.get_one(Organisation, membership.organisation_id)
    try:
        transact(operations.end_membership, membership_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("The access has ended."), "pine")
    return redirect(_address(organisation), 303)


@bp.post("/memberships/<int:membership_id>/slip")
@allow(Role.ADMINISTRATOR, Role.MANAGER)
def make_slip(membership_id: int) -> ResponseReturnValue:
    """Print a slip with which a member sets a new password."""
    membership = get_or_404(select(Membership), membership_id)
    get_or_404(staffing.accounts_reset_by(principal()), membership.user_id)
    slip = transact(slips.make_slip, membership.user_id, by=principal().actor, at=now())
    return redirect(url_for("resets.show", slip_id=slip.id), 303)


@bp.post("/invitations/<int:invitation_id>/revocation")
@allow(Role.ADMINISTRATOR, Role.MANAGER)
def revoke(invitation_id: int) -> ResponseReturnValue:
    """Take a link back."""
    invitation = get_or_404(staffing.invitations_run_by(principal()), invitation_id)
    organisation = db.session.get_one(Organisation, invitation.organisation_id)
    transact(invitations.revoke, invitation_id, by=principal().actor, at=now())
    flash(_("The link is taken back."), "pine")
    return redirect(_address(organisation), 303)


def _staff(organisation: Organisation) -> ResponseReturnValue:
    form = InviteForm()
    form.offer_roles(organisation, principal())
    if form.validate_on_submit():
        role = MembershipRole(form.role.data)
        transact(invitations.invite, organisation.id, role, form.name.data, by=principal().actor, at=now())
        flash(_("The link is made. Copy it below and send it to %(name)s alone.", name=form.name.data), "pine")
        return redirect(_address(organisation), 303)
    return render_template("organisations/staff.html", form=form, **_page(organisation)), form.status


def _employ(organisation_id: int, role: MembershipRole, way: Way, identifier: str) -> None:
    by = principal().actor
    transact(operations.employ, organisation_id, role, way=way, identifier=identifier, by=by, at=now())


def _page(organisation: Organisation) -> dict[str, Any]:
    members = list(db.session.scalars(queries.members_of(organisation.id)))
    ours = {member.id for member in members}
    can_end = select(Membership.id).where(Membership.id.in_(ours))
    visible = staffing.invitations_run_by(principal())
    open_ones = list(db.session.scalars(invitations.still_open(visible, organisation.id, now())))
    own = staffing.memberships_run_by(principal()).with_only_columns(Membership.id)
    may_reset = staffing.accounts_reset_by(principal()).with_only_columns(User.id)
    return {
        "organisation": organisation,
        "members": members,
        "endable": set(db.session.scalars(can_end.where(Membership.id.in_(own)))),
        "resettable": set(db.session.scalars(may_reset.where(User.id.in_({one.user_id for one in members})))),
        "invitations": [(one, public_url("joining.show", code=invitations.code_of(one))) for one in open_ones],
        "roles": ROLE_WORDS,
        "is_administrator": principal().has(Role.ADMINISTRATOR),
        **staff_history(organisation.id),
    }


def _address(organisation: Organisation) -> str:
    """Return where the staff of a unit is listed for whoever asks."""
    if principal().has(Role.ADMINISTRATOR):
        return url_for(".of_unit", organisation_id=organisation.id)
    endpoint = ".of_school" if organisation.kind is OrganisationKind.SCHOOL else ".of_host"
    return url_for(endpoint, unit=organisation.id)


def _managed(role: Role) -> Organisation:
    """Return the unit one manages; whoever manages several says which by ``unit``, or has chosen its desk."""
    asked, in_view = request.values.get("unit", type=read_id), principal().units_in_view(role)
    own = db.session.scalars(queries.managed_by(principal(), role)).all()
    return min(own, key=lambda unit: (unit.id != asked, unit.id not in in_view), default=None) or abort(404)
