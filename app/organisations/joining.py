"""Taking a role with an invitation: with the account one has, or with one opened on the spot."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts import passwords, sessions
from app.accounts.models import User
from app.core.access import Role, allow, principal, public
from app.core.clock import now
from app.core.codes import read_code
from app.core.db import db, transact
from app.core.problems import Problem
from app.organisations import invitations
from app.organisations.models import Invitation, Membership
from app.organisations.problems import InvitationOver
from app.organisations.staffing_forms import JoinForm
from app.organisations.words import ROLE_WORDS

bp = Blueprint("joining", __name__)


@bp.route("/I/<code>", methods=["GET", "POST"])
@public
def show(code: str) -> ResponseReturnValue:
    """What one is invited to; without an account, the form opens one."""
    invitation = invitations.open_invitation(read_code(code), at=now())
    if invitation is None:
        return _over(InvitationOver())
    form = JoinForm(data={"name": invitation.name})
    if not current_user.is_authenticated and form.validate_on_submit():
        try:
            membership = _open_account(form, invitations.code_of(invitation))
        except InvitationOver as problem:
            return _over(problem)
        except Problem as problem:
            form.refuse(problem)
        else:
            sessions.start(db.session.get_one(User, membership.user_id))
            return _welcome()
    return _page(invitation, form)


@bp.post("/I/<code>/acceptance")
@allow(Role.SIGNED_IN)
def accept(code: str) -> ResponseReturnValue:
    """Take the role with the account that is signed in."""
    try:
        transact(invitations.accept, read_code(code) or "", principal().actor, at=now())
    except InvitationOver as problem:
        return _over(problem)
    return _welcome()


def _open_account(form: JoinForm, code: str) -> Membership:
    if form.identified is None:
        raise LookupError("a form that passed its checks has one")
    password_hash = passwords.hash_password(form.password.data)
    who = form.name.data, *form.identified
    return transact(invitations.accept_with_account, code, *who, password_hash, at=now())


def _page(invitation: Invitation, form: JoinForm) -> ResponseReturnValue:
    page = {"invitation": invitation, "code": invitations.code_of(invitation), "role": ROLE_WORDS[invitation.role]}
    return render_template("organisations/join.html", form=form, **page), form.status


def _welcome() -> ResponseReturnValue:
    flash(_("Welcome! You work here from now on."), "pine")
    return redirect(url_for("pages.start"), 303)


def _over(problem: Problem) -> ResponseReturnValue:
    return render_template("organisations/invitation_over.html", words=problem.message), 404
