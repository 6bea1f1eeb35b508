"""What everybody sees of programmes: the list, and papers that are public; a programme's page is in `app.pages`."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.core.access import public
from app.core.clock import local_day, now, start_of_day
from app.core.finding import get_or_404
from app.core.paging import page_of, read_key
from app.programmes.kinds import ProgrammeKind
from app.programmes.parts_desk import sent
from app.programmes.queries import PAGE, public_documents, published_programmes
from app.programmes.search import read_programmes_wanted

bp = Blueprint("programme_list", __name__)


@bp.get("/programmes")
@public
def index() -> ResponseReturnValue:
    """The programmes that are on and to come, or over; drafts are in no list of everybody's."""
    at, wanted = now(), read_programmes_wanted(request.args)
    found = published_programmes(wanted, at, read_key(request.args.get("after")))
    page, following = page_of(found, PAGE, lambda one: (start_of_day(one.starts_on), one.id))
    shown = {
        "programmes": page,
        "following": following,
        "wanted": wanted,
        "kinds": ProgrammeKind,
        "today": local_day(at),
    }
    return render_template("programmes/index.html", **shown)


@bp.get("/papers/<int:document_id>")
@public
def paper(document_id: int) -> ResponseReturnValue:
    """A paper that is on a programme's page."""
    return sent(get_or_404(public_documents(), document_id))
