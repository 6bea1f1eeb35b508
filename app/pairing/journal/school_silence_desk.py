"""The school's list of its own pupils of whose pair nothing was heard."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.finding import get_or_404, read_id
from app.pairing.journal.groups import own_members, rounds_of_schools
from app.pairing.journal.silence import page_of_silent_pupils
from app.pairing.letters.readers import aftercare_of

bp = Blueprint("school_silence", __name__, url_prefix="/school/pairing")


@bp.get("/<int:shared_round_id>/silent")
@allow(Role.SCHOOL)
def index(shared_round_id: int) -> ResponseReturnValue:
    """Our pupils of silent pairs; of their partners nothing is shown."""
    one = get_or_404(rounds_of_schools(principal()), shared_round_id)
    after = request.args.get("after", 0, type=read_id)
    found, following = page_of_silent_pupils(one, now(), own_members(principal()), after)
    page = {"one": one, "found": found, "following": following, "after": after}
    return render_template("pairing/school_silent.html", days=aftercare_of(one.id).silent_days, **page)
