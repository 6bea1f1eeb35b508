"""The second factor: passing it, and setting it up."""

from base64 import b64encode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pyotp import TOTP

from app.accounts import proving, queries, sessions, signing_in, staying
from app.accounts.forms import CodeForm, ProofForm, SecondFactorForm
from app.accounts.models import Authenticator, User
from app.accounts.presence import Presence
from app.core.access import Role, allow, principal, public
from app.core.clock import now
from app.core.codes import grouped
from app.core.db import db, transact
from app.core.links import safe_next
from app.core.problems import Problem
from app.core.qr import qr_png

bp = Blueprint("second_factor", __name__)
ISSUER = "同行青年"


@bp.route("/second-factor", methods=["GET", "POST"])
@public
def prove() -> ResponseReturnValue:
    """Type a code: after the password, before a full list, before the administration."""
    row = sessions.current()
    form = ProofForm(next=request.args.get("next", ""))
    if row is None:
        return redirect(url_for("accounts.sign_in", next=safe_next(form.next.data)))
    if row.second_factor_at is None:
        return redirect(url_for(".overview", next=safe_next(form.next.data)))
    if form.validate_on_submit():
        try:
            _pass(row, form)
        except Problem as problem:
            form.refuse(problem)
        else:
            return redirect(safe_next(form.next.data) or url_for("pages.start"), 303)
    return render_template("accounts/prove.html", form=form, is_half=not row.is_whole), form.status


@bp.route("/account/second-factor", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def overview() -> ResponseReturnValue:
    """What there is, and what can be set up; the password is asked before anything changes, and the second factor
    that is there already, or whoever knows the password could put another one in its place."""
    user_id = principal().actor
    user = db.session.get_one(User, user_id)
    form = SecondFactorForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        try:
            signing_in.check_own_password(user_id, form.password.data, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            if user.second_factor_at and not principal().has_proof(now()):
                return redirect(url_for(".prove", next=url_for(".overview")), 303)
            return _begin(request.form.get("what", ""), user_id, safe_next(form.next.data))
    page = {
        "user": user,
        "app": queries.confirmed_authenticator(user_id),
        "left": sum(one.used_at is None for one in queries.printed_codes(user_id)),
        "is_asked_for": bool(principal().withheld) or principal().has(Role.ADMINISTRATOR),
    }
    return render_template("accounts/second_factor.html", form=form, **page), form.status


@bp.route("/account/second-factor/app", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def authenticator() -> ResponseReturnValue:
    """Scan the secret with an app, and type the first code."""
    row, found = sessions.current(), queries.new_authenticator(principal().actor)
    form = CodeForm(next=request.args.get("next", ""))
    if row is None or found is None:
        return redirect(url_for(".overview", next=safe_next(form.next.data)))
    if form.validate_on_submit():
        token = staying.new_token()
        try:
            transact(proving.confirm_authenticator, row.user_id, row.id, form.code.data, token, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            sessions.change_token(token)
            flash(_("The app is set up. It is asked for when you sign in."), "pine")
            return redirect(safe_next(form.next.data) or url_for("account.show"), 303)
    page = render_template("accounts/authenticator.html", form=form, **_to_scan(row, found))
    return page, form.status, {"Cache-Control": "no-store"}


@bp.get("/account/second-factor/codes")
@allow(Role.SIGNED_IN)
def codes() -> ResponseReturnValue:
    """Print the ten codes, while they are new."""
    found, next_page = queries.printed_codes(principal().actor), safe_next(request.args.get("next"))
    if not found or now() - found[0].made_at > proving.PRINTABLE_FOR:
        flash(_("Codes are shown for a quarter of an hour only. Print new ones if you need them."), "gold")
        return redirect(url_for(".overview", next=next_page))
    page = render_template(
        "accounts/codes.html",
        codes=[grouped(code) for code in proving.printed(found)],
        made_at=found[0].made_at,
        next_page=next_page or url_for("account.show"),
    )
    return page, {"Cache-Control": "no-store"}


def _pass(row: Presence, form: ProofForm) -> None:
    token = staying.new_token()
    proving.pass_second_factor(row.user_id, row.id, form.code.data, token, remember=form.remember.data, at=now())
    sessions.change_token(token)


def _begin(what: str, user_id: int, next_page: str | None) -> ResponseReturnValue:
    """Go on with what was asked for, after the password."""
    row = sessions.current()
    if what == "codes" and row:
        token = staying.new_token()
        transact(proving.print_codes, user_id, row.id, token, at=now())
        sessions.change_token(token)
        return redirect(url_for(".codes", next=next_page), 303)
    if what == "off":
        transact(proving.switch_off, user_id, by=user_id, at=now())
        flash(_("The password alone is enough again."), "gold")
        return redirect(url_for("account.show"), 303)
    transact(proving.begin_authenticator, user_id, at=now())
    return redirect(url_for(".authenticator", next=next_page), 303)


def _to_scan(row: Presence, found: Authenticator) -> dict[str, str]:
    secret = proving.secret_of(found)
    address = TOTP(secret).provisioning_uri(name=row.sign_in_name, issuer_name=ISSUER)
    picture = b64encode(qr_png(address, 6)).decode()
    return {"picture": f"data:image/png;base64,{picture}", "secret": grouped(secret), "address": address}
