"""Reset slips: printed by staff, used by the account's owner."""

from base64 import b64encode

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import resetting, sessions, slips
from app.accounts.forms import NewPasswordForm, SlipCodeForm
from app.accounts.models import ResetSlip, User
from app.core.access import Role, allow, principal, public
from app.core.clock import now
from app.core.codes import grouped, read_code
from app.core.db import db
from app.core.finding import get_or_404
from app.core.links import public_url, scannable
from app.core.problems import Problem
from app.core.qr import qr_png

bp = Blueprint("resets", __name__)


@bp.route("/reset", methods=["GET", "POST"])
@public
def enter() -> ResponseReturnValue:
    """Type the code of a slip, for whoever cannot scan it."""
    form = SlipCodeForm()
    if form.validate_on_submit():
        try:
            slip = resetting.read_slip(read_code(form.code.data), sessions.this_browser(), at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            return redirect(url_for(".use", code=slips.code_of(slip)), 303)
    return render_template("accounts/reset.html", form=form), form.status


@bp.route("/R/<code>", methods=["GET", "POST"])
@public
def use(code: str) -> ResponseReturnValue:
    """Set a new password with a slip; whoever does so is signed in."""
    try:
        slip = resetting.read_slip(read_code(code), sessions.this_browser(), at=now())
        name, form = slip.user.name, NewPasswordForm()
        if form.validate_on_submit():
            return _set_password(slip, form)
    except Problem as problem:
        again = SlipCodeForm(formdata=None, data={"code": code})
        again.refuse(problem)
        return render_template("accounts/reset.html", form=again), 404
    return render_template("accounts/new_password.html", form=form, name=name, slip=slip), form.status


@bp.get("/slips/<int:slip_id>")
@allow(Role.SIGNED_IN)
def show(slip_id: int) -> ResponseReturnValue:
    """Print a slip: only for whoever made it, and only while it counts."""
    slip = get_or_404(slips.slips_made_by(principal().actor, now()), slip_id)
    code = slips.code_of(slip)
    picture = b64encode(qr_png(scannable("resets.use", code=code), 8)).decode()
    page = render_template(
        "accounts/slip.html",
        slip=slip,
        code=grouped(code),
        picture=f"data:image/png;base64,{picture}",
        address=public_url("resets.enter"),
    )
    return page, {"Cache-Control": "no-store"}


def _set_password(slip: ResetSlip, form: NewPasswordForm) -> ResponseReturnValue:
    made_by, code = slip.made_by.name, slips.code_of(slip)
    user_id = resetting.set_password(code, form.password.data, at=now())
    is_whole = sessions.start(db.session.get_one(User, user_id))
    flash(_("Your new password is set. %(name)s made the slip for it.", name=made_by), "pine")
    return redirect(url_for("account.show") if is_whole else url_for("second_factor.prove"), 303)
