"""Signing in and out."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from app.accounts import sessions, signing_in
from app.accounts.forms import SignInForm
from app.accounts.identifiers import read_identifier
from app.accounts.problems import WrongPassword
from app.core.access import Role, allow, public
from app.core.clock import now
from app.core.links import safe_next
from app.core.problems import Problem

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in and go back to where one came from."""
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        try:
            identified = read_identifier(form.identifier.data)
            if identified is None:
                raise WrongPassword
            user = signing_in.check_password(*identified, form.password.data, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            sessions.start(user)
            return redirect(safe_next(form.next.data) or url_for("pages.start"), 303)
    return render_template("accounts/sign_in.html", form=form), form.status


@bp.post("/sign-out")
@allow(Role.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """Sign out on this device."""
    logout_user()
    return redirect(url_for("pages.home"), 303)
