"""Signing in and out."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import sessions, signing_in, slips
from app.accounts.forms import SignInForm
from app.accounts.identifiers import read_identifier
from app.accounts.models import User
from app.accounts.problems import WrongPassword
from app.core.access import Role, allow, public
from app.core.clock import now
from app.core.filters import moment
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
            user = _whoever_it_is(form)
        except Problem as problem:
            form.refuse(problem)
        else:
            return _let_in(user, safe_next(form.next.data))
    if not form.is_submitted() and _is_half_in() and "again" not in request.args:
        return redirect(url_for("second_factor.prove", next=safe_next(form.next.data)))
    return render_template("accounts/sign_in.html", form=form), form.status


@bp.post("/sign-out")
@allow(Role.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """Sign out on this device."""
    sessions.leave()
    return redirect(url_for("pages.home"), 303)


def _whoever_it_is(form: SignInForm) -> User:
    identified = read_identifier(form.identifier.data)
    if identified is None:
        raise WrongPassword
    token = sessions.browser_token()
    return signing_in.check_password(*identified, form.password.data, at=now(), browser_token=token)


def _let_in(user: User, next_page: str | None) -> ResponseReturnValue:
    slip = slips.slip_waiting_for(user.id, at=now())
    told = (slip.made_by.name, moment(slip.made_at)) if slip else None
    if not sessions.start(user):
        return redirect(url_for("second_factor.prove", next=next_page), 303)
    if told:
        name, made = told
        words = _("%(name)s made a slip for a new password of your account: %(made)s.", name=name, made=made)
        flash(words + _("If you did not ask for it, please tell an administrator."), "gold")
    return redirect(next_page or url_for("pages.start"), 303)


def _is_half_in() -> bool:
    row = sessions.current()
    return row is not None and not row.is_whole
