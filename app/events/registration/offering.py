"""What one does with a place in one tap: accept it, let it go, leave with the whole party."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events import queries
from app.events.dates.series_problems import OneDateOfSeries
from app.events.models import Registration, RegistrationState
from app.events.problems import LeaveNeedsReason
from app.events.registration import offers, operations

bp = Blueprint("offering", __name__, url_prefix="/registrations/<int:registration_id>")


@bp.post("/acceptance")
@allow(Role.SIGNED_IN)
def accept(registration_id: int) -> ResponseReturnValue:
    """Take the place that is offered."""
    return _act(offers.accept, registration_id, _("The place is yours. See you there!"))


@bp.post("/declination")
@allow(Role.SIGNED_IN)
def decline(registration_id: int) -> ResponseReturnValue:
    """Let the place go to the next in line."""
    return _act(offers.decline, registration_id, _("Thank you for saying so. The place goes to the next in line."))


@bp.post("/party/cancellation")
@allow(Role.SIGNED_IN)
def cancel_party(registration_id: int) -> ResponseReturnValue:
    """Give the places of everybody who comes together back."""
    return _act(operations.cancel_party, registration_id, _("Everybody's sign-up is cancelled."))


def _act(act: Callable[..., Registration], registration_id: int, done: str) -> ResponseReturnValue:
    get_or_404(queries.registrations_of(principal().actor), registration_id)
    try:
        registration = transact(act, registration_id, by=current_user.id, at=now())
    except (LeaveNeedsReason, OneDateOfSeries) as problem:
        flash(problem.message, "gold")
        return redirect(url_for("leaving.leave", registration_id=registration_id), 303)
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        is_held = registration.state is RegistrationState.HELD
        flash(_("The place is kept; a guardian still has to agree.") if is_held else done, "pine")
    return redirect(url_for("events.show_code", registration_id=registration_id), 303)
