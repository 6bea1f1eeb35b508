"""The organiser's list of silent pairs."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.core.access import Role, allow
from app.core.clock import now
from app.core.finding import read_id
from app.pairing.desk import the_round
from app.pairing.journal.silence import page_of_silent
from app.pairing.letters.readers import aftercare_of

bp = Blueprint("silence_desk", __name__, url_prefix="/desk/pairing")


@bp.get("/<int:round_id>/silent")
@allow(Role.STAFF)
def index(round_id: int) -> ResponseReturnValue:
    """Pairs of which nothing was heard, by number."""
    one, after = the_round(round_id), request.args.get("after", 0, type=read_id)
    found, following = page_of_silent(one, now(), after)
    page = {"one": one, "found": found, "following": following, "after": after}
    return render_template("pairing/silent.html", days=aftercare_of(round_id).silent_days, **page)
