"""What did not arrive: tried again by the host's staff; what nobody can know, looked at by administrators."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id
from app.core.links import came_from
from app.core.problems import Problem
from app.messages import deliveries
from app.messages.troubles import CHANNEL_WORDS, channel_words, masked_address, trouble_detail, trouble_words
from app.messages.words import KIND_WORDS

bp = Blueprint("delivery_desk", __name__)
for _writer in (masked_address, trouble_words, channel_words):
    bp.add_app_template_filter(_writer)


@bp.get("/admin/deliveries")
@allow(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """What may have gone out or not: the line broke while it was sent."""
    found, following = deliveries.parked(request.args.get("after", type=read_id))
    page = {
        "found": [(one, trouble_words(one), trouble_detail(one)) for one in found],
        "words": CHANNEL_WORDS,
        "kinds": KIND_WORDS,
        "following": url_for(".index", after=following) if following else None,
        "previous": url_for(".index") if "after" in request.args else None,
    }
    return render_template("messages/deliveries.html", **page)


@bp.post("/admin/deliveries/<int:delivery_id>/again")
@allow(Role.ADMINISTRATOR)
def send_parked(delivery_id: int) -> ResponseReturnValue:
    """Send it once more, whether it went out before or not."""
    get_or_404(deliveries.deliveries_parked(), delivery_id)
    _send_again(delivery_id)
    return redirect(url_for(".index"), 303)


@bp.post("/admin/deliveries/<int:delivery_id>/sent")
@allow(Role.ADMINISTRATOR)
def note_sent(delivery_id: int) -> ResponseReturnValue:
    """It did go out; nothing is sent."""
    get_or_404(deliveries.deliveries_parked(), delivery_id)
    transact(deliveries.note_sent, delivery_id, at=now())
    flash(_("Noted: it went out."), "pine")
    return redirect(url_for(".index"), 303)


@bp.post("/desk/deliveries/<int:delivery_id>/again")
@allow(Role.STAFF)
def send_again(delivery_id: int) -> ResponseReturnValue:
    """Try once more what did not arrive."""
    get_or_404(deliveries.deliveries_run_by(principal()), delivery_id)
    _send_again(delivery_id)
    return redirect(came_from() or url_for("event_desk.index"), 303)


def _send_again(delivery_id: int) -> None:
    try:
        transact(deliveries.send_again, delivery_id, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("It is sent once more; outside of the quiet hours, that is at once."), "pine")
