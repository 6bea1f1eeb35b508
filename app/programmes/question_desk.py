"""What organisers do with a programme's questions: see `app.questions.desk`."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.core.access import Role, allow, principal
from app.core.finding import get_or_404
from app.core.forms import Form
from app.programmes import asking
from app.programmes.models import Programme
from app.programmes.queries import programmes_run_by
from app.questions.desk import Desk, add_pages


def _programme(programme_id: int) -> Programme:
    return get_or_404(programmes_run_by(principal()), programme_id)


bp = Blueprint("programme_questions", __name__, url_prefix="/desk/programmes/<int:programme_id>/questions")
_DESK = Desk("programme_id", "asked_id", _l("Questions asked"), "programmes/questions.html", _programme, asking)
add_pages(bp, _DESK)


@bp.get("")
@allow(Role.STAFF)
def index(programme_id: int) -> ResponseReturnValue:
    """The questions in their order, and what one can do with each."""
    return _DESK.list_page(_programme(programme_id), Form())
