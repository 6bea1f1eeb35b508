"""The administrator's list of accounts: who forgot a password, who lost a phone."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import proving, queries, slips
from app.core.access import Role, allow, principal
from app.core.audit import Whose, note_search
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id
from app.core.searching import sealed_word, typed_word
from app.organisations import staffing

bp = Blueprint("account_desk", __name__, url_prefix="/admin/accounts")


@bp.get("")
@allow(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """All accounts by name, searched by the beginning of a name, or by a whole phone, e-mail or sign-in name."""
    typed = typed_word(request.args.get("q"))
    found, following = queries.page_of_accounts(typed, request.args.get("after", type=read_id))
    if typed:
        note_search("accounts", None, Whose(len(found), filters="name"))
    word = sealed_word(typed) or None
    page = {
        "accounts": found,
        "typed": typed,
        "me": principal().actor,
        "following": url_for(".index", q=word, after=following) if following else None,
        "previous": url_for(".index", q=word) if "after" in request.args else None,
    }
    return render_template("organisations/accounts.html", **page)


@bp.post("/<int:user_id>/slip")
@allow(Role.ADMINISTRATOR)
def make_slip(user_id: int) -> ResponseReturnValue:
    """Print a slip with which somebody sets a new password."""
    get_or_404(staffing.accounts_reset_by(principal()), user_id)
    slip = transact(slips.make_slip, user_id, by=principal().actor, at=now())
    return redirect(url_for("resets.show", slip_id=slip.id), 303)


@bp.post("/<int:user_id>/second-factor/removal")
@allow(Role.ADMINISTRATOR)
def remove_second_factor(user_id: int) -> ResponseReturnValue:
    """Take the second factor off an account whose owner has lost it."""
    user = get_or_404(staffing.accounts_reset_by(principal()), user_id)
    name = user.name
    transact(proving.switch_off, user_id, by=principal().actor, at=now())
    flash(_("%(name)s signs in with the password alone now.", name=name), "gold")
    return redirect(url_for(".index"), 303)
