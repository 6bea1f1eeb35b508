"""Slips for new passwords that a school's office prints for its pupils' families."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts import slips
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.schooldesk.pupil_accounts import accounts_of_pupils
from app.schooldesk.routes import the_school

bp = Blueprint("pupil_resets", __name__, url_prefix="/school")


@bp.post("/accounts/<int:user_id>/slip")
@allow(Role.SCHOOL)
def make_slip(user_id: int) -> ResponseReturnValue:
    """Print a slip for the account of a confirmed pupil."""
    by = principal().actor
    get_or_404(accounts_of_pupils(the_school().id, but=by), user_id)
    slip = transact(slips.make_slip, user_id, by=by, at=now())
    return redirect(url_for("resets.show", slip_id=slip.id), 303)
