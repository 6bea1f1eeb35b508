"""One's own account: name, language, password, sign-in names, devices, and what happened to it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import operations, passwords, queries, sessions, signing_in, staying
from app.accounts.devices import device_words
from app.accounts.forms import AccountForm, ChangePasswordForm, SignInNamesForm
from app.accounts.models import User
from app.accounts.words import ACCOUNT_VOCABULARY
from app.core import languages
from app.core.access import Role, allow, principal
from app.core.changes import changes_of, told
from app.core.clock import now
from app.core.db import db, transact
from app.core.problems import Problem

bp = Blueprint("account", __name__)


@bp.route("/account", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def show() -> ResponseReturnValue:
    """Everything about one's account; the form is its name and language."""
    user = _user()
    form = AccountForm(data={"name": user.name, "language": user.language or languages.current_language()})
    if form.validate_on_submit():
        transact(operations.edit_account, user.id, form.name.data, form.language.data, at=now())
        languages.choose(form.language.data)
        flash(_("Saved."), "pine")
        return redirect(url_for(".show"), 303)
    changes = changes_of(operations.ACCOUNT, [user.id])
    page = {
        "user": user,
        "here": _here(),
        "devices": [(one, device_words(one.device)) for one in staying.sessions_of(user.id, now())],
        "changes": [(change, told(change, ACCOUNT_VOCABULARY)) for change in changes],
        "names": queries.names_of(change.by_id for change in changes),
    }
    return render_template("accounts/account.html", form=form, **page), form.status


@bp.route("/account/password", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def password() -> ResponseReturnValue:
    """Choose another password; every other device is signed out."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        user_id, at = principal().actor, now()
        try:
            signing_in.check_own_password(user_id, form.password.data, at=at)
        except Problem as problem:
            form.refuse(problem)
        else:
            password_hash = passwords.hash_password(form.new_password.data)
            transact(operations.change_password, user_id, password_hash, kept_session=_here(), at=at)
            flash(_("The password is changed. All other devices are signed out."), "pine")
            return redirect(url_for(".show"), 303)
    return render_template("accounts/password.html", form=form), form.status


@bp.route("/account/sign-in-names", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def sign_in_names() -> ResponseReturnValue:
    """Phone, e-mail and name: with each of them one can sign in."""
    user_id = principal().actor
    form = SignInNamesForm(obj=_user())
    if form.validate_on_submit():
        try:
            signing_in.check_own_password(user_id, form.password.data, at=now())
            transact(operations.set_identifiers, user_id, form.wanted(), at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return redirect(url_for(".show"), 303)
    return render_template("accounts/sign_in_names.html", form=form), form.status


@bp.post("/account/sessions/<int:session_id>/end")
@allow(Role.SIGNED_IN)
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign one device out."""
    if session_id == _here():
        sessions.leave()
        return redirect(url_for("pages.home"), 303)
    transact(staying.end, session_id, user_id=principal().actor)
    flash(_("That device is signed out."), "pine")
    return redirect(url_for(".show"), 303)


@bp.post("/account/sessions/end")
@allow(Role.SIGNED_IN)
def end_other_sessions() -> ResponseReturnValue:
    """Sign out everywhere else."""
    transact(operations.sign_out_elsewhere, principal().actor, _here(), at=now())
    flash(_("All other devices are signed out."), "pine")
    return redirect(url_for(".show"), 303)


@bp.post("/view")
@allow(Role.SIGNED_IN)
def choose_view() -> ResponseReturnValue:
    """Work somewhere else: one's own pages, another unit, the administration."""
    wanted = request.form.get("view", "")
    here = _here()
    if here and wanted in {desk.key for desk in principal().desks}:
        transact(staying.choose_view, here, wanted, user_id=principal().actor)
    return redirect(url_for("pages.start"), 303)


def _user() -> User:
    return db.session.get_one(User, principal().actor)


def _here() -> int | None:
    row = sessions.current()
    return row.id if row else None
