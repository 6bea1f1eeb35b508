"""What organisers do with an event's questions: see `app.questions.desk`; and until when answers can be changed."""

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.events.models import Event
from app.events.queries import events_run_by
from app.events.questions import asking
from app.events.questions.answers import answers_until
from app.questions.desk import Desk, add_pages
from app.questions.editing import DeadlineForm
from app.questions.queries import set_with_questions


def _event(event_id: int) -> Event:
    return get_or_404(events_run_by(principal()), event_id)


bp = Blueprint("question_desk", __name__, url_prefix="/desk/events/<int:event_id>/questions")
_DESK = Desk("event_id", "question_id", _l("Sign-up questions"), "events/questions.html", _event, asking, answers_until)
add_pages(bp, _DESK)


@bp.get("")
@allow(Role.STAFF)
def index(event_id: int) -> ResponseReturnValue:
    """The questions in their order, and what one can do with each."""
    event = _event(event_id)
    its = set_with_questions(event.question_set_id)
    return _DESK.list_page(event, DeadlineForm(data={"answers_until": its.answers_until if its else None}))


@bp.post("/deadline")
@allow(Role.STAFF)
def set_deadline(event_id: int) -> ResponseReturnValue:
    """Let answers be changed until a moment."""
    event, form = _event(event_id), DeadlineForm()
    if not form.validate_on_submit():
        return _DESK.list_page(event, form)
    transact(asking.set_deadline, event_id, form.answers_until.data, by=principal().actor, at=now())
    flash(_("Saved."), "pine")
    return _DESK.back(event)
